"""Rings: the axis and its five rings 一轴五环 as a way through the system, one page each.

It owns the mechanisms 工作机制 of the source texts and the page that gathers what belongs to a ring: ledgers, figures,
items, tasks, activities. It has no tables and never writes: what it shows is kept by the packages below.
"""
