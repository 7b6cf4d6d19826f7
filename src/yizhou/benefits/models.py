"""Tables of 抚恤补助."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.people.models import Person


class BenefitPayment(LedgerRow):
    """抚恤补助发放 (ledger ``benefit_payments``)."""

    AREA: ClassVar = "person__household_area"

    line_no = models.CharField("名册行号", max_length=60)
    pay_month = models.CharField("所属月份", max_length=7)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    benefit = models.CharField("待遇类别", max_length=30)
    base_amount_fen = models.BigIntegerField("应发金额", help_text="分")
    arrears_amount_fen = models.BigIntegerField("补发金额", help_text="分", null=True)
    deduct_amount_fen = models.BigIntegerField("扣减金额", help_text="分", null=True)
    status = models.CharField("状态", max_length=20)
    paid_on = models.DateField("到账日期", null=True)
    fund_source = models.CharField("资金来源", max_length=20, blank=True, default="")

    objects = ScopedQuerySet["BenefitPayment"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "抚恤补助发放"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["line_no"], name="benefit_payment_key"),
        ]
        indexes = [
            models.Index(fields=["paid_on", "id"], name="benefit_payment_day"),
            models.Index(fields=["person"], name="benefit_payment_person"),
        ]

    def __str__(self) -> str:
        return self.line_no
