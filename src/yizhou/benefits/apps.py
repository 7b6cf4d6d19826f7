"""Django app of the package."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """抚恤补助"""

    name = "yizhou.benefits"
    label = "benefits"
    verbose_name = "抚恤补助"
