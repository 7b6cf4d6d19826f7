"""What the applicant is told of a case by message; the words are facts (``data/notices``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import item_name
from yizhou.cases.queries.lists import bundle_name
from yizhou.events.models import Event
from yizhou.notices.actions import Recipient, notify
from yizhou.notices.queries import texts

OF_WHOLE = frozenset({"case.accepted", "case.decided"})
"""Told once for a bundle, not again for each of its legs."""


def tell_of_case(event: Event, case: Case, reason: str, data: Mapping[str, Any]) -> None:
    """Write the message that an event of a case asks for, if any."""
    if texts().get(event.kind) and not (case.bundle_id and event.kind in OF_WHOLE):
        _tell(event, case, item_name(case.item), {"reason": reason, **_words(data)})


def tell_of_bundle(event: Event, bundle: BundleCase, due: str = "") -> None:
    """The same of a bundle."""
    if texts().get(event.kind):
        _tell(event, bundle, bundle_name(bundle), {"due": due})


def _tell(event: Event, case: Case | BundleCase, title: str, values: Mapping[str, str]) -> None:
    person = case.person
    to = Recipient(person.opened().get("phone", ""), person.pk, case.area)
    notify(
        event.kind,
        f"event:{event.pk}",
        to,
        {"name": person.name, "item": title, "no": case.case_no, **values},
    )


def _words(data: Mapping[str, Any]) -> dict[str, str]:
    """What the event says, as words."""
    return {"due": str(data.get("due_on") or ""), "materials": "、".join(data.get("materials") or ())}
