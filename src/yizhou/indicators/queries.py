"""Numbers for a scope: one, many, all; below them the numbers of the divisions that make them up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from yizhou.core.actor import Actor
from yizhou.core.scope import prefix_of, within
from yizhou.indicators.facts import Fact, facts
from yizhou.indicators.measures import (
    Answer,
    Known,
    Measure,
    Number,
    Rate,
    amounts,
    amounts_by_prefix,
)
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import WHY, Scope
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.orgs.models import Division
from yizhou.orgs.queries import child_divisions, console_actor

Counting = Callable[[Sequence[Measure]], list[Number]]
NOT_STARTED = "台账未启用"
NOT_BUILT = "尚未实现的台账"
NOTHING = "期内没有记录"


class UnknownArea(LookupError):
    """The division does not exist, or lies outside what the actor may see: both look alike."""

    def __init__(self, area: str) -> None:
        super().__init__(f"没有区划 {area}，或不在您的管辖范围内")
        self.area = area


@dataclass(frozen=True)
class Figure:
    """An indicator measured once. ``value`` is None where nothing can be measured; ``reason`` then says why.

    ``numerator`` and ``denominator`` only for rates; ``names`` only for configured numbers.
    """

    fact: Fact
    value: Number | None
    numerator: Number | None = None
    denominator: Number | None = None
    reason: str = ""
    names: tuple[str, ...] = field(default=(), compare=False)

    def as_json(self) -> dict[str, object]:
        """The object behind a code in ``yizhou indicators --json`` (ledgers.md §1)."""
        found: dict[str, object] = {"value": self.value, "unit": self.fact.unit}
        if self.fact.kind == "rate":
            found |= {"numerator": self.numerator, "denominator": self.denominator}
        return found | ({"reason": self.reason} if self.value is None else {})


def scope_for(actor: Actor, area: str, first: dt.date, last: dt.date) -> Scope:
    """The scope an actor asks for. Raises ``UnknownArea`` when it does not exist or is not the actor's."""
    code = area.ljust(12, "0") if area else ""
    known = not code or Division.objects.filter(area_code=code).exists()
    if not known or not covers(actor, code):
        raise UnknownArea(area)
    return Scope(code, first, last, everything=bool(code) and holds_all(code))


def holds_all(area: str) -> bool:
    """Whether no division lies outside ``area``; rows only ever name divisions that exist."""
    return not Division.objects.exclude(within("area_code", [prefix_of(area)])).exists()


def covers(actor: Actor, area: str) -> bool:
    """Whether all of a division lies inside the actor's areas; "" is everything."""
    return any(prefix_of(area).startswith(own) if area else own == "" for own in actor.areas)


def measure(code: str, scope: Scope) -> Figure:
    """One indicator. A ledger without rows makes 0, an indicator whose ledgers are not built makes None."""
    return measure_many([(code, scope)])[0]


def measure_many(wanted: Sequence[tuple[str, Scope]], counting: Counting = amounts) -> list[Figure]:
    """Several indicators, each for its scope, in as few passes over the tables as they allow.

    ``counting`` is ``amounts_at_once`` for one indicator over many periods.
    """
    answers = [answer_of(code, scope) for code, scope in wanted]
    parts = [part for answer in answers for part in parts_of(answer).values()]
    counted = iter(counting(parts))
    found = []
    for (code, _), answer in zip(wanted, answers, strict=True):
        found.append(_figure(facts()[code], answer, [next(counted) for _ in parts_of(answer)]))
    return found


def parts_of(answer: Answer | None) -> dict[str, Measure]:
    """What is counted for an answer: its ``value``, or ``numerator`` and ``denominator``; nothing where it is known."""
    if isinstance(answer, Rate):
        return {"numerator": answer.numerator, "denominator": answer.denominator}
    return {"value": answer} if isinstance(answer, Measure) else {}


def _figure(fact: Fact, answer: Answer | None, counted: list[Number]) -> Figure:
    if answer is None:
        return Figure(fact, None, reason=f"{NOT_BUILT}：{'、'.join(_unbuilt(fact))}")
    if isinstance(answer, Known):
        return Figure(fact, answer.value, reason=answer.reason, names=answer.names)
    if isinstance(answer, Measure):
        value = answer.in_unit(counted[0])
        return Figure(fact, value, reason=NOTHING if value is None else "")
    value = answer.value(*counted)
    numerator, denominator = (
        part.in_unit(amount) for part, amount in zip(parts_of(answer).values(), counted, strict=True)
    )
    return Figure(fact, value, numerator, denominator, "分母为 0" if value is None else "")


def _unbuilt(fact: Fact) -> list[str]:
    """Titles of the ledgers an indicator waits for."""
    waiting = [name for name in fact.computed_from if name not in LEDGERS]
    return [layouts()[name].title for name in waiting or fact.computed_from]


def compute(codes: Iterable[str] | None, scope: Scope) -> dict[str, Figure]:
    """Several indicators by code, or all of them in their order."""
    wanted = list(facts() if codes is None else codes)
    return dict(zip(wanted, measure_many([(code, scope) for code in wanted]), strict=True))


def all_values(
    first: dt.date, last: dt.date, area: str = "", *, actor: Actor | None = None
) -> dict[str, Any]:
    """What ``yizhou indicators --json`` prints, for the console unless an actor asks. Raises ``UnknownArea``."""
    found = compute(None, scope_for(actor or console_actor(), area, first, last))
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "area": area or None,
        "values": {code: figure.as_json() for code, figure in found.items()},
    }


def answer_of(code: str, scope: Scope) -> Answer | None:
    """The rows behind an indicator; None where it is not built."""
    compute_one = INDICATORS.get(code)
    return compute_one(scope) if compute_one else None


def started(codes: Iterable[str], scope: Scope) -> list[str]:
    """Those of the indicators that are built on ledgers in use in the area; one without a ledger always is.

    A ledger is in use once it had a row there. The first of an indicator owns the number; where it is in use but none
    of the others that count, a 0 says nothing yet.
    """
    known = {
        code: facts()[code].computed_from
        for code in codes
        if code in INDICATORS and all(name in LEDGERS for name in facts()[code].computed_from)
    }
    used = {name: _in_use(name, scope.area) for name in {name for names in known.values() for name in names}}
    owned = [code for code in known if not known[code] or used[known[code][0]]]
    alone = [code for code in owned if known[code][1:] and not any(used[name] for name in known[code][1:])]
    nothing = {code for code, figure in compute(alone, scope).items() if not figure.value}
    return [code for code in owned if code not in nothing]


def _in_use(ledger: str, area: str) -> bool:
    rows: Any = LEDGERS[ledger].model._default_manager.all()
    rows = rows.everywhere(WHY).in_area(area) if hasattr(rows, "everywhere") else rows
    return bool(rows.exists())


def parts_below(area: str) -> list[Division]:
    """Divisions directly below; a single one at the top is passed over for what lies below it."""
    found = child_divisions(area)
    return child_divisions(found[0].area_code) if not area and len(found) == 1 else found


def by_child(code: str, scope: Scope) -> list[tuple[Division, Figure]]:
    """The indicator for every division directly below the scope's area, in one pass over the rows where possible."""
    below, answer = parts_below(scope.area), answer_of(code, scope)
    parts = parts_of(answer).values()
    fields = [owner(part) for part in parts]
    lengths = {len(prefix_of(division.area_code)) for division in below}
    if not fields or None in fields or len(lengths) != 1:
        figures = measure_many([(code, scope.at(division.area_code)) for division in below])
        return list(zip(below, figures, strict=True))
    length = lengths.pop()
    pairs = zip(parts, fields, strict=True)
    sums = [amounts_by_prefix(part, str(field_name), length) for part, field_name in pairs]
    found = []
    for division in below:
        counted = [part.get(division.area_code[:length], 0) for part in sums]
        found.append((division, _figure(facts()[code], answer, counted)))
    return found


def owner(measured: Measure) -> str | None:
    """The lookup of the owning division from the rows of a measure; None where no column says it."""
    return ledger_of(measured.rows.model).area if measured.area == "" else measured.area


def ledger_of(model: type[Model]) -> Ledger:
    """The ledger of a table. Raises ``StopIteration`` for one that is none, which is a fault of an indicator."""
    return next(bound for bound in LEDGERS.values() if bound.model is model)
