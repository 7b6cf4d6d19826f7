"""Django app of the package."""

from django.apps import AppConfig


class ReversingConfig(AppConfig):
    """整批冲回"""

    name = "yizhou.reversing"
    label = "reversing"
    verbose_name = "整批冲回"
