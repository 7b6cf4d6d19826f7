"""服务站: ledgers of divisions, centres and stations, and posts (阵地与人员), and the figures about them.

The tables belong to ``orgs``, because everything else hangs on them; this package never decides who may see what.
"""
