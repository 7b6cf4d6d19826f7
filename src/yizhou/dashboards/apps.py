"""Django app of the package."""

from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    """决策看板"""

    name = "yizhou.dashboards"
    label = "dashboards"
    verbose_name = "决策看板"
