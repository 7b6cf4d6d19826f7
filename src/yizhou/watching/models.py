"""Unusual looks: one row for an account, a rule and a day, with the looks that it stands on."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet


class Rule(models.TextChoices):
    """What stood out."""

    MANY = "MANY", "一日查看人数远多于平常"
    NIGHT = "NIGHT", "夜间或休息日查看"
    IDLE = "IDLE", "查看后没有办理任何事"
    SPREAD = "SPREAD", "一日查看多个不由本人负责的村社"
    SAME = "SAME", "反复查看同一人而没有办理"
    REFUSED = "REFUSED", "多次被拒绝查看"


class ReadingState(models.TextChoices):
    """What became of it."""

    OPEN = "OPEN", "待核实"
    EXPLAINED = "EXPLAINED", "已说明"
    RAISED = "RAISED", "已上报"


class UnusualReading(Row):
    """异常查阅: what was counted (``count``), the number it was held against (``limit``), and the events themselves.

    ``subject`` is the inner id of the person for the rule about one person, else 0. A line that is open grows with its
    day; the window is never told twice.
    """

    account_id = models.BigIntegerField("账号")
    actor = models.CharField("查看人", max_length=60)
    area = models.CharField("查看人区划", max_length=12, blank=True, default="")
    rule = models.CharField("规则", max_length=8, choices=Rule.choices)
    day = models.DateField("日期")
    subject = models.BigIntegerField("服务对象", default=0)
    count = models.IntegerField("次数或人数")
    limit = models.IntegerField("对照数")
    event_ids = models.JSONField("查看记录", default=list)
    state = models.CharField("状态", max_length=10, choices=ReadingState.choices, default=ReadingState.OPEN)
    noticed_at = models.DateTimeField("发现时间")
    settled_by_id = models.BigIntegerField("核实账号", null=True)
    settled_by = models.CharField("核实人", max_length=60, blank=True, default="")
    settled_at = models.DateTimeField("核实时间", null=True)
    note = models.CharField("核实说明", max_length=200, blank=True, default="")

    objects = ScopedQuerySet["UnusualReading"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "异常查阅"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["account_id", "rule", "day", "subject"], name="reading_once"),
        ]
        indexes = [
            models.Index(fields=["area", "id"], name="reading_area"),
            models.Index(fields=["state", "id"], name="reading_state"),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.rule} {self.day}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("watching:view", args=[self.uid])
