"""Django app of the package."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """附件"""

    name = "yizhou.files"
    label = "files"
    verbose_name = "附件"
