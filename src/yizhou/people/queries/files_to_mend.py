"""The files of a small area that most need a hand: what each lacks, and the way to mend it."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, Value, When
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.people.freshness import due_on, stale
from yizhou.people.models import IN_DOUBT, Person, PersonQuerySet

FEW_ENOUGH = 5_000
"""Files of an area among which the worst are looked for: those of a town."""

SHOWN = 30
CORRECT, CONFIRM = "people.correct_person", "people.confirm_person"


def files_to_mend(people: PersonQuerySet, actor: Actor) -> list[dict[str, Any]]:
    """Lines of card.html: the most gaps first, then the doubtful, then the stale."""
    is_stale = stale(clock.today())
    wanting = people.filter(Q(missing_count__gt=0) | IN_DOUBT | is_stale)
    doubtful = Case(When(IN_DOUBT, then=Value(1)), default=Value(0))
    outdated = Case(When(is_stale, then=Value(1)), default=Value(0))
    worst = wanting.annotate(doubtful=doubtful, outdated=outdated)
    worst = worst.order_by("-missing_count", "-doubtful", "-outdated", "id")
    return [_line(person, actor) for person in worst[:SHOWN]]


def _line(person: Any, actor: Actor) -> dict[str, Any]:
    told = [
        f"缺 {person.missing_count} 项要素" if person.missing_count else "",
        f"存疑 {len(person.doubts.split(';'))} 项" if person.doubts else "",
        f"{due_on(person)} 到期未更新" if person.outdated else "",
    ]
    return {
        "title": person.name,
        "url": _way(person, actor),
        "note": "；".join(filter(None, told)),
        "tag": "到期" if person.outdated else "",
        "state": "late" if person.outdated else "",
        "text": "",
    }


def _way(person: Person, actor: Actor) -> str:
    """Where the file is mended: corrected where something is wrong with it, else confirmed."""
    is_wrong = person.missing_count or person.doubts
    if is_wrong and actor.may(CORRECT):
        return reverse("people:correct", args=[person.uid])
    if not is_wrong and actor.may(CONFIRM):
        return reverse("people:confirm", args=[person.uid])
    return person.get_absolute_url()
