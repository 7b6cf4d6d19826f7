"""Django app of the package."""

from django.apps import AppConfig


class VolunteersConfig(AppConfig):
    """志愿服务"""

    name = "yizhou.volunteers"
    label = "volunteers"
    verbose_name = "志愿服务"
