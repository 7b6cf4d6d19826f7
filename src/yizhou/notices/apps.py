"""Django app of the package."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """通知"""

    name = "yizhou.notices"
    label = "notices"
    verbose_name = "通知"
