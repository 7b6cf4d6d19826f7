"""Django app of the package."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """工作动态与审计"""

    name = "yizhou.events"
    label = "events"
    verbose_name = "工作动态"
