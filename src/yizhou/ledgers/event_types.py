"""Events of taking ledgers in and out."""

from yizhou.events.kinds import kind

kind("ledger.imported", "导入台账")
kind("ledger.exported", "导出台账")
kind("import.uploaded", "上传台账文件")
kind("import.confirmed", "确认入库")
kind("import.approved", "复核导入")
kind("import.refused", "复核不通过导入")
kind("import.cancelled", "取消导入")
kind("import.retried", "重试导入")
kind("waiting.held", "暂存待补引用")
kind("waiting.discarded", "放弃待补引用")
