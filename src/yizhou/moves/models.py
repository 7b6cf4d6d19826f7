"""A move: who wants which file where, and what the other side said; and who came from beyond the city."""

from __future__ import annotations

import datetime as dt
import json
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet, within
from yizhou.people.models import Person


class MoveStatus(models.TextChoices):
    """Where it is on its way."""

    REQUESTED = "REQUESTED", "待迁出地确认"
    CONFIRMED = "CONFIRMED", "已迁移"
    REFUSED = "REFUSED", "已退回"
    WITHDRAWN = "WITHDRAWN", "已撤回"


class MoveQuerySet(ScopedQuerySet["Move"]):
    """A move belongs to two divisions: both see it, whatever became of the file since."""

    def visibility(self, actor: Actor) -> Q:
        """Where somebody came from, and where he went."""
        return within("from_area", actor.areas) | within("to_area", actor.areas)

    def leaving(self, actor: Actor) -> Self:
        """Those out of the actor's areas."""
        return self.filter(within("from_area", actor.areas))

    def coming(self, actor: Actor) -> Self:
        """Those into the actor's areas."""
        return self.filter(within("to_area", actor.areas))

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(status=MoveStatus.REQUESTED)


class Move(SealedRow):
    """市内迁移: asked for where somebody came to, answered where the file is.

    The new address is sealed as in the file. ``answer_by`` is the day by which the other side is to answer;
    ``is_residence`` says that the person also lives there. At most one a person is open.
    """

    AREA: ClassVar = "from_area"
    SEALED: ClassVar = ("address",)

    number = models.CharField("编号", max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    from_area = models.CharField("迁出地区划", max_length=12)
    to_area = models.CharField("迁入地区划", max_length=12)
    moved_on = models.DateField("迁移日期")
    document_no = models.CharField("凭证编号", max_length=40)
    words = models.CharField("说明", max_length=200, blank=True, default="")
    is_residence = models.BooleanField("常住地一并改到新址", default=False)
    status = models.CharField("状态", max_length=10, choices=MoveStatus.choices, default=MoveStatus.REQUESTED)
    asked_by_id = models.BigIntegerField("申请账号", null=True)
    asked_by = models.CharField("申请人", max_length=60)
    asked_at = models.DateTimeField("申请时间")
    answer_by = models.DateField("应答复日期")
    decided_by_id = models.BigIntegerField("答复账号", null=True)
    decided_by = models.CharField("答复人", max_length=60, blank=True, default="")
    decided_at = models.DateTimeField("答复时间", null=True)
    note = models.CharField("答复意见", max_length=200, blank=True, default="")

    objects = MoveQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "市内迁移"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["number"], name="move_number"),
            models.UniqueConstraint(fields=["person"], name="move_one_open", condition=Q(status="REQUESTED")),
            models.CheckConstraint(condition=~Q(from_area=F("to_area")), name="move_goes_elsewhere"),
            models.CheckConstraint(
                condition=~Q(status__in=["CONFIRMED", "REFUSED"])
                | Q(decided_by_id__isnull=True)
                | Q(asked_by_id__isnull=True)
                | ~Q(decided_by_id=F("asked_by_id")),
                name="move_four_eyes",
            ),
        ]
        indexes = [
            models.Index(fields=["from_area", "id"], name="move_from"),
            models.Index(fields=["to_area", "id"], name="move_to"),
            models.Index(fields=["person", "id"], name="move_person"),
            models.Index(fields=["answer_by", "id"], name="move_waiting", condition=Q(status="REQUESTED")),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("moves:view", args=[self.uid])

    def is_late(self, on: dt.date) -> bool:
        """Whether the answer is overdue."""
        return self.status == MoveStatus.REQUESTED and self.answer_by < on


class Incoming(SealedRow):
    """外地迁入: whose file came from beyond the city, from which office, and how far that office has paid.

    ``paid`` is sealed: the last month paid there by benefit, as the letter says (JSON object of code and month).
    """

    AREA: ClassVar = "person__household_area"
    SEALED: ClassVar = ("paid",)

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="对象", db_index=False, related_name="+")
    moved_on = models.DateField("迁入日期")
    former_office = models.CharField("迁出地主管部门", max_length=80)
    letter_no = models.CharField("转移函编号", max_length=40)
    words = models.CharField("说明", max_length=200, blank=True, default="")
    account_id = models.BigIntegerField("登记账号", null=True)
    actor = models.CharField("登记人", max_length=60)
    noted_at = models.DateTimeField("登记时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.CharField("撤回人", max_length=60, blank=True, default="")
    withdrawn_why = models.CharField("撤回原因", max_length=200, blank=True, default="")

    objects = ScopedQuerySet["Incoming"].as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "外地迁入"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "moved_on"], name="incoming_once", condition=Q(withdrawn_at=None)
            ),
        ]
        indexes = [models.Index(fields=["person", "id"], name="incoming_person")]

    def __str__(self) -> str:
        return self.letter_no

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("moves:incoming", args=[self.uid])

    def last_paid(self) -> dict[str, str]:
        """The last month paid there, by benefit."""
        found: dict[str, str] = json.loads(self.opened().get("paid") or "{}")
        return found
