"""Tables of 教育培训."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.people.models import Person


class TrainingEnrolment(LedgerRow):
    """教育培训 (ledger ``training_enrolments``)."""

    AREA: ClassVar = "person__household_area"

    class_no = models.CharField("班次编号", max_length=60)
    class_name = models.CharField("班次名称", max_length=200)
    kind = models.CharField("培训类别", max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    started_on = models.DateField("开班日期")
    ended_on = models.DateField("结业日期", null=True)
    attendance = models.FloatField("出勤率", null=True)
    certificate_no = models.CharField("证书编号", max_length=60, blank=True, default="")
    result = models.CharField("结果", max_length=10, blank=True, default="")

    objects = ScopedQuerySet["TrainingEnrolment"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "教育培训"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["class_no", "person"], name="training_enrolment_key"),
        ]
        indexes = [
            models.Index(fields=["started_on", "id"], name="training_enrolment_day"),
            models.Index(fields=["person"], name="training_enrolment_person"),
        ]

    def __str__(self) -> str:
        return self.class_no


class Talent(LedgerRow):
    """人才培养 (ledger ``talents``)."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    kind = models.CharField("培养类别", max_length=30)
    batch_year = models.IntegerField("批次年度")
    started_on = models.DateField("培养开始日期")
    ended_on = models.DateField("培养结束日期", null=True)
    withdrawn_on = models.DateField("退出日期", null=True)
    goal = models.TextField("培养目标", blank=True, default="")

    objects = ScopedQuerySet["Talent"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "人才培养"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "kind", "batch_year"], name="talent_key"),
        ]
        indexes = [
            models.Index(fields=["started_on", "id"], name="talent_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.started_on}"
