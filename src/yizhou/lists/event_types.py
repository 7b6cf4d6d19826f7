"""Events of saved filters and of bulk changes."""

from yizhou.events.kinds import kind

kind("filter.saved", "保存常用筛选", changes=False)
kind("filter.edited", "修改常用筛选", changes=False)
kind("filter.removed", "删除常用筛选", changes=False)
kind("class_batch.begun", "成批设置联系类别")
kind("class_batch.done", "成批设置联系类别办完")
kind("class_batch.failed", "成批设置联系类别中止")
kind("class_batch.undo_begun", "撤销成批设置联系类别")
kind("class_batch.undone", "成批设置联系类别已撤销")
