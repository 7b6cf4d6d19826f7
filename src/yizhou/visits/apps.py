"""Django app of the package."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """走访联系"""

    name = "yizhou.visits"
    label = "visits"
    verbose_name = "走访联系"
