"""Dashboards 决策看板 and the wall of the hall 大屏: the indicators of an area at a glance, each opening into its rows.

It owns which figures stand where (``data/dashboards``) and the boundaries 区划边界 that maps are drawn from. It computes
nothing of its own: numbers come from the indicators, clocks from the cases.
"""
