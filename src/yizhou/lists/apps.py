"""Django app of the package."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """名单办事"""

    name = "yizhou.lists"
    label = "lists"
    verbose_name = "名单办事"
