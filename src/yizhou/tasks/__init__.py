"""工作任务: what an office set itself to do, by when, and whether it was done.

Owns annual, quarterly and monthly tasks; work on a single case is the case's.
"""
