"""The filing form: from what was posted to a filing, or to what is wrong with it."""

from __future__ import annotations

from django.http import QueryDict

from yizhou.cases.actions import Filing
from yizhou.cases.queries.filing import Plan, papers_of
from yizhou.cases.queries.form_page import Entered, chosen_boxes, paper_input, prefilled
from yizhou.cases.rules.forms import FormError, read_form
from yizhou.core.id_numbers import normalise
from yizhou.core.text import normalise_cell
from yizhou.ledgers.columns import code_table
from yizhou.people.models import Person


def entered(plan: Plan, data: QueryDict) -> Entered:
    """What was posted, as it was typed."""
    chosen = tuple(data.getlist("legs")) if plan.bundle else (plan.subject,)
    names = {box.name for option in plan.options for box in option.version.fields}
    return Entered(
        chosen=chosen,
        raw={name: data.get(name, "") for name in names},
        papers={
            name: str(data[place])
            for name in papers_of(plan.options)
            if (place := paper_input(plan, name)) in data
        },
        channel=data.get("channel", ""),
        window_no=(normalise_cell(data.get("window_no", "")) or "")[:40],
        agent_id_number=normalise(data.get("agent_id_number", "")) or "",
        accept=data.get("accept") == "1",
    )


def filing_of(plan: Plan, person: Person, form: Entered) -> tuple[Filing | None, list[FormError]]:
    """A filing ready for the action, or the errors. Masked values sent back unchanged become those of the file."""
    boxes = chosen_boxes(plan, form.chosen)
    known = prefilled(plan)
    raw = {
        name: known[name].value if name in known and text == known[name].shown else text
        for name, text in form.raw.items()
    }
    tables = {
        kind: code_table(kind).names for box in boxes if (kind := box.kind.removeprefix("code:")) != box.kind
    }
    values, errors = read_form(boxes, raw, tables)
    if form.channel not in code_table("item_channel").names:
        errors.append(FormError("channel", "受理渠道", "请从所列选项中选"))
    if errors:
        return None, errors
    filing = Filing(
        person=person,
        subject=plan.subject,
        chosen=form.chosen,
        values=values,
        materials=form.papers,
        channel=form.channel,
        window_no=form.window_no,
        agent_id_number=form.agent_id_number,
        accept=form.accept,
    )
    return filing, []
