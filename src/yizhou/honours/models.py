"""Tables of cards and plaques."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from yizhou.cases.models import Case
from yizhou.core.rows import Row, SealedRow
from yizhou.core.scope import ScopedQuerySet
from yizhou.people.models import Person


class CardQuerySet(ScopedQuerySet["PreferentialCard"]):
    """Cards belong to the division of the holder's household."""

    area_field = "person__household_area"


class PlaqueQuerySet(ScopedQuerySet["Plaque"]):
    """Plaques belong to the division of the family's household."""

    area_field = "person__household_area"


class PreferentialCard(Row):
    """优待证: one valid card a person; the maker's number comes with the certificate of the case."""

    card_no = models.CharField("申领编号", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="持证人")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name="办件")
    kind = models.CharField("证种", max_length=40)
    issued_on = models.DateField("核准日期")
    cancelled_on = models.DateField("注销日期", null=True)

    objects = CardQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "优待证"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["card_no"], name="card_no"),
            models.UniqueConstraint(
                fields=["person"], name="card_one_valid", condition=Q(cancelled_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.card_no


class Plaque(SealedRow):
    """光荣牌: one a family (一户一块); the address is sealed."""

    SEALED: ClassVar = ("address",)
    plaque_no = models.CharField("光荣牌编号", max_length=40)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name="对象")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", verbose_name="办件")
    household_no = models.CharField("户号", max_length=40, blank=True, default="")
    kind = models.CharField("对象类型", max_length=10)
    hung_on = models.DateField("悬挂日期")
    status = models.CharField("状态", max_length=10, default="HUNG")
    changed_on = models.DateField("变更日期", null=True)

    objects = PlaqueQuerySet.as_manager()

    class Meta(SealedRow.Meta):
        verbose_name = "光荣牌"
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(fields=["plaque_no"], name="plaque_no"),
            models.UniqueConstraint(
                fields=["person"], name="plaque_one_person", condition=~Q(status="CANCELLED")
            ),
            models.UniqueConstraint(
                fields=["household_no"],
                name="plaque_one_household",
                condition=~Q(status="CANCELLED") & ~Q(household_no=""),
            ),
        ]

    def __str__(self) -> str:
        return self.plaque_no
