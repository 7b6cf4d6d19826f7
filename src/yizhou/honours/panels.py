"""What honours put on the person page: the axis and a tag."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core.actor import Actor
from yizhou.honours.models import Plaque, PreferentialCard
from yizhou.people.models import Person
from yizhou.people.plugs import AXIS, FACTS, TAGS, AxisEntry, AxisSource, PersonFact, PersonTag


def entries(person: Person, actor: Actor) -> Sequence[AxisEntry]:
    """Cards and plaques of the person, newest first."""
    cards = PreferentialCard.objects.visible_to(actor).filter(person=person)
    plaques = Plaque.objects.visible_to(actor).filter(person=person)
    found = [
        AxisEntry(card.issued_on, f"核发{card.kind}", text=card.card_no, ring="glory") for card in cards
    ] + [AxisEntry(one.hung_on, "悬挂光荣牌", text=one.plaque_no, ring="glory") for one in plaques]
    return sorted(found, key=lambda entry: entry.on, reverse=True)


def tags(person: Person, actor: Actor) -> Sequence[PersonTag]:
    """优待证 behind the name."""
    cards = PreferentialCard.objects.visible_to(actor).filter(person=person, cancelled_on__isnull=True)
    return [PersonTag("优待证", "gold")] if cards.exists() else []


def facts(person: Person, actor: Actor) -> Sequence[PersonFact]:
    """The card in the header of the page."""
    cards = PreferentialCard.objects.visible_to(actor).filter(person=person, cancelled_on__isnull=True)
    return [PersonFact("优待证", card.card_no, note=f"{card.issued_on} 核发") for card in cards]


AXIS.add("honours", AxisSource("honours", entries))
TAGS.add("honours", tags)
FACTS.add("honours", facts)
