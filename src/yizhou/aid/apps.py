"""Django app of the package."""

from django.apps import AppConfig


class AidConfig(AppConfig):
    """困难帮扶"""

    name = "yizhou.aid"
    label = "aid"
    verbose_name = "困难帮扶"
