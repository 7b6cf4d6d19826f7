"""Every item of the catalogue once through: its form, its case to the end, what finishing produces; on a real database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.cases.makers import again, clerk, events, person, who_handles
from yizhou.cases.actions import Filing, decide_case, deliver_case, file_case, issue_case, sign_case
from yizhou.cases.forms.filing import filing_of
from yizhou.cases.models import Case
from yizhou.cases.queries.filing import Plan, papers_of, plan_of
from yizhou.cases.queries.form_page import Entered
from yizhou.cases.rules.states import Status
from yizhou.catalogue.queries import catalogue
from yizhou.catalogue.rules import Field
from yizhou.core import clock
from yizhou.ledgers.columns import code_table
from yizhou.people.models import Person

DAY = dt.date(2025, 4, 25)
ITEMS = {code: item.newest for code, item in catalogue().items.items()}
PLAIN = {
    "text": "示例文字",
    "note": "示例说明",
    "date": "2025-04-01",
    "int": "2",
    "money": "1200.50",
    "bool": "1",
    "area": "339901001000",
    "phone": "13800001234",
}
OLD = {"birth_on": dt.date(1930, 1, 1)}
DRAFTEE = {"enlisted_on": None, "discharged_on": None, "placement_mode": ""}
TO_BE_PLACED = {"category": "V12", "placement_mode": "ASSIGN_JOB", "employment_status": "9"}
INVALID = {
    "category": "D01",
    "disability_level": "02",
    "disability_cause": "1",
    "health": "6",
}
WHO: dict[str, dict[str, Any]] = {
    "ENL-01": {"birth_on": dt.date(2006, 8, 1), **DRAFTEE},
    "ENL-02": {"birth_on": dt.date(2005, 8, 1), **DRAFTEE},
    **{code: {"category": "F01", "soldier_relation": "51"} for code in ("SRV-01", "SRV-03", "SRV-07")},
    "RET-05": {"politics": "01"},
    **dict.fromkeys(("PLC-01", "PLC-02", "PLC-03", "PLC-04", "PLC-05"), TO_BE_PLACED),
    "PLC-06": {"category": "V01", "placement_mode": "TRANSFER"},
    "PLC-07": {"category": "V13", "placement_mode": "MONTHLY_PENSION"},
    "PLC-08": {"category": "V14", "placement_mode": "RETIRE"},
    "PLC-09": {**INVALID, "category": "V15", "placement_mode": "SUPPORT"},
    "PLC-12": {**TO_BE_PLACED, "discharged_on": dt.date(2012, 12, 1), "enlisted_on": dt.date(2000, 12, 1)},
    **{code: {"employment_status": "6"} for code in ("EMP-03", "EMP-05", "EMP-06")},
    **dict.fromkeys(("BEN-02", "BEN-03", "BEN-09", "CARE-02"), INVALID),
    "BEN-04": {"category": "S01"},
    "BEN-07": {"birth_on": dt.date(1960, 1, 1), "enlisted_on": dt.date(1979, 1, 1), "household_type": "1"},
    "BEN-08": {**OLD, "category": "A06", "enlisted_on": dt.date(1950, 1, 1)},
    "HON-02": {"category": "S01"},
    "END-01": {"died_on": dt.date(2025, 4, 1)},
}


def answer(box: Field) -> str:
    """A valid answer to a box: of a choice the first, of a code table too."""
    if box.kind == "choice":
        return box.choices[0]
    if box.kind.startswith("code:"):
        return next(iter(code_table(box.kind.removeprefix("code:")).names))
    return PLAIN[box.kind]


def answers(fields: tuple[Field, ...], wanted: Field | None = None) -> dict[str, str]:
    """Valid answers to all boxes, such that the wanted one, and what it hangs on, is asked for."""
    found = {box.name: answer(box) for box in fields}
    by_name = {box.name: box for box in fields}
    while wanted is not None and wanted.show_when:
        found[wanted.show_when.field] = wanted.show_when.values[0]
        wanted = by_name[wanted.show_when.field]
    return found


def read(plan: Plan, who: Person, raw: dict[str, str]) -> tuple[Filing | None, list[str]]:
    """The form as the page reads it, with the names and messages of what is wrong."""
    papers = dict.fromkeys(papers_of(plan.options), "PROVIDED")
    form = Entered((plan.subject,), raw, papers, accept=True)
    filing, errors = filing_of(plan, who, form)
    return filing, [f"{error.label}：{error.message}" for error in errors]


def carried_through(code: str, who: Person) -> Case:
    """The item filed, accepted, taken by its department, decided, made and handed over; what it needs, before it."""
    for need in ITEMS[code].needs:
        carried_through(need, who)
    filing, errors = read(plan_of(code, who, DAY), who, answers(ITEMS[code].fields))
    assert filing is not None, errors
    filed = file_case(filing, actor=clerk())
    assert isinstance(filed, Case)
    handler = who_handles(filed)
    case = sign_case(again(filed), actor=handler)
    case = decide_case(case, outcome="approve", actor=handler)
    if ITEMS[code].result == "certificate":
        case = issue_case(case, certificate_no="示例-0001", actor=handler)
    return again(deliver_case(case, actor=clerk()))


@pytest.mark.parametrize("code", ITEMS)
def test_an_item_runs_from_its_form_to_its_result(code: str) -> None:
    who = person(**WHO.get(code, {}))
    who.seal({**who.opened(), "disability_cert_no": "浙军J000001" if who.disability_level else ""})
    who.save()
    case = carried_through(code, who)
    assert (case.status, case.result) == (Status.CLOSED, "DONE")
    assert case.application is not None
    required = {box.name for box in ITEMS[code].fields if box.required and box.show_when is None}
    assert required <= set(case.application.opened())
    decided = [event for event in events("case.decided") if event.data["outcome"] == "approve"]
    assert bool(decided[-1].data["produced"]) == bool(ITEMS[code].effect)


@pytest.mark.parametrize("code", ITEMS)
def test_what_a_form_requires_is_named_when_it_is_missing(code: str) -> None:
    who, fields = person(), ITEMS[code].fields
    plan = plan_of(code, who, clock.today())
    assert any(box.required for box in fields)
    for box in fields:
        filing, errors = read(plan, who, {**answers(fields, box), box.name: ""})
        message = f"{box.label}：请填写{box.label}"
        assert (filing is None, message in errors) == (box.required, box.required), box.name


@pytest.mark.parametrize("code", ITEMS)
def test_an_answer_that_no_box_knows_is_refused(code: str) -> None:
    who, fields = person(), ITEMS[code].fields
    plan = plan_of(code, who, clock.today())
    for box in fields:
        if box.kind in ("text", "note", "bool"):
            continue
        _, errors = read(plan, who, {**answers(fields, box), box.name: "不合规"})
        assert any(error.startswith(f"{box.label}：") for error in errors), box.name


def test_every_item_says_what_it_wants_and_on_what_ground() -> None:
    for code, version in ITEMS.items():
        assert all([version.materials, version.basis, version.eligibility_text]), code
        assert len(version.fields) >= 2, code
        assert all(clause.basis and clause.label for clause in version.eligibility), code
