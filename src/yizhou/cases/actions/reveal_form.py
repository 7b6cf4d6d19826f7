"""查看申请内容原文: the form in plain text for whoever handles the case, with a purpose, logged first."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.cases.actions.moving import record_case, stored_case
from yizhou.cases.models import Case
from yizhou.cases.queries.facts import facts_of, form_values, state_of
from yizhou.cases.queries.masks import opened_value
from yizhou.cases.rules.blockers import blockers_to_reveal_form
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import refuse
from yizhou.events.actions import action
from yizhou.orgs.queries import work_calendar
from yizhou.people.actions.reveal import alarm_if_many
from yizhou.people.queries.reveals import blockers_to_look
from yizhou.people.sensitive import REASONS


@dataclass(frozen=True, slots=True, repr=False)
class Revealed:
    """Values on their way to one pair of eyes: of the form, and who applied. Asked again with the same token, the
    page is all that is answered."""

    case: Case
    form: dict[str, str]
    person: dict[str, str]

    def get_absolute_url(self) -> str:
        """Where a repetition leads."""
        return self.case.get_absolute_url()


@action("cases.reveal_form_case")
def reveal_form_case(case: Case, *, reason: str, actor: Actor) -> Revealed:
    """What the applicant filled in for this item, and his number and phone; ``reason`` is a code of ``REASONS``.

    Counts as one look among those at sealed fields. Boxes beyond the actor's sensitivity stay masked.
    """
    calendar = work_calendar()
    state = state_of(stored_case(case.pk), calendar, clock.today())
    refuse(
        blockers_to_reveal_form(facts_of(state, actor, calendar))
        or blockers_to_look("申请内容", reason, actor)
    )
    case = state.case
    record_case(actor, "case.form_revealed", case, reason=REASONS[reason])
    alarm_if_many(case.person, actor)
    values, opened = form_values(case.application), case.person.opened()
    return Revealed(
        case=case,
        form={
            box.name: opened_value(box, values[box.name], actor)
            for box in state.version.fields
            if box.name in values
        },
        person={name: opened.get(name, "") for name in ("id_number", "phone")},
    )
