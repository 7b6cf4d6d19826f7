"""Confirmed moves on the life axis."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.moves.models import Move, MoveStatus
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, AxisEntry, AxisSource


def moves_of(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """On the day of the move."""
    found = Move.objects.visible_to(actor).filter(person=person, status=MoveStatus.CONFIRMED)
    return [
        AxisEntry(
            move.moved_on,
            "户籍市内迁移",
            f"{full_division_name(move.from_area)} → {full_division_name(move.to_area)}",
            url=move.get_absolute_url(),
        )
        for move in found.order_by("-moved_on", "-id")
    ]


AXIS.add("moves", AxisSource("moves", moves_of, "moves.view_moves"))
