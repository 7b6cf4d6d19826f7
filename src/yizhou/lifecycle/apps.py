"""Django app of the package."""

from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    """生命周期事件"""

    name = "yizhou.lifecycle"
    label = "lifecycle"
    verbose_name = "生命周期事件"
