"""Benchmarks: every row is a ratio to a limit measured in the same run, never a bare number of seconds."""
