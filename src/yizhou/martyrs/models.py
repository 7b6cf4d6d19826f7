"""Tables of 烈士褒扬."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow


class Martyr(LedgerRow):
    """烈士信息 (ledger ``martyrs``)."""

    AREA: ClassVar = "native_area"

    martyr_no = models.CharField("烈士编号", max_length=60)
    name = models.CharField("姓名", max_length=60)
    native_area = models.CharField("籍贯区划", max_length=12)
    born_on = models.DateField("出生日期", null=True)
    sacrificed_on = models.DateField("牺牲日期", null=True)
    burial_place = models.CharField("安葬地", max_length=200, blank=True, default="")
    bio_status = models.CharField("事迹文本状态", max_length=20)
    bio_sources = models.TextField("引用出处", blank=True, default="")
    bio_approved_on = models.DateField("审定日期", null=True)

    objects = ScopedQuerySet["Martyr"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "烈士信息"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["martyr_no"], name="martyr_key"),
        ]
        indexes = [
            models.Index(fields=["native_area", "sacrificed_on"], name="martyr_area"),
            models.Index(fields=["sacrificed_on", "id"], name="martyr_day"),
            models.Index(fields=["bio_approved_on"], name="martyr_bio"),
        ]

    def __str__(self) -> str:
        return self.name


class Memorial(LedgerRow):
    """烈士纪念设施 (ledger ``memorials``)."""

    memorial_no = models.CharField("设施编号", max_length=60)
    name = models.CharField("设施名称", max_length=60)
    kind = models.CharField("设施类型", max_length=20)
    level = models.CharField("保护级别", max_length=20)
    area = models.CharField("所在区划", max_length=12)
    floor_area = models.FloatField("占地面积", null=True)
    inspected_on = models.DateField("最近巡查日期", null=True)

    objects = ScopedQuerySet["Memorial"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "烈士纪念设施"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["memorial_no"], name="memorial_key"),
        ]
        indexes = [
            models.Index(fields=["area", "inspected_on"], name="memorial_area"),
            models.Index(fields=["inspected_on", "id"], name="memorial_day"),
        ]

    def __str__(self) -> str:
        return self.name
