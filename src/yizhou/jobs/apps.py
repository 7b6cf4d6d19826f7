"""Django app of the package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """就业创业"""

    name = "yizhou.jobs"
    label = "jobs"
    verbose_name = "就业创业"
