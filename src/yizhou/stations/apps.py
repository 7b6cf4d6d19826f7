"""Django app of the package."""

from django.apps import AppConfig


class StationsConfig(AppConfig):
    """服务站"""

    name = "yizhou.stations"
    label = "stations"
    verbose_name = "服务站"
