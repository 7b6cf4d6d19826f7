"""热线: calls and the work orders that follow from them (热线工单), with their own clock in calendar days.

It never opens a case by itself: what a caller is owed by another department is filed as a case.
"""
