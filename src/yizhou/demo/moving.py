"""Moves between two towns of the demonstration: one that waits too long, one that was agreed, one that was sent back."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef

from yizhou.benefits.models import BenefitPayment
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.demo.live import Cast
from yizhou.lifecycle.rules import REGULAR
from yizhou.moves.actions import ask_move, confirm_move, refuse_move
from yizhou.moves.models import Move
from yizhou.moves.rules import Wish
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person

WHY = "the demonstration"
ASKED = (24, 18, 9)
"""Days ago that the moves were asked for: waiting past its term, agreed, sent back."""


def moves() -> int:
    """Enter three requests; returns how many there are."""
    if Move.objects.everywhere(WHY).exists():
        return 0
    people = Person.objects.everywhere(WHY).registered(clock.today()).order_by("id")
    paid = BenefitPayment.objects.everywhere(WHY).filter(person=OuterRef("pk"), benefit__in=REGULAR)
    first = people.filter(Exists(paid)).first()
    if first is None:
        return 0
    inside = people.filter(household_area__startswith=first.household_area[:9]).exclude(pk=first.pk)
    found = _neighbour(first)
    others = list(inside[:2])
    holder = Cast().somebody("TOWN_STATION", first.household_area)
    if found is None or holder is None or len(others) < len(ASKED) - 1:
        return 0
    asker, village = found
    _asked(others[0], village, asker, ASKED[0])
    agreed = _asked(first, village, asker, ASKED[1])
    back = _asked(others[1], village, asker, ASKED[2])
    with clock.at(clock.now() - dt.timedelta(days=ASKED[1] - 3)):
        confirm_move(agreed, "户口簿已核对", actor=holder)
    with clock.at(clock.now() - dt.timedelta(days=ASKED[2] - 2)):
        refuse_move(back, "户籍系统里尚未迁出，请本人先办户口迁移", actor=holder)
    return len(ASKED)


def _neighbour(person: Person) -> tuple[Actor, str] | None:
    """A station of another town with somebody in it, and a village there."""
    cast = Cast()
    rows = Person.objects.everywhere(WHY).order_by("household_area").values_list("household_area", flat=True)
    for area in rows.distinct():
        station = cast.somebody("TOWN_STATION", area)
        if station is not None and not station.covers(person.household_area):
            return station, area
    return None


def _asked(person: Person, village: str, asker: Actor, days: int) -> Move:
    wish = Wish(
        id_number=person.opened()["id_number"],
        name=person.name,
        to_area=village,
        address=f"{full_division_name(village)}6组9号",
        moved_on=clock.today() - dt.timedelta(days=days + 14),
        document_no=f"准迁{clock.today():%Y}{days:04d}",
        words="随子女居住",
        is_residence=True,
    )
    with clock.at(clock.now() - dt.timedelta(days=days)):
        return ask_move(wish, actor=asker)
