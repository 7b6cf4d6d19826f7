"""Django app of the package."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """我的服务"""

    name = "yizhou.citizen"
    label = "citizen"
    verbose_name = "我的服务"
