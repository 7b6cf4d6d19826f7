"""Who keeps contact with whom, visits, plans, and what is given at the festivals."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from yizhou.core.literal import spelled_out
from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet
from yizhou.ledgers.rows import LedgerRow, SealedLedgerRow
from yizhou.people.models import Person

CONSOLING = Q(purpose="CONSOLATION", completed=True, both_signed=True)
EFFECTIVE = Q(completed=True) & ~Q(method="MASS") & ~Q(content="")


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """Visits; figures ask for two kinds of them, for which there are indexes."""

    def consoling(self) -> Self:
        """慰问, signed by both sides."""
        return self.filter(spelled_out(CONSOLING))

    def effective(self) -> Self:
        """有效联系: somebody was spoken with, and something is written about it."""
        return self.filter(spelled_out(EFFECTIVE))


class Visit(SealedRow):
    """走访联系: one contact with one person at one moment (ledger ``visits``)."""

    AREA: ClassVar = "person__household_area"
    SEALED: ClassVar = ("staff_id_number",)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="服务对象", db_index=False, related_name="visits"
    )
    visited_at = models.DateTimeField("走访时间")
    staff_index = models.BinaryField("走访人索引", max_length=16)
    purpose = models.CharField("走访目的", max_length=30)
    method = models.CharField("联系方式", max_length=20)
    occasion = models.CharField("节点", max_length=20, blank=True, default="")
    place = models.CharField("地点", max_length=200, blank=True, default="")
    content = models.TextField("内容", blank=True, default="")
    completed = models.BooleanField("是否完成")
    both_signed = models.BooleanField("双方签认", null=True)
    appeal = models.TextField("反映诉求", blank=True, default="")
    row_digest = models.BinaryField(null=True, default=None)

    objects = VisitQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "走访联系"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["person", "visited_at"], name="visit_key"),
        ]
        indexes = [
            models.Index(fields=["visited_at", "id"], name="visit_moment"),
            models.Index(fields=["visited_at", "person"], name="visit_consolation", condition=CONSOLING),
            models.Index(fields=["visited_at", "person"], name="visit_effective", condition=EFFECTIVE),
            models.Index(fields=["staff_index", "visited_at"], name="visit_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.visited_at:%Y-%m-%d}"


class ContactAssignment(SealedLedgerRow):
    """一对一联系与一人一策 (ledger ``contact_assignments``)."""

    AREA: ClassVar = "person__household_area"
    SEALED: ClassVar = ("staff_id_number",)

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    staff_index = models.BinaryField("联系人身份证号索引", max_length=16)
    assigned_on = models.DateField("联系起始日期")
    ended_on = models.DateField("联系解除日期", null=True)
    card_signed_on = models.DateField("联系卡签收日期", null=True)
    plan_measures = models.TextField("服务方案", blank=True, default="")
    plan_from = models.DateField("方案起", null=True)
    plan_to = models.DateField("方案止", null=True)
    plan_executed_on = models.DateField("方案最近执行日期", null=True)

    objects = ScopedQuerySet["ContactAssignment"].as_manager()

    class Meta(SealedLedgerRow.Meta):
        verbose_name = "一对一联系与一人一策"
        constraints = [
            *SealedLedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["person", "assigned_on"], name="contact_assignment_key"),
        ]
        indexes = [
            models.Index(fields=["assigned_on", "id"], name="contact_assignment_day"),
            models.Index(
                fields=["staff_index", "assigned_on", "ended_on", "card_signed_on", "person"],
                name="contact_assignment_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.assigned_on}"


class ComfortPaymentQuerySet(ScopedQuerySet["ComfortPayment"]):
    """Payments and gifts."""

    def valid(self) -> Self:
        """Not void; an empty mark counts as no (ledgers.md §5.3)."""
        return self.exclude(voided=True)


class ComfortPayment(LedgerRow):
    """慰问金(品)发放 (ledger ``comfort_payments``)."""

    AREA: ClassVar = "person__household_area"

    payment_no = models.CharField("发放编号", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    occasion = models.CharField("节点", max_length=20)
    activity = models.CharField("主题活动", max_length=30, blank=True, default="")
    form = models.CharField("形式", max_length=10)
    goods = models.CharField("物品名称", max_length=200, blank=True, default="")
    amount_fen = models.BigIntegerField("金额", help_text="分")
    fund_source = models.CharField("资金来源", max_length=20, blank=True, default="")
    paid_on = models.DateField("发放日期")
    signed_on = models.DateField("签收日期", null=True)
    signer = models.CharField("签收人", max_length=60, blank=True, default="")
    voided = models.BooleanField("是否作废", null=True)

    objects = ComfortPaymentQuerySet.as_manager()

    class Meta(LedgerRow.Meta):
        verbose_name = "慰问金(品)发放"
        constraints = [
            *LedgerRow.Meta.constraints,
            models.UniqueConstraint(fields=["payment_no"], name="comfort_payment_key"),
        ]
        indexes = [
            models.Index(fields=["paid_on", "id"], name="comfort_payment_day"),
            models.Index(fields=["person"], name="comfort_payment_person"),
            # Everything that figures and their first pages ask: a year of payments is never looked up one by one.
            models.Index(
                fields=["signed_on", "activity", "occasion", "voided", "paid_on", "amount_fen"],
                name="comfort_payment_signed",
            ),
        ]

    def __str__(self) -> str:
        return self.payment_no


class PlanStatus(models.TextChoices):
    """How far a plan has come."""

    DRAFT = "DRAFT", "起草中"
    IN_FORCE = "IN_FORCE", "执行中"
    EVALUATED = "EVALUATED", "已评估"


class PlanResult(models.TextChoices):
    """What came of a plan."""

    REACHED = "REACHED", "目标达到"
    PARTLY = "PARTLY", "部分达到"
    MISSED = "MISSED", "没有达到"


class MeasureState(models.TextChoices):
    """What came of a measure."""

    OPEN = "OPEN", "待落实"
    DONE = "DONE", "已落实"
    DROPPED = "DROPPED", "未落实"


class Plan(Row):
    """服务方案（一人一策）: what is to be reached for one person, by which measures, and what came of it.

    The plan in force is told to the standing contact, whose ledger row the figures read.
    """

    AREA: ClassVar = "person__household_area"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    status = models.CharField("状态", max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    goals = models.TextField("目标")
    from_on = models.DateField("方案起")
    to_on = models.DateField("方案止")
    drawn_by = models.CharField("制定人", max_length=60)
    drawn_at = models.DateTimeField("制定时间")
    result = models.CharField("评估结果", max_length=10, choices=PlanResult.choices, blank=True, default="")
    evaluation = models.TextField("评估意见", blank=True, default="")
    evaluated_by = models.CharField("评估人", max_length=60, blank=True, default="")
    evaluated_on = models.DateField("评估日期", null=True)

    objects = ScopedQuerySet["Plan"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "服务方案"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "status"], name="plan_one_open", condition=~Q(status="EVALUATED")
            ),
            models.CheckConstraint(condition=Q(to_on__gte=models.F("from_on")), name="plan_order"),
        ]
        indexes = [
            models.Index(fields=["person", "id"], name="plan_person"),
            models.Index(fields=["to_on"], name="plan_in_force", condition=Q(status="IN_FORCE")),
        ]

    def __str__(self) -> str:
        return f"{self.from_on} {self.to_on}"

    def get_absolute_url(self) -> str:
        """The page of the person's plans."""
        return reverse("visits:plan", args=[self.person.uid])


class PlanMeasureQuerySet(ScopedQuerySet["PlanMeasure"]):
    """Measures of plans."""

    def due(self, until: dt.date) -> Self:
        """Not settled, of a plan in force, due by the day."""
        return self.filter(state=MeasureState.OPEN, due_on__lte=until, plan__status=PlanStatus.IN_FORCE)


class PlanMeasure(Row):
    """方案措施: what is done, by whom, until when."""

    AREA: ClassVar = "plan__person__household_area"

    plan = models.ForeignKey(
        Plan, models.PROTECT, related_name="measures", db_index=False, verbose_name="方案"
    )
    text = models.CharField("措施", max_length=200)
    owner = models.CharField("责任人", max_length=60)
    due_on = models.DateField("期限")
    state = models.CharField("落实", max_length=10, choices=MeasureState.choices, default=MeasureState.OPEN)
    settled_on = models.DateField("落实日期", null=True)
    note = models.CharField("落实情况", max_length=200, blank=True, default="")

    objects = PlanMeasureQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "方案措施"
        constraints = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="OPEN") | Q(settled_on__isnull=False), name="planmeasure_settled"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "due_on"], name="planmeasure_plan"),
            models.Index(fields=["due_on"], name="planmeasure_due", condition=Q(state="OPEN")),
        ]

    def __str__(self) -> str:
        return self.text


class ContactBatch(Row):
    """成批指派联系人: one contact for many at once, with everything that takes it back."""

    area = models.CharField("经办人区划", max_length=12, blank=True, default="")
    words = models.CharField("条件说明", max_length=600)
    staff = models.CharField("联系人", max_length=60)
    reason = models.CharField("原因", max_length=200)
    assigned_on = models.DateField("联系起始日期")
    assigned = models.IntegerField("指派人数")
    handed_over = models.IntegerField("其中更换联系人")
    skipped = models.IntegerField("跳过人数")
    account_id = models.BigIntegerField("经办账号", null=True)
    actor = models.CharField("经办人", max_length=60)
    made_at = models.DateTimeField("办理时间")
    undone_at = models.DateTimeField("撤销时间", null=True)

    objects = ScopedQuerySet["ContactBatch"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "成批指派联系人"
        indexes = [models.Index(fields=["area", "id"], name="contact_batch_area")]

    def __str__(self) -> str:
        return self.staff

    def get_absolute_url(self) -> str:
        """Its page: the result, and the way back."""
        return reverse("visits:batch", args=[self.uid])


class MoveState(models.TextChoices):
    """What became of one person of a batch."""

    DONE = "DONE", "已指派"
    SKIPPED = "SKIPPED", "跳过"
    UNDONE = "UNDONE", "已撤销"
    KEPT = "KEPT", "未撤销"


class ContactMove(Row):
    """One person of a batch: the assignment made, the one that ended for it, or why nothing was done."""

    AREA: ClassVar = "person__household_area"

    batch = models.ForeignKey(
        ContactBatch, models.PROTECT, verbose_name="批次", db_index=False, related_name="moves"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    made_id = models.BigIntegerField("新的联系", null=True)
    former_id = models.BigIntegerField("原来的联系", null=True)
    former_ended_on = models.DateField("原来的解除日期", null=True)
    state = models.CharField("结果", max_length=8, choices=MoveState.choices)
    reason = models.CharField("原因", max_length=60, blank=True, default="")

    objects = ScopedQuerySet["ContactMove"].as_manager()

    class Meta(Row.Meta):
        verbose_name = "成批指派的对象"
        indexes = [models.Index(fields=["batch", "state", "id"], name="contact_move_batch")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.person_id}"
