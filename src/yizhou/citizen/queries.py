"""Whose access it is, and what stands in the own file; every query names the person."""

from __future__ import annotations

import uuid
from typing import Any

from django.urls import reverse

from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import clocks_of, department_name, item_name
from yizhou.cases.queries.lists import bundle_name
from yizhou.cases.queries.pages import stages_of
from yizhou.cases.rules.states import LABELS, TAGS, Status
from yizhou.catalogue.strategy import strategy_card
from yizhou.citizen.models import Access
from yizhou.core import clock, crypto, id_numbers
from yizhou.core.actor import Actor, system_actor
from yizhou.core.configured import parameter
from yizhou.core.keys import keyring
from yizhou.orgs.queries import full_division_name, work_calendar
from yizhou.people.models import Person
from yizhou.people.queries.panels import basic_panel
from yizhou.people.queries.readers import readers_panel
from yizhou.people.sensitive import VIEW_SPECIAL

ISSUE, ENTER = "citizen.issue_slip", "citizen.enter"
WHY = "somebody reads what concerns nobody but himself"
HOME, ALL = 3, 200
"""How many matters the first page shows, and how many the list does."""


def slip_days() -> int:
    """Days within which a slip has to be used."""
    return int(parameter("slip_days"))


def person_of_number(text: str) -> Person | None:
    """The file under that identity number."""
    number = id_numbers.normalise(text)
    number = id_numbers.from_15(number) if id_numbers.is_15(number) else number
    if not number:
        return None
    return (
        Person.objects.everywhere(WHY).filter(id_number_index=crypto.blind_index(keyring(), number)).first()
    )


def access_of(uid: str, generation: int) -> Access | None:
    """The access a session was opened with, while it stands as it did then."""
    try:
        wanted = uuid.UUID(uid)
    except ValueError:
        return None
    found = Access.objects.everywhere(WHY).filter(uid=wanted, generation=generation, closed_at__isnull=True)
    return found.select_related("person").first()


def own_actor(*, address: str = "", request_id: str = "") -> Actor:
    """Somebody signed in to 我的服务 as an actor: no area is open, and nothing special about oneself is hidden."""
    own = frozenset({VIEW_SPECIAL})
    return Actor(
        None, "本人", frozenset({"VETERAN"}), (), permissions=own, address=address, request_id=request_id
    )


def home_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``citizen/home.html``."""
    matters = _matters(person)
    strategy = strategy_card(person, actor)
    return {
        **frame_of(person),
        "matters": [one for one in matters if not one["is_done"]][:HOME],
        "count": len(matters),
        "entitled": [_entitlement(line) for line in strategy.entitlements if line["tag"]] if strategy else [],
    }


def frame_of(person: Person) -> dict[str, Any]:
    """What the head of every page says."""
    return {"name": person.name, "place": full_division_name(person.household_area)}


def _entitlement(line: Any) -> dict[str, Any]:
    return {**line, "action": None}


def cases_page(person: Person) -> dict[str, Any]:
    """Context of ``citizen/cases.html``: all matters, those under way first."""
    return {**frame_of(person), "matters": sorted(_matters(person), key=lambda one: bool(one["is_done"]))}


def _matters(person: Person) -> list[dict[str, Any]]:
    """Bundles and single cases of the person, newest first; a leg stands under its bundle."""
    rows = Case.objects.everywhere(WHY).filter(person=person).order_by("-applied_at", "-id")[:ALL]
    cases = list(rows.select_related("bundle"))
    clocks = clocks_of(cases, work_calendar(), clock.today())
    legs: dict[int, list[Case]] = {}
    for case in cases:
        if case.bundle_id:
            legs.setdefault(case.bundle_id, []).append(case)
    found, told = [], set()
    for case in cases:
        if case.bundle is None:
            found.append(_single(case, clocks[case.pk].shown()))
        elif case.bundle_id not in told:
            told.add(case.bundle_id)
            found.append(_bundle(case.bundle, legs[case.bundle.pk], clocks))
    return found


def _single(case: Case, shown: dict[str, object] | None) -> dict[str, Any]:
    return {
        "title": item_name(case.item),
        "number": case.case_no,
        "is_done": case.completed_at is not None,
        "stages": stages_of(case),
        "lines": [_line(case, shown)],
        "note": _what_is_wanted(case),
    }


def _bundle(bundle: BundleCase, legs: list[Case], clocks: dict[int, Any]) -> dict[str, Any]:
    done = sum(leg.completed_at is not None for leg in legs)
    wanted = next(filter(None, map(_what_is_wanted, legs)), "")
    return {
        "title": bundle_name(bundle),
        "number": bundle.case_no,
        "is_done": bundle.completed_at is not None,
        "stages": [],
        "lines": [_line(leg, clocks[leg.pk].shown()) for leg in sorted(legs, key=lambda leg: leg.case_no)],
        "note": wanted or f"{len(legs)} 项已办好 {done} 项",
    }


def _line(case: Case, shown: dict[str, object] | None) -> dict[str, str]:
    """Who has it and until when; nothing is promised that the clock does not say."""
    until = f"{shown['label']} · {shown['note']}".strip(" ·") if shown and case.completed_at is None else ""
    return {
        "title": item_name(case.item),
        "who": department_name(case.department, short=True) if case.department else "受理窗口",
        "status": LABELS[case.state],
        "state": TAGS.get(case.state, ""),
        "until": until,
        "result": case.result_note if case.completed_at else "",
    }


WANTED = {
    Status.CORRECTION_REQUIRED: "需要您补材料：请看补正告知单，带齐后到受理窗口或打电话",
    Status.SUBMITTED: "已收到，等待受理",
}


def _what_is_wanted(case: Case) -> str:
    return WANTED.get(case.state, "")


def file_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``citizen/file.html``: the own file as it stands, numbers masked."""
    sections = basic_panel(person, actor)["sections"]
    filled = [{**one, "rows": [row for row in one["rows"] if row["value"]]} for one in sections]
    return {**frame_of(person), "sections": [one for one in filled if one["rows"]]}


def readers_page(person: Person) -> dict[str, Any]:
    """Context of ``citizen/readers.html``: the same looks as on the station's sheet, wherever the readers sit."""
    return {**frame_of(person), **readers_panel(person, system_actor("本人", frozenset()))}


def access_page(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of ``citizen/access.html``, the page of the station."""
    access = Access.objects.visible_to(actor).filter(person=person).first()
    return {
        "title": "我的服务",
        "note": person.name,
        "back_url": person.get_absolute_url(),
        "action_url": reverse("citizen:access", args=[person.uid]),
        "close_url": reverse("citizen:close", args=[person.uid]),
        "state": _state_of(access),
        "can_close": access is not None and access.closed_at is None,
        "days": slip_days(),
    }


def _state_of(access: Access | None) -> list[dict[str, str]]:
    if access is None:
        return [{"label": "状态", "value": "尚未开通"}]
    seen = clock.minute_of(access.seen_at) if access.seen_at else "从未"
    state = f"{clock.minute_of(access.closed_at)} 停用" if access.closed_at else "已开通"
    return [
        {"label": "状态", "value": state},
        {"label": "开通时间", "value": clock.minute_of(access.opened_at)},
        {"label": "最近登录", "value": seen},
    ]
