"""Who and where: divisions (区划), centres and stations (中心、站点), posts (岗位), accounts, roles, work days.

It owns the scope behind ``visible_to`` and the permission table. It never holds records of veterans.
"""
