"""Tables of 移交安置."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow
from yizhou.people.models import Person


class ResettlementPerson(LedgerRow):
    """移交安置 (ledger ``resettlement_people``)."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    batch_year = models.IntegerField("批次年度")
    identity = models.CharField("军人身份", max_length=20)
    placement_mode = models.CharField("安置方式", max_length=30)
    area = models.CharField("安置地区划", max_length=12)
    reported_on = models.DateField("报到日期")
    score = models.FloatField("量化评分", null=True)
    unit_name = models.CharField("接收单位", max_length=200, blank=True, default="")
    unit_nature = models.CharField("单位性质", max_length=20, blank=True, default="")
    selected_on = models.DateField("选岗日期", null=True)
    letter_on = models.DateField("介绍信日期", null=True)
    on_post_on = models.DateField("上岗日期", null=True)
    returned_on = models.DateField("退回日期", null=True)

    objects = ScopedQuerySet["ResettlementPerson"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "移交安置"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "batch_year"], name="resettlement_person_key"),
        ]
        indexes = [
            models.Index(fields=["area", "reported_on"], name="resettlement_person_area"),
            models.Index(fields=["reported_on", "id"], name="resettlement_person_day"),
            models.Index(fields=["letter_on"], name="resettlement_person_letter"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.reported_on}"


class InsuranceSupplement(LedgerRow):
    """社保接续补缴 (ledger ``insurance_supplements``)."""

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    insurance = models.CharField("险种", max_length=20)
    applied_on = models.DateField("申报日期")
    review_result = models.CharField("初审结果", max_length=20)
    reviewed_on = models.DateField("初审日期", null=True)
    months = models.IntegerField("补缴月数", null=True)
    amount_fen = models.BigIntegerField("补缴金额", help_text="分", null=True)
    done_on = models.DateField("办结日期", null=True)
    cutoff_on = models.DateField("批次截止日", null=True)
    withdrawn = models.BooleanField("是否撤回", null=True)

    objects = ScopedQuerySet["InsuranceSupplement"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "社保接续补缴"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "insurance"], name="insurance_supplement_key"),
        ]
        indexes = [
            models.Index(fields=["applied_on", "id"], name="insurance_supplement_day"),
            models.Index(fields=["reviewed_on"], name="insurance_supplement_reviewed"),
            models.Index(fields=["done_on"], name="insurance_supplement_done"),
            models.Index(fields=["cutoff_on"], name="insurance_supplement_cutoff"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.applied_on}"
