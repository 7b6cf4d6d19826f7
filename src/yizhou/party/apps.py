"""Django app of the package."""

from django.apps import AppConfig


class PartyConfig(AppConfig):
    """党建"""

    name = "yizhou.party"
    label = "party"
    verbose_name = "党建"
