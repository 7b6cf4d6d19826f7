"""Django app of the package."""

from django.apps import AppConfig


class BalancesConfig(AppConfig):
    """平衡表"""

    name = "yizhou.balances"
    label = "balances"
    verbose_name = "平衡表"
