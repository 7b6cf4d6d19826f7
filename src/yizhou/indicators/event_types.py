"""Events of frozen periods and of what drafters write."""

from yizhou.events.kinds import kind

kind("period.frozen", "固化统计期")
kind("report.drafted", "填写起草信息")
