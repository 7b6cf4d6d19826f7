"""Tables of 信访与法律."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow


class Petition(SealedLedgerRow):
    """信访 (ledger ``petitions``)."""

    SEALED: ClassVar = ("id_number",)

    petition_no = models.CharField("信访编号", max_length=60)
    channel = models.CharField("信访形式", max_length=10)
    registered_on = models.DateField("登记日期")
    name = models.CharField("信访人姓名", max_length=60)
    id_number_index = models.BinaryField("信访人身份证号索引", max_length=16, null=True)
    persons = models.IntegerField("人数")
    area = models.CharField("属地区划", max_length=12)
    category = models.CharField("诉求类别", max_length=20, blank=True, default="")
    content = models.TextField("内容", blank=True, default="")
    accepted_on = models.DateField("受理日期", null=True)
    closed_on = models.DateField("办结日期", null=True)
    outcome = models.CharField("办理结果", max_length=20, blank=True, default="")

    objects = ScopedQuerySet["Petition"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "信访"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["petition_no"], name="petition_key"),
        ]
        indexes = [
            models.Index(fields=["area", "registered_on"], name="petition_area"),
            models.Index(fields=["registered_on", "id"], name="petition_day"),
            models.Index(fields=["closed_on"], name="petition_closed"),
            models.Index(
                fields=["id_number_index"], name="petition_who", condition=Q(id_number_index__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.petition_no


class PetitionStep(LedgerRow):
    """信访六步法 (ledger ``petition_steps``)."""

    AREA: ClassVar = "petition__area"

    petition = models.ForeignKey(
        Petition, models.PROTECT, verbose_name="信访件", db_index=False, related_name="+"
    )
    step = models.CharField("步骤", max_length=10)
    done_on = models.DateField("完成日期")
    handler = models.CharField("经办人", max_length=60, blank=True, default="")
    not_applicable = models.BooleanField("是否不适用", null=True)
    note = models.TextField("说明", blank=True, default="")

    objects = ScopedQuerySet["PetitionStep"].as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "信访六步法"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["petition", "step"], name="petition_step_key"),
        ]
        indexes = [
            models.Index(fields=["done_on", "id"], name="petition_step_day"),
        ]

    def __str__(self) -> str:
        return self.step


class Advisor(SealedLedgerRow):
    """法律顾问与导师聘任 (ledger ``advisors``)."""

    SEALED: ClassVar = ("id_number",)

    id_number_index = models.BinaryField("身份证号索引", max_length=16)
    name = models.CharField("姓名", max_length=60)
    kind = models.CharField("聘任类型", max_length=20)
    field = models.CharField("专业领域", max_length=200, blank=True, default="")
    org = models.CharField("单位", max_length=200, blank=True, default="")
    batch_no = models.IntegerField("批次", null=True)
    term_from = models.DateField("聘期起")
    term_to = models.DateField("聘期止")
    area = models.CharField("归属区划", max_length=12)

    objects = ScopedQuerySet["Advisor"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "法律顾问与导师聘任"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["id_number_index", "kind", "term_from"], name="advisor_key"),
        ]
        indexes = [
            models.Index(fields=["area", "term_from"], name="advisor_area"),
            models.Index(fields=["term_from", "id"], name="advisor_day"),
        ]

    def __str__(self) -> str:
        return self.name


class LegalService(SealedLedgerRow):
    """法律服务 (ledger ``legal_services``)."""

    SEALED: ClassVar = (
        "id_number",
        "advisor_id_number",
    )

    service_no = models.CharField("服务编号", max_length=60)
    kind = models.CharField("服务类型", max_length=20)
    requested_on = models.DateField("请求日期")
    id_number_index = models.BinaryField("请求人身份证号索引", max_length=16, null=True)
    persons = models.IntegerField("服务人次")
    area = models.CharField("属地区划", max_length=12)
    advisor_index = models.BinaryField("律师身份证号索引", max_length=16, null=True)
    served_on = models.DateField("服务日期", null=True)
    reply_due_on = models.DateField("应回复日期", null=True)
    replied_on = models.DateField("回复日期", null=True)
    completed_on = models.DateField("办结日期", null=True)
    rating = models.CharField("评价等级", max_length=10, blank=True, default="")
    withdrawn = models.BooleanField("是否撤回", null=True)

    objects = ScopedQuerySet["LegalService"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "法律服务"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["service_no"], name="legal_service_key"),
        ]
        indexes = [
            models.Index(fields=["area", "requested_on"], name="legal_service_area"),
            models.Index(fields=["requested_on", "id"], name="legal_service_day"),
            models.Index(fields=["served_on"], name="legal_service_served"),
            models.Index(fields=["reply_due_on"], name="legal_service_reply_due"),
            models.Index(fields=["completed_on"], name="legal_service_completed"),
            models.Index(
                fields=["id_number_index"],
                name="legal_service_who",
                condition=Q(id_number_index__isnull=False),
            ),
            models.Index(
                fields=["advisor_index"],
                name="legal_service_advisor",
                condition=Q(advisor_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.service_no
