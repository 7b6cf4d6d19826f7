"""Django app of the package."""

from django.apps import AppConfig


class MartyrsConfig(AppConfig):
    """烈士褒扬"""

    name = "yizhou.martyrs"
    label = "martyrs"
    verbose_name = "烈士褒扬"
