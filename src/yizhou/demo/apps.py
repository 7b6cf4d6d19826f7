"""Django app of the package."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """演示"""

    name = "yizhou.demo"
    label = "demo"
    verbose_name = "演示数据"
