"""Django app of the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """一人一档"""

    name = "yizhou.people"
    label = "people"
    verbose_name = "一人一档"
