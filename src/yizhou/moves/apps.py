"""Django app of the package."""

from django.apps import AppConfig


class MovesConfig(AppConfig):
    """市内迁移"""

    name = "yizhou.moves"
    label = "moves"
    verbose_name = "市内迁移"
