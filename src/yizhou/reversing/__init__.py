"""整批冲回: taking back what a whole import changed in the files of people, as far as nobody went on since.

依据: 手册第 20 章 信息维护台账（批量须批次号与审批，可回滚）. It stands above ``people`` and ``ledgers`` and writes through the
storing of imports: the old texts come back as rows of a file would. Files that an import opened stay: they may be
merged or deregistered, never deleted.
"""
