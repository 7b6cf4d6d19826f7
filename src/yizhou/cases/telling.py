"""What the applicant is told of a case by message; the words are facts (``data/notices``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from yizhou.cases.models import BundleCase, Case
from yizhou.catalogue.queries import catalogue
from yizhou.events.models import Event
from yizhou.notices.actions import Recipient, notify
from yizhou.notices.queries import texts

OF_WHOLE = frozenset({"case.accepted", "case.decided"})
"""Told once for a bundle, not again for each of its legs."""


def tell_of_case(event: Event, case: Case, reason: str, data: Mapping[str, Any]) -> None:
    """Write the message that an event of a case asks for, if any."""
    if texts().get(event.kind) and not (case.bundle_id and event.kind in OF_WHOLE):
        version = catalogue().items[case.item].newest
        _tell(event, case, version.name, {"reason": reason, **_words(data)})


def tell_of_bundle(event: Event, bundle: BundleCase, due: str = "") -> None:
    """The same of a bundle."""
    if texts().get(event.kind):
        _tell(event, bundle, catalogue().bundles[bundle.bundle].name, {"due": due})


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
