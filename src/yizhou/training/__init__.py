"""教育培训: enrolments in classes and the cultivation of talents.

Owns who learnt what; jobs found afterwards are the jobs package's.
"""
