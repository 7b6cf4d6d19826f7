"""Events of stored files."""

from yizhou.events.kinds import kind

kind("file.stored", "上传附件", on_axis=True)
kind("file.opened", "打开附件", changes=False)
