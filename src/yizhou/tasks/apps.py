"""Django app of the package."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """工作任务"""

    name = "yizhou.tasks"
    label = "tasks"
    verbose_name = "工作任务"
