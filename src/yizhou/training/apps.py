"""Django app of the package."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """教育培训"""

    name = "yizhou.training"
    label = "training"
    verbose_name = "教育培训"
