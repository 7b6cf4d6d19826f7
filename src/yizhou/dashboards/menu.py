"""Menu entries."""

from yizhou.core.menu import entry

entry("dashboards:dashboard", "决策看板", group="axis", permission="dashboards.view_dashboard", order=3)
