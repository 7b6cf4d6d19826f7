"""Django app of the package."""

from django.apps import AppConfig


class WatchingConfig(AppConfig):
    """异常查阅"""

    name = "yizhou.watching"
    label = "watching"
    verbose_name = "异常查阅"
