"""Django app of the package."""

from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """台账"""

    name = "yizhou.ledgers"
    label = "ledgers"
    verbose_name = "台账"
