"""Django app of the package."""

from django.apps import AppConfig


class MergingConfig(AppConfig):
    """疑似重复与合并"""

    name = "yizhou.merging"
    label = "merging"
    verbose_name = "疑似重复与合并"
