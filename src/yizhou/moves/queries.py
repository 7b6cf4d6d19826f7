"""Reads: moves in sight, whose file the reader holds, what waits for an answer."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import cache

from django.db.models import Q
from django.http import Http404

from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.core.scope import is_code, prefix_of, within
from yizhou.moves.models import Move, MoveQuerySet, MoveStatus
from yizhou.people.models import Person

ASK, DECIDE, CHECK = "moves.ask_move", "moves.decide_move", "moves.check_seams"
DIRECTIONS = {"out": "迁出", "in": "迁入"}
STATES = (("late", "逾期未答复"), *MoveStatus.choices)


@cache
def answer_days() -> int:
    """Workdays within which the side of the file is to answer."""
    return parameter("move_answer_days")


def moves(actor: Actor) -> MoveQuerySet:
    """Both ways."""
    return Move.objects.visible_to(actor)


def move_or_404(uid: uuid.UUID, actor: Actor) -> Move:
    """A move in sight; absent and out of sight are the same 404."""
    found = moves(actor).select_related("person").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def held_file(move: Move, actor: Actor) -> Person | None:
    """The file, for whoever holds it: before the answer the one side, after it the other."""
    return Person.objects.visible_to(actor).filter(pk=move.person_id).first()


def to_answer(actor: Actor) -> MoveQuerySet:
    """Requests of others for files of the actor's areas, the most urgent first."""
    others = Q(asked_by_id__isnull=True) | ~Q(asked_by_id=actor.account_id)
    return moves(actor).leaving(actor).waiting().filter(others).order_by("answer_by", "id")


def narrowed(found: MoveQuerySet, asked: Mapping[str, str], actor: Actor, today: object) -> MoveQuerySet:
    """By state, direction and area, as the address says."""
    way, state, area = asked.get("way", ""), asked.get("state", ""), asked.get("area", "")
    if way in DIRECTIONS:
        found = found.leaving(actor) if way == "out" else found.coming(actor)
    if is_code(area):
        places = [prefix_of(area)]
        left, came = within("from_area", places), within("to_area", places)
        found = found.filter({"out": left, "in": came}.get(way, left | came))
    if state == "late":
        return found.waiting().filter(answer_by__lt=today)
    return found.filter(status=state) if state in MoveStatus.values else found
