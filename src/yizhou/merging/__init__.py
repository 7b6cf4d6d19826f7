"""疑似重复与合并: finding files of one and the same person, judging them, joining two files into one, taking it back.

Owns the queue of suspected pairs (疑似重复), what was decided about them (确认两人), and the record of every merge
(合并记录) from which it can be undone byte for byte. It names no package above: whatever refers to a person by a
foreign key or a column ``person_id`` goes along. It never joins anybody by itself: a person decides (ADR 0018).
"""
