"""Why somebody is or is not eligible, as ``yizhou explain`` tells it (contracts.md §3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from yizhou.catalogue.queries import items_on, judge_item
from yizhou.core import crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.events.recording import Concern, record
from yizhou.people.models import Person
from yizhou.people.queries.facts import facts_of
from yizhou.policy.rules.judge import Facts, Value, Verdict


class UnknownPerson(LookupError):
    """Nobody of that number is on file."""


class UnknownItem(LookupError):
    """There is no item of that code in force that day."""


def explained(number: str, item: str, on: dt.date, *, actor: Actor) -> dict[str, Any]:
    """Every item, or one, with its clauses judged for one person; the look-up is logged.

    Raises ``UnknownPerson`` and ``UnknownItem``.
    """
    codes = [found.code for found, _ in items_on(on)]
    if item and item not in codes:
        raise UnknownItem(item)
    full = as_18(number)
    person = (
        Person.objects.visible_to(actor).filter(id_number_index=crypto.blind_index(keyring(), full)).first()
    )
    if person is None:
        raise UnknownPerson
    concern = Concern(person.pk, person.household_area)
    record(actor, "person.revealed", person, concern=concern, reason="命令行核对资格", fields=["id_number"])
    facts = facts_of(person)
    wanted = [item] if item else codes
    return {"id_number": full, "on": on.isoformat(), "items": [_judged(code, facts, on) for code in wanted]}


def as_18(number: str) -> str:
    """The 18-character form of what was typed."""
    normal = id_numbers.normalise(number)
    return id_numbers.from_15(normal) if id_numbers.is_15(normal) else normal


def _judged(code: str, facts: Facts, on: dt.date) -> dict[str, Any]:
    judgement, amount = judge_item(code, facts, on)
    return {
        "code": code,
        "eligible": judgement.eligible,
        "clauses": [_clause(verdict) for verdict in judgement.verdicts],
        "amount_fen": amount,
    }


def _clause(verdict: Verdict) -> dict[str, Any]:
    return {
        "label": verdict.label,
        "holds": verdict.holds,
        "fact": verdict.fact,
        "value": plain(verdict.value),
        "shown": "，".join(f"{seen.name}：{seen.shown}" for seen in verdict.seen),
        "basis": verdict.basis,
    }


def plain(value: Value) -> object:
    """A fact's value as JSON holds it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, Collection) and not isinstance(value, str):
        return sorted(value)
    return value
