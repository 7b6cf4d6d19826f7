"""Django app of the package."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """指标与报告"""

    name = "yizhou.indicators"
    label = "indicators"
    verbose_name = "指标与报告"
