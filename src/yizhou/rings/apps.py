"""Django app of the package."""

from django.apps import AppConfig


class RingsConfig(AppConfig):
    """一轴五环"""

    name = "yizhou.rings"
    label = "rings"
    verbose_name = "一轴五环"
