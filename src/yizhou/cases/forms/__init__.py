"""What comes in from browsers: the filing form and the small forms of the verbs."""
