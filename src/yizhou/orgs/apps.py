"""Django app of the package."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """机构与人员"""

    name = "yizhou.orgs"
    label = "orgs"
    verbose_name = "机构与岗位"
