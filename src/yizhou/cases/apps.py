"""Django app of the package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """办件"""

    name = "yizhou.cases"
    label = "cases"
    verbose_name = "办件"
