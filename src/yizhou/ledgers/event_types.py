"""Events of taking ledgers in and out."""

from yizhou.events.kinds import kind

kind("ledger.imported", "导入台账")
kind("ledger.exported", "导出台账")
