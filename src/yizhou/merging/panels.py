"""What merging tells the person page and the people ledger: old addresses, former and closed numbers, suspected pairs."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.events.subjects import FORMER
from yizhou.merging.actions.judge import JUDGE
from yizhou.merging.models import Strength, SuspectPair
from yizhou.merging.queries.former import former_numbers, gone_numbers, moved_to
from yizhou.merging.rules import EVIDENCE
from yizhou.people.models import Person
from yizhou.people.plugs import ASIDES, GONE_NUMBERS, MOVED, Aside, Card

SHOWN = 5


def suspected(person: Person, actor: Actor) -> Card | None:
    """Other files that may be of the same person, for who may judge that; None where there are none."""
    open_pairs = SuspectPair.objects.visible_to(actor).open().of(person.pk)
    pairs = open_pairs.select_related("first", "second").order_by("id")[:SHOWN]
    rows = [
        {
            "title": (pair.second if pair.first_id == person.pk else pair.first).name,
            "url": pair.get_absolute_url(),
            "note": "；".join(EVIDENCE[code] for code in pair.rules.split(";")),
            "tag": Strength(pair.strength).label,
            "state": "warn",
        }
        for pair in pairs
    ]
    return Card(note="可能是同一人的另一份档案", rows=rows) if rows else None


FORMER.add("merging", former_numbers)
MOVED.add("merging", moved_to)
GONE_NUMBERS.add("merging", gone_numbers)
ASIDES.add("duplicates", Aside("duplicates", "疑似重复", JUDGE, suspected, order=16))
