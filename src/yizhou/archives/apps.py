"""Django app of the package."""

from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    """电子档案"""

    name = "yizhou.archives"
    label = "archives"
    verbose_name = "电子档案"
