"""Event types: how an event reads on the life axis, in the log and in the work ledger."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Kind:
    """One event type. ``on_axis`` puts it on the person's life axis; ``ring`` colours it there.

    ``changes`` is false where somebody only looked at something.
    """

    code: str
    label: str
    ring: str = "smart"
    on_axis: bool = False
    changes: bool = True


KINDS: Registry[Kind] = Registry("event types")


def kind(code: str, label: str, *, ring: str = "smart", on_axis: bool = False, changes: bool = True) -> Kind:
    """Declare an event type; the code is ``noun.past``, for example ``case.accepted``."""
    return KINDS.add(code, Kind(code, label, ring, on_axis, changes))


def looks() -> frozenset[str]:
    """Codes of the event types that change nothing."""
    return frozenset(kind.code for kind in KINDS.values() if not kind.changes)


def label_of(code: str) -> str:
    """Chinese words of an event type; refusals carry the permission's code and read as it stands."""
    found = KINDS.get(code)
    return found.label if found else code
