"""Visits and other contacts with persons on file."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet
from yizhou.people.models import Person


class VisitQuerySet(ScopedQuerySet["Visit"]):
    """A visit belongs to the registered household of the person visited."""

    area_field: ClassVar[str] = "person__household_area"


class Visit(SealedRow):
    """走访联系: one contact with one person at one moment (ledger ``visits``)."""

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
            models.Index(
                fields=["visited_at", "person"],
                name="visit_consolation",
                condition=Q(purpose="CONSOLATION", completed=True, both_signed=True),
            ),
            models.Index(fields=["staff_index", "visited_at"], name="visit_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.visited_at:%Y-%m-%d}"
