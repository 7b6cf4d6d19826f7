"""接缝检查: months of regular benefits that nobody paid, or that were paid twice, around confirmed moves.

依据: 手册第 11 章 迁移次年 1 月换发放地. It tells a human being; nothing is stopped, nothing is paid for it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef

from yizhou.benefits.models import BenefitPayment
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.lifecycle.rules import REGULAR, first_month_there, month_of
from yizhou.moves.models import Move, MoveQuerySet, MoveStatus
from yizhou.moves.queries import moves
from yizhou.moves.rules import Seam, seam, spans
from yizhou.people.models import Person
from yizhou.people.sensitive import VIEW_SPECIAL

PAID = "PAID"
AT_ONCE = 500
MOST = 2_000
"""Moves that are looked through at once; more are told of."""

Paid = dict[tuple[int, str], list[str]]
"""Months by person and benefit; a month paid twice stands twice."""


def lines_of(move: Move, actor: Actor) -> list[dict[str, str]] | None:
    """One line a benefit; None before the move is confirmed and for posts that may not see benefits."""
    if move.status != MoveStatus.CONFIRMED or not actor.may(VIEW_SPECIAL):
        return None
    months = months_by_benefit([move.person_id], actor)
    return [_line(benefit, _seam(move, paid), move) for (_, benefit), paid in sorted(months.items())]


def torn_moves(actor: Actor) -> tuple[list[tuple[Move, str, Seam]], bool]:
    """Confirmed moves since January of last year with a gap or an overlap, newest first; whether some were left out.

    Payments belong to the person: only the side that holds the file now sees them.
    """
    found = list(_recent(actor)[: MOST + 1])
    torn: list[tuple[Move, str, Seam]] = []
    for start in range(0, min(len(found), MOST), AT_ONCE):
        torn.extend(_torn(found[start : min(start + AT_ONCE, MOST)], actor))
    return torn, len(found) > MOST


def _recent(actor: Actor) -> MoveQuerySet:
    """Those of last year change hands this January: twelve months alone would lose them too early."""
    first = dt.date(clock.today().year - 1, 1, 1)
    regular = BenefitPayment.objects.visible_to(actor).filter(
        person=OuterRef("person"), benefit__in=REGULAR, status=PAID
    )
    confirmed = moves(actor).filter(Exists(regular), status=MoveStatus.CONFIRMED, moved_on__gte=first)
    return confirmed.select_related("person").order_by("-id")


def _torn(part: list[Move], actor: Actor) -> Iterator[tuple[Move, str, Seam]]:
    months: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for (person, benefit), paid in months_by_benefit([move.person_id for move in part], actor).items():
        months[person][benefit] = paid
    for move in part:
        for benefit, paid in sorted(months[move.person_id].items()):
            one = _seam(move, paid)
            if one.is_torn:
                yield move, benefit, one


def months_by_benefit(people: Sequence[int], actor: Actor) -> Paid:
    """Months paid to people. A line that takes another back counts against it: what was paid and returned was not."""
    times: dict[tuple[int, str, str], int] = defaultdict(int)
    rows = BenefitPayment.objects.visible_to(actor).filter(
        person__in=people, benefit__in=REGULAR, status=PAID
    )
    values = rows.values_list("person_id", "benefit", "pay_month", "base_amount_fen")
    for person, benefit, month, amount in values:
        times[person, benefit, month] += (amount > 0) - (amount < 0)
    found: Paid = defaultdict(list)
    for (person, benefit, month), count in times.items():
        found[person, benefit].extend([month] * count)
    return found


def _seam(move: Move, paid: list[str]) -> Seam:
    return seam(paid, move.moved_on, through_of(move.person))


def through_of(person: Person) -> str:
    """Through the month before this one, and not beyond the end of a life or of a file."""
    last = month_of(clock.today().replace(day=1) - dt.timedelta(days=1))
    ends = [
        month_of(day)
        for day in (person.died_on, person.moved_out_on, person.deregistered_on)
        if day is not None
    ]
    return min([last, *ends])


def words_of(one: Seam, moved_on: dt.date) -> str:
    """Both sides of the seam in one line."""
    there = first_month_there(moved_on)
    before = (
        f"迁出地末次 {one.last_before}（应发至 {moved_on.year}-12）" if one.last_before else "迁出地没有发放"
    )
    after = f"迁入地首次 {one.first_after}" if one.first_after else "迁入地还没有发放"
    return f"{before} → {after}（应自 {there} 起发）"


def counts_of(one: Seam) -> str:
    """How much is torn; empty where nothing is."""
    missing = f"断档 {len(one.missing)} 个月" if one.missing else ""
    doubled = f"重发 {len(one.doubled)} 个月" if one.doubled else ""
    return "，".join(filter(None, (missing, doubled)))


def months_of(one: Seam) -> str:
    """Which months those are."""
    missing = f"断档 {spans(one.missing)}" if one.missing else ""
    doubled = f"重发 {spans(one.doubled)}" if one.doubled else ""
    return "；".join(filter(None, (missing, doubled)))


def _line(benefit: str, one: Seam, move: Move) -> dict[str, str]:
    return {
        "title": code_name("benefit_type", benefit),
        "tag": counts_of(one) or "已接上",
        "state": "late" if one.is_torn else "ok",
        "note": "。".join(filter(None, (months_of(one), words_of(one, move.moved_on)))),
    }
