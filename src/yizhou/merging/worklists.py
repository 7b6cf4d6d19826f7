"""Pairs that wait for who may judge them."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.merging.actions.judge import JUDGE
from yizhou.merging.models import Strength, SuspectPair
from yizhou.merging.rules import EVIDENCE
from yizhou.people.models import Person
from yizhou.portal.tasks import WORKLISTS, Task, Worklist

COUNTED = 1_000
"""Whoever has more to judge needs no exact number."""
LAST = "9999"
"""Sorts behind whatever has a day of its own."""


def tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """One line a pair, the oldest first."""
    pairs = list(SuspectPair.objects.visible_to(actor).open().order_by("id")[:limit])
    firsts = [pair.first_id for pair in pairs]
    names = dict(Person.objects.visible_to(actor).filter(pk__in=firsts).values_list("pk", "name"))
    return [
        Task(
            title="裁决疑似重复",
            url=pair.get_absolute_url(),
            note=EVIDENCE[pair.rules.partition(";")[0]],
            person=names.get(pair.first_id, ""),
            step=Strength(pair.strength).label,
            action="对照",
            due_key=LAST,
        )
        for pair in pairs
    ]


WORKLISTS.add(
    "duplicates",
    Worklist(
        "duplicates",
        "疑似重复的档案",
        JUDGE,
        "/merging/",
        lambda actor: SuspectPair.objects.visible_to(actor).open()[:COUNTED].count(),
        tasks,
    ),
)
