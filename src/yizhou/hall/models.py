"""Windows of service halls and who came to them."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet


class WindowQuerySet(ScopedQuerySet["ServiceWindow"]):
    """Windows belong to the division that their ledger row names."""

    def open_on(self, day: dt.date) -> Self:
        """时点启用: opened by the end of that day, and not closed by then (ledgers.md §5.2)."""
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class ServiceWindow(Row):
    """服务窗口: one counter of one hall (ledger ``service_windows``)."""

    window_no = models.CharField("窗口编号", max_length=60)
    hall_no = models.CharField("大厅编号", max_length=60)
    hall_name = models.CharField("大厅名称", max_length=120)
    hall_type = models.CharField("大厅类型", max_length=30)
    area = models.CharField("所属区划", max_length=12)
    window_name = models.CharField("窗口名称", max_length=120)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True)
    row_digest = models.BinaryField(null=True, default=None)

    objects = WindowQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "服务窗口"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["window_no"], name="window_no"),
        ]
        indexes = [models.Index(fields=["area", "hall_no"], name="window_area")]

    def __str__(self) -> str:
        return self.window_name


class HallReception(SealedRow):
    """来访接待: one visit of one or more people to a hall or a petition room (ledger ``hall_receptions``)."""

    SEALED: ClassVar = ("id_number",)

    reception_no = models.CharField("接待编号", max_length=60)
    received_at = models.DateTimeField("接待时间")
    place = models.CharField("接待场所", max_length=20)
    area = models.CharField("接待地区划", max_length=12)
    window = models.ForeignKey(
        ServiceWindow, models.PROTECT, null=True, verbose_name="窗口", db_index=False, related_name="+"
    )
    visitor_name = models.CharField("来访人姓名", max_length=60)
    id_number_index = models.BinaryField("身份证号索引", max_length=16, null=True)
    persons = models.IntegerField("到场人数")
    category = models.CharField("事由类别", max_length=30, blank=True, default="")
    result = models.TextField("处理结果", blank=True, default="")
    row_digest = models.BinaryField(null=True, default=None)

    objects = ScopedQuerySet["HallReception"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "来访接待"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["reception_no"], name="reception_no"),
        ]
        indexes = [
            models.Index(fields=["received_at", "id"], name="reception_moment"),
            models.Index(fields=["area", "received_at"], name="reception_area"),
            models.Index(fields=["window"], name="reception_window"),
            models.Index(
                fields=["id_number_index"],
                name="reception_visitor",
                condition=Q(id_number_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reception_no
