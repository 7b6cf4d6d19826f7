"""Start-up: import every plug, then freeze the registries."""

from django.apps import AppConfig
from django.conf import settings

from yizhou.core.registry import discover


class ConfigAppConfig(AppConfig):
    """Last in the list, so every package below is loaded when it runs."""

    name = "yizhou.config"

    def ready(self) -> None:
        discover(list(settings.YIZHOU_APPS))
