"""Django app of the package."""

from django.apps import AppConfig


class ResettlementConfig(AppConfig):
    """移交安置"""

    name = "yizhou.resettlement"
    label = "resettlement"
    verbose_name = "移交安置"
