"""Django app of the package."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """工作台"""

    name = "yizhou.portal"
    label = "portal"
    verbose_name = "工作台"
