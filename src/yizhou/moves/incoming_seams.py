"""接缝 of people from beyond the city: what the letter says was paid there, beside what is paid here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.moves.models import Incoming
from yizhou.moves.rules import Seam, incoming_seam
from yizhou.moves.seams import AT_ONCE, MOST, counts_of, months_by_benefit, months_of, through_of
from yizhou.orgs.queries import full_division_name
from yizhou.people.sensitive import VIEW_SPECIAL

Torn = tuple[Incoming, str, Seam]


def incoming_lines(incoming: Incoming, actor: Actor) -> list[dict[str, str]] | None:
    """One line a benefit that the letter names; None for posts that may not see benefits."""
    if not actor.may(VIEW_SPECIAL):
        return None
    return [
        {
            "title": code_name("benefit_type", benefit),
            "tag": counts_of(one) or "已接上",
            "state": "late" if one.is_torn else "ok",
            "note": "。".join(filter(None, (months_of(one), words_of(one)))),
        }
        for _, benefit, one in _seams([incoming], actor)
    ]


def words_of(one: Seam) -> str:
    """Both sides of the seam in one line."""
    here = f"本地首次 {one.first_after}" if one.first_after else "本地还没有发放"
    return f"迁出地末次 {one.last_before} → {here}"


def torn_incoming(actor: Actor) -> list[dict[str, Any]]:
    """Rows of the page 接缝检查: those since January of last year with a gap or an overlap, the newest first."""
    first = dt.date(clock.today().year - 1, 1, 1)
    rows = Incoming.objects.visible_to(actor).filter(withdrawn_at=None, moved_on__gte=first)
    found = list(rows.select_related("person").order_by("-id")[:MOST])
    torn = [
        one
        for start in range(0, len(found), AT_ONCE)
        for one in _seams(found[start : start + AT_ONCE], actor)
        if one[2].is_torn
    ]
    return [
        {
            "name": incoming.person.name,
            "number": incoming.letter_no,
            "url": incoming.get_absolute_url(),
            "from_area": incoming.former_office,
            "to_area": full_division_name(incoming.person.household_area),
            "benefit": code_name("benefit_type", benefit),
            "counts": counts_of(one),
            "months": months_of(one),
            "words": words_of(one),
        }
        for incoming, benefit, one in torn
    ]


def _seams(part: list[Incoming], actor: Actor) -> Iterator[Torn]:
    paid = months_by_benefit([incoming.person_id for incoming in part], actor)
    for incoming in part:
        through = through_of(incoming.person)
        for benefit, last in sorted(incoming.last_paid().items()):
            yield incoming, benefit, incoming_seam(last, paid.get((incoming.person_id, benefit), []), through)
