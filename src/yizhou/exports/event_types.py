"""Events of exports: each step of a file on its way out."""

from yizhou.events.kinds import kind

kind("export.asked", "申请导出")
kind("export.approved", "同意导出")
kind("export.declined", "不同意导出")
kind("export.withdrawn", "撤回导出申请")
kind("export.written", "生成导出文件")
kind("export.failed", "导出失败")
kind("export.taken", "下载导出文件")
kind("export.expired", "导出文件到期删除")
