"""Django app of the package."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """导出登记"""

    name = "yizhou.exports"
    label = "exports"
    verbose_name = "导出登记"
