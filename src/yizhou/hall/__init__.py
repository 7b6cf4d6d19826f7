"""服务大厅: service windows and receptions (窗口、来访接待), and the figures of a hall.

A visitor need not have a file; the reception is tied to one through the blind index of the identity number.
"""
