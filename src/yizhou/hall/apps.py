"""Django app of the package."""

from django.apps import AppConfig


class HallConfig(AppConfig):
    """服务大厅"""

    name = "yizhou.hall"
    label = "hall"
    verbose_name = "服务大厅"
