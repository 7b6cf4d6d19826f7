"""The filing page: one form, prefilled from the file, items ticked by their clauses, days expected, papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from yizhou.cases.models import CaseMaterial
from yizhou.cases.queries.facts import department_name, item_name
from yizhou.cases.queries.filing import (
    Option,
    Plan,
    legs_of,
    papers_at_hand,
    papers_of,
    what_is_open,
    why_not,
)
from yizhou.cases.queries.lists import person_note, places_of
from yizhou.cases.queries.masks import mask_of
from yizhou.cases.rules.bundles import Expected, expected
from yizhou.cases.rules.forms import FormError, merged_fields
from yizhou.catalogue.rules import Field
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_table
from yizhou.orgs.queries import full_division_name, work_calendar
from yizhou.people.models import Person
from yizhou.policy.queries import vocabulary
from yizhou.policy.rules import parse, value_of

INPUTS = {
    "note": "textarea",
    "date": "date",
    "int": "number",
    "money": "text",
    "bool": "checkbox",
    "phone": "tel",
    "choice": "select",
}
PAPER_STATES = [["PROVIDED", "已收"], ["DEFERRED", "容缺"], ["MISSING", "缺"]]


@dataclass(frozen=True)
class Entered:
    """What somebody has put into the form so far; nothing at all on the first visit."""

    chosen: tuple[str, ...]
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)
    papers: Mapping[str, str] = field(default_factory=dict)
    channel: str = "HALL"
    window_no: str = ""
    agent_id_number: str = field(default="", repr=False)
    accept: bool = False


def first_visit(plan: Plan, actor: Actor) -> Entered:
    """What is ticked and filled in before anybody has typed."""
    chosen = tuple(option.item for option in plan.preselected()) if plan.bundle else (plan.subject,)
    known = prefilled(plan)
    raw = {box.name: known[box.name].shown for box in boxes_of(plan) if box.name in known}
    stations = {"TOWN_STATION", "VILLAGE_STATION"}
    return Entered(chosen, raw, channel="HALL" if actor.roles.isdisjoint(stations) else "STATION")


@dataclass(frozen=True)
class Prefill:
    """A value from the file: as it is stored and as the form shows it."""

    value: str = field(repr=False)
    shown: str


def boxes_of(plan: Plan) -> list[Field]:
    """The boxes of every item that the person may choose."""
    return merged_fields(o.version.fields for o in plan.options if o.eligible is not False)


def prefilled(plan: Plan) -> dict[str, Prefill]:
    """Values from the file by name of the box, where a box names a fact and the file knows it."""
    found = {}
    for box in boxes_of(plan):
        text = fact_text(box.prefill, plan) if box.prefill else ""
        if text:
            mask = mask_of(box)
            found[box.name] = Prefill(text, mask(text) if mask else text)
    return found


def fact_text(name: str, plan: Plan) -> str:
    """A fact as a form holds it: codes as codes, dates as ISO; empty when it is not known."""
    words = vocabulary()
    fact = words.facts[name]
    value = plan.facts.get(name)
    if fact.formula:
        value = value_of(parse(name, words, wanted=fact.kind), plan.facts, clock.today())
    if value is None or fact.kind.startswith("set:"):
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def file_page(
    plan: Plan, person: Person, entered: Entered, actor: Actor, errors: Sequence[FormError] = ()
) -> dict[str, Any]:
    """Context of ``cases/file.html``."""
    chosen = plan.chosen(entered.chosen)
    papers = _papers(plan, chosen, person, entered)
    free = sum(paper["input"] == "" for paper in papers)
    here = f"{reverse('cases:file', args=[plan.subject])}?person={person.uid}"
    count = len(chosen)
    may_accept = actor.may("cases.accept_bundle" if plan.bundle else "cases.accept_case")
    return {
        "title": f"受理 · {plan.title}",
        "note": _note(plan, person, count),
        "action_url": here,
        "draft_url": "",
        "errors": [{"name": e.name, "label": e.label, "message": e.message} for e in errors],
        "sections": _sections(plan, entered, errors),
        "legs": _legs(plan, entered) if plan.bundle else [],
        "estimate_url": f"{reverse('cases:estimate', args=[plan.subject])}?person={person.uid}",
        "estimate": estimate_of(chosen),
        "materials": papers,
        "materials_note": f"{len(papers)} 份" + (f"，{free} 份免交" if free else ""),
        "reasons": [_reason(option) for option in plan.options],
        "saved_at": "",
        "submit": (f"受理并分发 {count} 项" if plan.bundle else "受理") if may_accept else "提交",
        "may_accept": may_accept,
    }


def _note(plan: Plan, person: Person, count: int) -> str:
    who = f"{person.name} · {person_note(person, places_of([person]))}"
    if not plan.bundle:
        return who
    return f"{who} · 一次填表，{len(plan.options)} 项可选，已按其情况勾选 {count} 项"


def _sections(plan: Plan, entered: Entered, errors: Sequence[FormError]) -> list[dict[str, Any]]:
    faults = {error.name: error.message for error in errors}
    known = prefilled(plan)
    boxes = boxes_of(plan)
    fields = [_box(box, plan, entered, known, faults.get(box.name, "")) for box in boxes]
    open_ones = sum(box.required and not box.show_when and box.name not in known for box in boxes)
    note = f"虚线为档案已有，核对即可；必填的还有 {open_ones} 项" if known else ""
    found = [{"title": "收件", "note": "", "fields": _intake_boxes(entered, faults)}]
    return [{"title": "一张表", "note": note, "fields": fields}, *found] if fields else found


def _box(
    box: Field, plan: Plan, entered: Entered, known: Mapping[str, Prefill], error: str
) -> dict[str, Any]:
    value = entered.raw.get(box.name, "")
    users = [o.version.name for o in plan.options if any(f.name == box.name for f in o.version.fields)]
    helps = [
        _when_asked(box, plan),
        box.hint,
        f"用于：{'、'.join(users[:3])}{'等' if len(users) > 3 else ''}" if plan.bundle else "",
    ]
    if box.kind == "area" and value:
        helps.insert(0, full_division_name(value))
    options: list[list[str]] = [[choice, choice] for choice in box.choices]
    if box.kind.startswith("code:"):
        options = [[code, name] for code, name in code_table(box.kind.removeprefix("code:")).names.items()]
    return {
        "label": box.label,
        "name": box.name,
        "kind": "select" if box.kind.startswith("code:") else INPUTS.get(box.kind, "text"),
        "value": value,
        "required": box.required,
        "prefilled": box.name in known and value == known[box.name].shown,
        "options": options,
        "error": error,
        "help": "；".join(filter(None, helps)),
        "unit": "元" if box.kind == "money" else "",
        "wide": box.kind == "note",
        "attrs": _condition(box),
    }


def _condition(box: Field) -> dict[str, str]:
    """What the page's script needs to show the box only when it is asked for."""
    if box.show_when is None:
        return {}
    return {"data-show-when": box.show_when.field, "data-show-values": "|".join(box.show_when.values)}


def _when_asked(box: Field, plan: Plan) -> str:
    """The condition in words, for whoever reads the page without its script."""
    if box.show_when is None:
        return ""
    other = next(one for one in boxes_of(plan) if one.name == box.show_when.field)
    if other.kind == "bool":
        return f"勾选“{other.label}”时填写"
    names = code_table(other.kind.removeprefix("code:")).names if other.kind.startswith("code:") else {}
    values = "”或“".join(names.get(value, value) for value in box.show_when.values)
    return f"{other.label}为“{values}”时填写"


def _intake_boxes(entered: Entered, faults: Mapping[str, str]) -> list[dict[str, Any]]:
    channels = [[code, name] for code, name in code_table("item_channel").names.items()]
    return [
        {
            "label": "受理渠道",
            "name": "channel",
            "kind": "select",
            "value": entered.channel,
            "required": True,
            "options": channels,
            "error": faults.get("channel", ""),
        },
        {"label": "窗口编号", "name": "window_no", "value": entered.window_no},
        {
            "label": "代办员身份证号",
            "name": "agent_id_number",
            "value": entered.agent_id_number,
            "help": "本人办理的不填",
            "error": faults.get("agent_id_number", ""),
        },
    ]


def _legs(plan: Plan, entered: Entered) -> list[dict[str, Any]]:
    return [
        {
            "code": option.item,
            "name": option.version.name,
            "department": department_name(option.department, short=True),
            "limit": limit_text(option.version.promised_days),
            "waits": "、".join(item_name(need) for need in option.needs if need in entered.chosen),
            "checked": option.item in entered.chosen,
            "applies": option.eligible is not False and not option.open_case,
            "why": f"在办：{option.open_case}" if option.open_case else why_not(option.judgement),
        }
        for option in plan.options
    ]


def limit_text(days: int) -> str:
    """A promise in words."""
    return f"{days} 个工作日" if days else "当场"


def estimate_of(chosen: Sequence[Option]) -> dict[str, Any] | None:
    """When each and the whole are expected if accepted now; no date beyond the official calendar."""
    if not chosen:
        return None
    days = expected(legs_of(chosen), clock.now(), work_calendar())
    last = max(days.values(), key=lambda one: one.due_on)
    confirmed = all(one.confirmed for one in days.values())
    longest = f"最长一项：{last.leg.name}，{limit_text(last.leg.promised_days)}"
    return {
        "due": _day(last) if last.confirmed else "暂不承诺具体日期",
        "lines": [longest],
        "tree": [{"text": one.leg.name, "on": _day(one), "depth": one.depth} for one in _in_order(days)],
        "confirmed": confirmed,
    }


def _in_order(days: Mapping[str, Expected]) -> list[Expected]:
    """Every leg right after the one it waits for."""
    found: list[Expected] = []

    def place(one: Expected) -> None:
        found.append(one)
        for other in days.values():
            if one.leg.item in other.leg.needs and other not in found:
                place(other)

    for one in days.values():
        if not any(need in days for need in one.leg.needs):
            place(one)
    return found


def _day(one: Expected) -> str:
    if not one.confirmed:
        return "待定"
    if one.due_on == clock.today():
        return "今天"
    return f"{one.due_on.month} 月 {one.due_on.day} 日"


def _papers(plan: Plan, chosen: Sequence[Option], person: Person, entered: Entered) -> list[dict[str, Any]]:
    wanted = papers_of(chosen)
    at_hand = papers_at_hand(person.pk, wanted)
    return [_paper(plan, name, uses, at_hand, entered) for name, uses in wanted.items()]


def _paper(
    plan: Plan, name: str, uses: int, at_hand: Mapping[str, dt.date | None], entered: Entered
) -> dict[str, Any]:
    shared = f"1 份用于 {uses} 个事项" if uses > 1 else ""
    if name in at_hand:
        note = "；".join(filter(None, (f"{at_hand[name]} 已收", shared)))
        tag = CaseMaterial.State.REUSED.label
        return {
            "name": name,
            "tag": tag,
            "state": "ok",
            "note": note,
            "input": "",
            "value": "",
            "options": [],
        }
    return {
        "name": name,
        "tag": "",
        "state": "",
        "note": shared,
        "input": paper_input(plan, name),
        "value": entered.papers.get(name, "PROVIDED"),
        "options": PAPER_STATES,
    }


def paper_input(plan: Plan, name: str) -> str:
    """Name of the form field for a paper: its place among all papers of the plan."""
    return f"paper_{list(papers_of(plan.options)).index(name)}"


def _reason(option: Option) -> dict[str, str]:
    holding = [f"{verdict.label} ✓" for verdict in option.judgement.verdicts if verdict.holds]
    if option.open_case:
        return _told(option, "在办", "", f"已有办件 {option.open_case}")
    if option.eligible is False:
        return _told(option, "不适用", "", why_not(option.judgement))
    if option.eligible is None:
        missing = what_is_open(option.judgement)
        return _told(option, "待核实", "warn", f"档案没有：{missing}" if missing else "须人工核实")
    return _told(option, "符合", "ok", " ".join(holding) or option.version.eligibility_text)


def _told(option: Option, tag: str, state: str, note: str) -> dict[str, str]:
    return {"name": option.version.name, "tag": tag, "state": state, "note": note}


def chosen_boxes(plan: Plan, chosen: Collection[str]) -> list[Field]:
    """The boxes that the chosen items ask for."""
    return merged_fields(option.version.fields for option in plan.chosen(chosen))
