"""Writing events: inside the action's transaction, or apart when the action was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.kinds import KINDS
from yizhou.events.models import Event, Outcome


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom and where an event concerns: inner id of the person, owning division."""

    person_id: int | None = None
    area: str = ""


def record(
    actor: Actor,
    kind: str,
    about: models.Model | None = None,
    *,
    concern: Concern = Concern(),  # frozen
    reason: str = "",
    **data: Any,
) -> Event:
    """Add one event; ``kind`` must be declared as an event type. ``data`` must hold nothing sensitive."""
    KINDS[kind]
    return _written(_event(actor, kind, reason=reason, **_object(about, concern, data)))


def record_many(
    actor: Actor,
    kind: str,
    rows: Iterable[tuple[models.Model, Concern, Mapping[str, Any]]],
    *,
    reason: str = "",
) -> list[Event]:
    """One event of a kind for each of several objects (object, concern, data), written together, in their order."""
    KINDS[kind]
    return Event.objects.bulk_create(_event(actor, kind, reason=reason, **_object(*row)) for row in rows)


def record_refusal(actor: Actor, kind: str, reason: str, *, outcome: Outcome = Outcome.REFUSED) -> Event:
    """Log an attempt that was turned down; ``kind`` is the permission that was asked for."""
    return _written(_event(actor, kind, outcome=outcome, reason=reason))


def _written(event: Event) -> Event:
    event.save(force_insert=True)
    return event


def _object(about: models.Model | None, concern: Concern, data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "about": about._meta.db_table if about is not None else "",
        "about_id": about.pk if about is not None else None,
        "person_id": concern.person_id,
        "area": concern.area,
        "data": dict(data) or None,
    }


def _event(
    actor: Actor, kind: str, *, outcome: Outcome = Outcome.DONE, reason: str = "", **columns: Any
) -> Event:
    # What concerns no division's object happened where the actor works, so that the auditor there sees it.
    columns["area"] = columns.get("area") or next((area.ljust(12, "0") for area in actor.areas if area), "")
    return Event(
        at=clock.now(),
        kind=kind,
        outcome=outcome,
        account_id=actor.account_id,
        actor=actor.name,
        address=actor.address,
        request_id=actor.request_id,
        reason=reason[:300],
        **columns,
    )
