"""Django app of the package."""

from django.apps import AppConfig


class HotlineConfig(AppConfig):
    """热线"""

    name = "yizhou.hotline"
    label = "hotline"
    verbose_name = "热线"
