"""Django app of the package."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """政策"""

    name = "yizhou.policy"
    label = "policy"
    verbose_name = "政策"
