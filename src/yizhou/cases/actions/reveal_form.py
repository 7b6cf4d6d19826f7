"""查看申请内容原文: the whole form in plain text for whoever handles the case, with a purpose, logged first."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.cases.actions.moving import record_case
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import form_values
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.people.sensitive import REASONS


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """Values on their way to one pair of eyes: of the form, and who applied."""

    form: dict[str, str]
    person: dict[str, str]


@action("cases.reveal_form_case")
def reveal_form_case(case: Case, *, reason: str, actor: Actor) -> Revealed:
    """What the applicant filled in, and his number and phone; ``reason`` is a code of ``REASONS``."""
    if reason not in REASONS:
        refuse([Blocker("REASON", "没有选查看用途", "选一项用途后再查看")])
    record_case(actor, "case.form_revealed", case, reason=REASONS[reason])
    opened = case.person.opened()
    who = {name: opened.get(name, "") for name in ("id_number", "phone")}
    return Revealed(form_values(case.application), who)
