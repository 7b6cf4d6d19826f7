"""Calls to the hotlines."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet


class CallQuerySet(ScopedQuerySet["HotlineCall"]):
    """Calls belong to the division in which the matter lies."""

    def genuine(self) -> Self:
        """Not marked as a nuisance; an empty mark counts as no (ledgers.md §5.3)."""
        return self.filter(Q(nuisance=False) | Q(nuisance__isnull=True))

    def first_of_its_matter(self) -> Self:
        """Not a repetition of another call."""
        return self.filter(duplicate_of="")


class HotlineCall(SealedRow):
    """热线工单: one call and how it was dealt with (ledger ``hotline_calls``). ``duplicate_of`` is a call's number."""

    SEALED: ClassVar = ("id_number", "caller_phone")

    call_no = models.CharField("工单编号", max_length=60)
    line = models.CharField("热线", max_length=20)
    called_at = models.DateTimeField("来电时间")
    id_number_index = models.BinaryField("身份证号索引", max_length=16, null=True)
    area = models.CharField("诉求属地区划", max_length=12)
    category = models.CharField("诉求类别", max_length=30)
    content = models.TextField("内容", blank=True, default="")
    handle_mode = models.CharField("处理方式", max_length=30)
    due_on = models.DateField("应办结日期", null=True)
    paused_days = models.IntegerField("已挂起天数", null=True)
    paused_since = models.DateField("挂起起始日期", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    nuisance = models.BooleanField("是否骚扰", null=True)
    duplicate_of = models.CharField("重复于工单", max_length=60, blank=True, default="")
    row_digest = models.BinaryField(null=True, default=None)

    objects = CallQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "热线工单"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["call_no"], name="call_no"),
        ]
        indexes = [
            models.Index(fields=["called_at", "id"], name="call_moment"),
            models.Index(fields=["area", "called_at"], name="call_area"),
            models.Index(fields=["line", "called_at"], name="call_line"),
            models.Index(
                fields=["id_number_index"], name="call_caller", condition=Q(id_number_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.call_no
