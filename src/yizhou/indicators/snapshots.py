"""Frozen numbers read back: of the same division a year before, and of a report that was frozen."""

from __future__ import annotations

from typing import Any

from yizhou.core.actor import Actor
from yizhou.indicators.facts import definition_of, facts, version_of
from yizhou.indicators.fingerprints import Behind, unpacked
from yizhou.indicators.models import Snapshot
from yizhou.indicators.periods import Term
from yizhou.indicators.queries import Figure, holds_all
from yizhou.indicators.scope import Scope

REDEFINED = "口径与上年快照不同，不作同比"
WHY = "同一区划的冻结数，区划已在调用前核对"


def newest(area: str, period: str) -> Snapshot | None:
    """The last version of a frozen period; the caller has checked the area."""
    found = Snapshot.objects.everywhere(WHY).filter(area=area, period=period)
    return found.order_by("-version").first()


def newest_seen(actor: Actor, area: str, period: str) -> Snapshot | None:
    """The same for a reader, who sees what was frozen inside their areas only; without its contents."""
    found = Snapshot.objects.visible_to(actor).filter(area=area, period=period)
    return found.defer("values", "document").order_by("-version").first()


def scope_of(snapshot: Snapshot) -> Scope:
    """For where and when it was frozen, to be counted over as divisions are now."""
    first, last = Term.of(snapshot.period).period
    return Scope(snapshot.area, first, last, everything=bool(snapshot.area) and holds_all(snapshot.area))


def frozen_of(actor: Actor) -> list[Snapshot]:
    """Snapshots inside the actor's areas, newest first, without their contents."""
    found = Snapshot.objects.visible_to(actor).defer("values", "document")
    return list(found.order_by("-frozen_at", "-id")[:200])


def kept(figure: Figure) -> dict[str, Any]:
    """A figure as it is stored, with the name of its definition."""
    return {
        "value": figure.value,
        "unit": figure.fact.unit,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "reason": figure.reason,
        "names": list(figure.names),
        "definition": version_of(definition_of(figure.fact)),
    }


def figure_of(code: str, held: dict[str, Any]) -> Figure:
    """The figure that was stored."""
    return Figure(
        facts()[code],
        held["value"],
        held["numerator"],
        held["denominator"],
        held["reason"],
        tuple(held["names"]),
    )


def comparable(code: str, held: dict[str, Any]) -> Figure:
    """A stored figure to compare with; none where the definition changed since."""
    if held["definition"] != version_of(definition_of(facts()[code])):
        return Figure(facts()[code], None, reason=REDEFINED)
    return figure_of(code, held)


def comparable_below(code: str, snapshot: Snapshot) -> dict[str, Figure]:
    """The same of the divisions below that the frozen report looked at."""
    if comparable(code, snapshot.values[code]).reason == REDEFINED:
        return {}
    held = snapshot.document.get("below", {}).get(code, {})
    return {area: Figure(facts()[code], value) for area, value in held.items()}


def behind_of(snapshot: Snapshot) -> Behind:
    """The rows that made its numbers."""
    rows = snapshot.rows.everywhere(WHY).values_list("ledger", "rows")
    parts = snapshot.parts.everywhere(WHY).values_list("code", "part", "ledger", "members")
    return unpacked(
        ((ledger, bytes(packed)) for ledger, packed in rows),
        ((code, part, ledger, bytes(members)) for code, part, ledger, members in parts),
    )
