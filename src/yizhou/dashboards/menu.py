"""Menu entries."""

from yizhou.core.menu import entry

entry("dashboards:dashboard", "决策看板", group="axis", permission="dashboards.view_dashboard", order=3)
entry("dashboards:screen", "大厅大屏", group="govern", permission="dashboards.view_screen", order=22)
