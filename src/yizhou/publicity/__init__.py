"""宣传: events, school walls of honour, printed matter, articles, videos.

Owns what was told to the public, where and to how many.
"""
