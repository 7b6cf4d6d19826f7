"""困难帮扶: families in hardship and the help given to them.

Owns lists and money of help; who is on file and where one lives is the people package's.
"""
