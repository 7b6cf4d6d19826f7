"""Taking a batch back: who wants it and why, who agreed, what became of it, and which changes were left alone."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.rows import Row
from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.models import ImportBatch
from yizhou.people.models import FileChange


class ReversalStatus(models.TextChoices):
    """Where it is on its way."""

    CHECKING = "CHECKING", "核对中"
    CHECKED = "CHECKED", "待确认"
    AWAITING = "AWAITING", "待复核"
    QUEUED = "QUEUED", "排队冲回"
    RUNNING = "RUNNING", "冲回中"
    DONE = "DONE", "完成"
    FAILED = "FAILED", "失败"
    REFUSED = "REFUSED", "未同意"
    CANCELLED = "CANCELLED", "已取消"


OPEN = (
    ReversalStatus.CHECKING,
    ReversalStatus.CHECKED,
    ReversalStatus.AWAITING,
    ReversalStatus.QUEUED,
    ReversalStatus.RUNNING,
)
AT_WORK = (ReversalStatus.CHECKING, ReversalStatus.QUEUED, ReversalStatus.RUNNING)


class Why(models.TextChoices):
    """Why a change of the batch is left alone."""

    REVERSED = "REVERSED", "已经冲回"
    CHANGED = "CHANGED", "后来又改过"
    MERGED = "MERGED", "档案已并入另一份"
    NUMBER = "NUMBER", "涉及证件号，须逐份冲回"
    CLOSED = "CLOSED", "有您的岗位不能查看的栏"
    SCOPE = "SCOPE", "现在不在您的辖区"
    RULES = "RULES", "原内容不符合现在的校验规则"
    SAME = "SAME", "已经是原来的内容"


class Reversal(Row):
    """整批冲回: one attempt to take back what a file changed.

    ``areas`` are those of the post in which it was asked for: it is carried out as by that post. ``opened_from`` and
    ``opened_to`` are the events of the files that the batch opened, a block of the log.
    """

    batch = models.ForeignKey(ImportBatch, models.PROTECT, verbose_name="批次", related_name="+")
    status = models.CharField("状态", max_length=10, choices=ReversalStatus.choices)
    reason = models.CharField("原因", max_length=200, blank=True, default="")
    account_id = models.BigIntegerField("申请账号", null=True)
    actor = models.CharField("申请人", max_length=60)
    area = models.CharField("申请人区划", max_length=12, blank=True, default="")
    areas = models.JSONField("申请人范围", default=list)
    asked_at = models.DateTimeField("申请时间")
    changes = models.IntegerField("批次改动的档案", default=0)
    taken = models.IntegerField("冲回的档案", default=0)
    left = models.IntegerField("不动的档案", default=0)
    guarded = models.IntegerField("须复核的档案", default=0)
    examples = models.JSONField("须复核的前若干份", default=list)
    opened = models.IntegerField("批次新建的档案", default=0)
    opened_from = models.BigIntegerField("新建档案的首条工作动态", null=True)
    opened_to = models.BigIntegerField("新建档案的末条工作动态", null=True)
    decided_by_id = models.BigIntegerField("复核账号", null=True)
    decided_by = models.CharField("复核人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("复核时间", null=True)
    note = models.CharField("复核意见", max_length=200, blank=True, default="")
    error = models.CharField("失败原因", max_length=300, blank=True, default="")
    attempted_at = models.DateTimeField("开始时间", null=True)
    ended_at = models.DateTimeField("完成时间", null=True)
    seconds = models.FloatField("用时", default=0)

    objects = ScopedQuerySet["Reversal"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "整批冲回"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["batch"],
                condition=Q(status__in=["CHECKING", "CHECKED", "AWAITING", "QUEUED", "RUNNING"]),
                name="reversal_one_open",
            ),
        ]
        indexes = [
            models.Index(fields=["area", "id"], name="reversal_area"),
            models.Index(fields=["status", "id"], name="reversal_status"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.status}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("reversing:view", args=[self.uid])


class LeftAlone(Row):
    """A change of the batch that is not taken back, and why."""

    AREA: ClassVar = "reversal__area"

    reversal = models.ForeignKey(
        Reversal, models.CASCADE, verbose_name="整批冲回", db_index=False, related_name="+"
    )
    change = models.ForeignKey(
        FileChange, models.PROTECT, verbose_name="变更", db_index=False, related_name="+"
    )
    why = models.CharField("原因", max_length=10, choices=Why.choices)

    objects = ScopedQuerySet["LeftAlone"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "未冲回的变更"
        indexes = [
            models.Index(fields=["reversal", "why", "change"], name="left_alone_reversal"),
            models.Index(fields=["change"], name="left_alone_change"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.why}"
