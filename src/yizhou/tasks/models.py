"""Tables of 工作任务."""

from __future__ import annotations

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow


class Task(LedgerRow):
    """工作任务 (ledger ``tasks``)."""

    task_no = models.CharField("任务编号", max_length=60)
    type = models.CharField("任务类型", max_length=20)
    title = models.CharField("名称", max_length=200)
    period = models.CharField("周期", max_length=20)
    is_key = models.BooleanField("是否重点", null=True)
    area = models.CharField("责任单位区划", max_length=12)
    owner = models.CharField("责任人", max_length=60, blank=True, default="")
    started_on = models.DateField("立项日期")
    due_on = models.DateField("应完成日期", null=True)
    done_on = models.DateField("完成日期", null=True)
    cancelled_on = models.DateField("取消日期", null=True)

    objects = ScopedQuerySet["Task"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "工作任务"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["task_no"], name="task_key"),
        ]
        indexes = [
            models.Index(fields=["area", "started_on"], name="task_area"),
            models.Index(fields=["started_on", "id"], name="task_day"),
            models.Index(fields=["due_on"], name="task_due"),
        ]

    def __str__(self) -> str:
        return self.title
