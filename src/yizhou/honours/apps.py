"""Django app of the package."""

from django.apps import AppConfig


class HonoursConfig(AppConfig):
    """尊崇荣誉"""

    name = "yizhou.honours"
    label = "honours"
    verbose_name = "尊崇荣誉"
