"""就业创业: seekers, employers, posts, fairs, contests, loans with their subsidies, parks.

Owns the way from a wish for work to a proven result; training is the training package's.
"""
