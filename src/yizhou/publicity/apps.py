"""Django app of the package."""

from django.apps import AppConfig


class PublicityConfig(AppConfig):
    """宣传"""

    name = "yizhou.publicity"
    label = "publicity"
    verbose_name = "宣传"
