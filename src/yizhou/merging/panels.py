"""What merging tells the people package: former and closed numbers, old addresses, suspected pairs; it hears of new files."""

from __future__ import annotations

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.events.subjects import FORMER
from yizhou.ledgers.browsing import address
from yizhou.merging.actions.judge import JUDGE
from yizhou.merging.jobs import search_soon
from yizhou.merging.models import Strength, SuspectPair
from yizhou.merging.queries.former import former_numbers, gone_numbers, moved_to
from yizhou.people.models import Person
from yizhou.people.plugs import ARRIVED, ASIDES, GONE_NUMBERS, MOVED, QUALITY, Aside, Card

VIEW = "merging.view_pair"
SHOWN = 5
COUNTED = 1_000
"""Whoever has more to judge needs no exact number."""


def suspected(person: Person, actor: Actor) -> Card | None:
    """Other files that may be of the same person, for who may judge that; None where there are none."""
    open_pairs = SuspectPair.objects.visible_to(actor).open().of(person.pk)
    pairs = open_pairs.select_related("first", "second").order_by("id")[:SHOWN]
    rows = [
        {
            "title": (pair.second if pair.first_id == person.pk else pair.first).name,
            "url": pair.get_absolute_url(),
            "note": pair.why,
            "tag": Strength(pair.strength).label,
            "state": "warn",
        }
        for pair in pairs
    ]
    return Card(note="可能是同一人的另一份档案", rows=rows) if rows else None


def to_judge(area: str, actor: Actor) -> Card | None:
    """How many suspected pairs of an area wait, with the way to them, for who may look at them."""
    if not actor.may(VIEW):
        return None
    waiting = SuspectPair.objects.visible_to(actor).open().lying_in(area)[: COUNTED + 1].count()
    url = address(reverse("merging:list"), {"area": area})()
    text = f"{waiting:,} 对" if waiting <= COUNTED else f"超过 {COUNTED:,} 对"
    rows = [{"title": "待裁决", "url": url, "text": text}] if waiting else []
    return Card(note="同一人可能建了两份档案", rows=rows, link={"label": "去裁决", "url": url})


FORMER.add("merging", former_numbers)
MOVED.add("merging", moved_to)
GONE_NUMBERS.add("merging", gone_numbers)
ARRIVED.add("merging", search_soon)
QUALITY.add("疑似重复", to_judge)
ASIDES.add("duplicates", Aside("duplicates", "疑似重复", JUDGE, suspected, order=16))
