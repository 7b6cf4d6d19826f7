"""志愿服务与积分: teams, volunteers and the points of veterans who serve others.

Owns who serves where and what it counted.
"""
