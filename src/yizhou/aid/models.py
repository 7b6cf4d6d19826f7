"""Tables of 困难帮扶."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.people.models import Person


class AidFamily(LedgerRow):
    """困难家庭帮扶 (ledger ``aid_families``)."""

    AREA: ClassVar = "person__household_area"

    family_no = models.CharField("家庭编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    level = models.CharField("困难等级", max_length=20)
    members = models.IntegerField("家庭人数", null=True)
    cause = models.TextField("困难原因", blank=True, default="")
    helper = models.CharField("结对责任人", max_length=60, blank=True, default="")
    listed_on = models.DateField("列入日期")
    exited_on = models.DateField("退出日期", null=True)

    objects = ScopedQuerySet["AidFamily"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "困难家庭帮扶"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["family_no"], name="aid_family_key"),
        ]
        indexes = [
            models.Index(fields=["listed_on", "id"], name="aid_family_day"),
            models.Index(fields=["person"], name="aid_family_person"),
        ]

    def __str__(self) -> str:
        return self.family_no


class AidCase(LedgerRow):
    """困难帮扶资金 (ledger ``aid_cases``)."""

    AREA: ClassVar = "person__household_area"

    aid_no = models.CharField("帮扶编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    kind = models.CharField("帮扶类型", max_length=20)
    applied_on = models.DateField("申请日期")
    approved_on = models.DateField("审批日期", null=True)
    amount_fen = models.BigIntegerField("金额", help_text="分", null=True)
    paid_on = models.DateField("发放日期", null=True)
    fund_source = models.CharField("资金来源", max_length=20, blank=True, default="")
    urgent = models.BooleanField("是否紧急", null=True)
    cancelled = models.BooleanField("是否撤销", null=True)

    objects = ScopedQuerySet["AidCase"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "困难帮扶资金"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["aid_no"], name="aid_case_key"),
        ]
        indexes = [
            models.Index(fields=["applied_on", "id"], name="aid_case_day"),
            models.Index(fields=["person"], name="aid_case_person"),
            models.Index(fields=["paid_on"], name="aid_case_paid"),
        ]

    def __str__(self) -> str:
        return self.aid_no
