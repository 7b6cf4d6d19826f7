"""What honours put on the person page: the axis, a tag, the card on the collection form."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yizhou.cases.models import Case
from yizhou.cases.rules.states import UNDECIDED
from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.honours.models import Plaque, PreferentialCard
from yizhou.people.models import Person
from yizhou.people.plugs import (
    AXIS,
    FACTS,
    FORM,
    TAGS,
    AxisEntry,
    AxisSource,
    FormRow,
    FormSheet,
    PersonFact,
    PersonTag,
)

CARD_ITEM = "RET-09"
CARD_HEADERS = ("申领日期", "证种", "申领编号", "状态", "核发日期", "注销日期")
VALID = "有效"


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


def card(person: Person, actor: Actor) -> FormSheet:
    """优待证 as the form shows it: the application that runs, then the cards, the newest first."""
    cases = Case.objects.visible_to(actor).filter(person=person, item=CARD_ITEM, status__in=UNDECIDED)
    running = [_case_row(one) for one in cases.order_by("-id")[:1]]
    cards = PreferentialCard.objects.visible_to(actor).filter(person=person).select_related("case")
    held = [_card_row(one) for one in cards.order_by("-id")]
    holds = any(VALID in row.values for row in held)
    may_apply = not running and not holds and actor.may("cases.file_case")
    url = f"{reverse('cases:file', args=[CARD_ITEM])}?person={person.uid}" if may_apply else ""
    return FormSheet("申领与核发", CARD_HEADERS, [*running, *held], url)


def _case_row(case: Case) -> FormRow:
    state = f"{case.get_status_display()}"
    return FormRow([_applied_on(case), "", "", state, "", ""], case.get_absolute_url())


def _card_row(one: PreferentialCard) -> FormRow:
    number, state = masking.mask_bank(one.card_no), "已注销" if one.cancelled_on else VALID
    ended = f"{one.cancelled_on}" if one.cancelled_on else ""
    values = [_applied_on(one.case), one.kind, number, state, f"{one.issued_on}", ended]
    return FormRow(values, one.case.get_absolute_url())


def _applied_on(case: Case) -> str:
    return clock.minute_of(case.applied_at)[:10]


FORM.add("card", card)
AXIS.add("honours", AxisSource("honours", entries))
TAGS.add("honours", tags)
FACTS.add("honours", facts)
