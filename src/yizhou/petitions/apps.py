"""Django app of the package."""

from django.apps import AppConfig


class PetitionsConfig(AppConfig):
    """信访与法律"""

    name = "yizhou.petitions"
    label = "petitions"
    verbose_name = "信访与法律"
