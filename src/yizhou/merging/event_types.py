"""Events of duplicates and merges."""

from yizhou.events.kinds import kind

kind("person.merged", "并入同一人的另一份档案", on_axis=True)
kind("person.merged_away", "档案并入同一人的另一份", on_axis=True)
kind("person.unmerged", "撤销档案合并", on_axis=True)
kind("pair.judged", "疑似重复：确认是两人")
kind("duplicates.listed", "列出疑似重复（含证件号）", changes=False)
kind("duplicates.searched", "查找疑似重复", changes=False)
