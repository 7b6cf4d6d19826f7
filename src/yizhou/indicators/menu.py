"""Menu entries."""

from yizhou.core.menu import entry

entry("indicators:list", "指标", group="govern", permission="indicators.view_indicator", order=20)
entry("indicators:latest", "年度报告", group="govern", permission="indicators.view_report", order=21)
