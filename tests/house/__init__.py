"""The house rules as tests. Every rule that allows nothing also shows that it finds a planted violation."""
