"""Events of frozen periods, of what drafters write, and of reports taken out."""

from yizhou.events.kinds import kind

kind("period.frozen", "固化统计期")
kind("report.drafted", "填写起草信息")
kind("report.written", "导出报告")
