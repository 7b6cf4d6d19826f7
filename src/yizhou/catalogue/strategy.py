"""一人一策: what one person is entitled to, may be entitled to, is not entitled to, and why; judged by the items' clauses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yizhou.catalogue.queries import items_on, judge_item
from yizhou.catalogue.rules import Item, ItemVersion
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.fen import format_yuan
from yizhou.ledgers.exporting import masked
from yizhou.people.models import Person
from yizhou.people.plugs import STARTS, Card
from yizhou.people.queries import facts_of
from yizhou.people.sensitive import HIDDEN, column, hidden
from yizhou.policy.queries import vocabulary
from yizhou.policy.rules import Judgement, Seen, Verdict

PASSING = frozenset({"enlist", "return", "resettle", "after"})
"""Stages of passage: their items concern a person only around the passage, and nobody asks why not."""
PASSAGE_DAYS = 366
PER = {"month": "每月 ", "year": "每年 ", "once": "一次性 ", "": ""}
STATES: dict[bool | None, tuple[str, str, str]] = {
    True: ("符合", "ok", "为什么符合"),
    None: ("待核实", "warn", "还缺什么"),
    False: ("不符合", "", "为什么不符合"),
}
ORDER: dict[bool | None, int] = {True: 0, None: 1, False: 2}


@dataclass(frozen=True, slots=True)
class Judged:
    """One item judged for one person; ``fen`` is the amount where it is a formula and all is known."""

    item: Item
    version: ItemVersion
    judgement: Judgement
    fen: int | None


def judged_items(person: Person, on: dt.date) -> list[Judged]:
    """Every item with clauses that concerns this person now: entitlements first, money before service."""
    facts = facts_of(person)
    found = []
    for item, version in items_on(on):
        judgement, fen = judge_item(item.code, facts, on)
        one = Judged(item, version, judgement, fen)
        if judgement.verdicts and _concerns(person, one, on):
            found.append(one)
    return sorted(found, key=lambda one: (ORDER[one.judgement.eligible], not one.version.amount))


def _concerns(person: Person, one: Judged, on: dt.date) -> bool:
    eligible = one.judgement.eligible
    if one.item.stage == "after":
        return eligible is True
    if one.item.stage in PASSING:
        left = person.discharged_on
        return eligible is not False and left is not None and (on - left).days <= PASSAGE_DAYS
    # Why somebody gets no money is asked every day; why somebody is no veteran is not.
    return eligible is not False or bool(one.version.amount or one.version.benefits)


def strategy_card(person: Person, actor: Actor) -> Card | None:
    """The card beside the axis."""
    judged = judged_items(person, clock.today())
    if not judged:
        return None
    counts = {state: sum(one.judgement.eligible is state for one in judged) for state in (True, None)}
    note = f"符合 {counts[True]} 项，待核实 {counts[None]} 项"
    return Card(note=note, entitlements=[_line(person, one, actor) for one in judged])


def _line(person: Person, one: Judged, actor: Actor) -> dict[str, Any]:
    text, state, why = STATES[one.judgement.eligible]
    clauses = [_clause(person, verdict, actor) for verdict in one.judgement.verdicts]
    # An amount tells the grade it rests on: it is shown to those who may see the grade.
    is_open = one.fen is not None and not any(HIDDEN in clause["value"] for clause in clauses)
    note = f"{PER[one.version.amount_per]}{format_yuan(one.fen or 0)} 元" if is_open else ""
    start = next((s for s in STARTS.values() if actor.may(s.permission)), None)
    may_start = start is not None and one.judgement.eligible is not False
    return {
        "name": one.version.name,
        "tag": text,
        "state": state,
        "note": note,
        "why": why,
        "clauses": clauses,
        "action": {"label": start.label, "url": start.url(person, one.item.code)}
        if start and may_start
        else None,
    }


def _clause(person: Person, verdict: Verdict, actor: Actor) -> dict[str, Any]:
    fact, value = verdict.fact, ""
    if verdict.seen and not verdict.missing:
        first, *others = verdict.seen
        value = "；".join([_shown(first, actor), *(f"{seen.name}：{_shown(seen, actor)}" for seen in others)])
    return {
        "label": verdict.label,
        "holds": verdict.holds,
        "fact": fact,
        "value": value,
        "source": _source(fact, person),
        "basis": verdict.basis,
    }


def _field(fact: str) -> str:
    """The people ledger's field behind a fact, or nothing."""
    known = vocabulary().facts.get(fact)
    ledger, _, field = known.source.partition(".") if known else ("", "", "")
    return field if ledger == "people" else ""


def _shown(seen: Seen, actor: Actor) -> str:
    """A value as this reader may see it: sealed ones masked, special ones only for posts that may."""
    field = _field(seen.name)
    if not field:
        return seen.shown
    if hidden(field, actor):
        return HIDDEN
    return masked(column(field), seen.shown)


def _source(fact: str, person: Person) -> str:
    """Where a fact comes from and how old it is."""
    if _field(fact):
        return f"信息采集台账，{person.collected_on} 采集"
    known: Mapping[str, Any] = vocabulary().facts
    return "由申请人申报，窗口核实" if fact in known and known[fact].source == "declared" else ""
