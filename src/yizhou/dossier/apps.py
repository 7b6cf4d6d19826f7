"""Django app of the package."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """采集表"""

    name = "yizhou.dossier"
    label = "dossier"
    verbose_name = "采集表"
