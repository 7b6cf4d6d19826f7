"""我的服务: what a veteran or a family member sees and does on a phone.

依据: 手册第 1 章（退役军人本人：申请、评价、查询）、个人信息保护法第44、45条（知情、查阅）. Whoever signs in sees the own
file and nothing else: no area is open, every query names the person.
"""
