"""市内迁移: a file changes hands between two stations that do not see each other's files.

依据: 手册第 11 章（抚恤关系迁移：当年由迁出地发，次年 1 月起由迁入地发）. Where somebody comes to asks,
where he comes from confirms, and the seam of what was paid is shown to both. Nothing is ever stopped here.
"""
