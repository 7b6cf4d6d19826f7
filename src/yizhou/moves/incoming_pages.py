"""What the pages about people from beyond the city show: the list, the form, one of them with its seam."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.core.scope import is_code
from yizhou.ledgers.columns import code_name
from yizhou.lifecycle.rules import REGULAR
from yizhou.moves.actions.incoming import NOTE
from yizhou.moves.incoming_seams import incoming_lines
from yizhou.moves.models import Incoming
from yizhou.moves.rules import LONGEST, LONGEST_NUMBER, LONGEST_OFFICE, Letter
from yizhou.orgs.queries import child_names, division_names, full_division_name
from yizhou.people.models import Person
from yizhou.people.sensitive import VIEW_SPECIAL

LISTED = ("area", "state")
STATES = (("standing", "有效"), ("withdrawn", "已撤回"))
PAID = "paid_"


def letter_of(sent: Mapping[str, str], actor: Actor) -> Letter:
    """What was typed; months of benefits only from posts that may see them, nonsense in the day as not said."""
    try:
        moved_on = dt.date.fromisoformat(sent.get("moved_on", "").strip())
    except ValueError:
        moved_on = None
    typed = (
        {code: sent.get(f"{PAID}{code}", "").strip() for code in REGULAR} if actor.may(VIEW_SPECIAL) else {}
    )
    return Letter(
        moved_on=moved_on,
        former_office=sent.get("former_office", ""),
        letter_no=sent.get("letter_no", ""),
        words=sent.get("words", ""),
        paid={code: month for code, month in typed.items() if month},
    )


def note_page(
    person: Person, actor: Actor, sent: Mapping[str, str], refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """Context of ``moves/incoming_form.html``."""
    months = [
        {
            "label": code_name("benefit_type", code),
            "name": f"{PAID}{code}",
            "value": sent.get(f"{PAID}{code}", ""),
            "attrs": {"maxlength": 7, "placeholder": "2025-12"},
        }
        for code in REGULAR
    ]
    return {
        "title": f"登记外地迁入：{person.name}",
        "note": "照迁出地的转移函填写；档案内容不因此改变",
        "back_url": person.get_absolute_url(),
        "fields": [
            {
                "label": "迁入日期",
                "name": "moved_on",
                "kind": "date",
                "value": sent.get("moved_on", ""),
                "required": True,
            },
            _text("转移函编号", "letter_no", sent, LONGEST_NUMBER),
            {**_text("迁出地主管部门", "former_office", sent, LONGEST_OFFICE), "wide": True},
            {**_text("说明", "words", sent, LONGEST), "required": False, "wide": True},
        ],
        "months": months if actor.may(VIEW_SPECIAL) else [],
        "refused": list(refused),
    }


def _text(label: str, name: str, sent: Mapping[str, str], longest: int) -> dict[str, Any]:
    return {
        "label": label,
        "name": name,
        "value": sent.get(name, ""),
        "required": True,
        "attrs": {"maxlength": longest},
    }


def incoming_or_404(uid: uuid.UUID, actor: Actor) -> Incoming:
    """One in sight; absent and out of sight are the same 404."""
    found = Incoming.objects.visible_to(actor).select_related("person").filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def incoming_list(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``moves/incoming_list.html``: the newest first."""
    wanted = Wanted.of(query, LISTED)
    rows, asked = Incoming.objects.visible_to(actor), wanted.filters
    if is_code(area := asked.get("area", "")):
        rows = rows.in_area(area)
    if asked.get("state") in dict(STATES):
        rows = rows.filter(withdrawn_at__isnull=asked["state"] == "standing")
    part = sliced(rows.select_related("person"), wanted)
    area_chip = chip(wanted, "area", "区域", [one for code in actor.areas for one in child_names(code)])
    if is_code(area):
        area_chip["value"] = division_names([area]).get(area, area)
    return {
        "title": "外地迁入",
        "note": "从外地迁来的人：在其档案页登记转移函，核对两地发放是否接上",
        "list_url": reverse("moves:list"),
        "filters": [area_chip, chip(wanted, "state", "状态", STATES)],
        "clear_url": reverse("moves:incoming_list"),
        "page": part.page,
        "rows": [_row(incoming) for incoming in part.rows],
    }


def _row(incoming: Incoming) -> dict[str, Any]:
    stands = incoming.withdrawn_at is None
    return {
        "name": incoming.person.name,
        "url": incoming.get_absolute_url(),
        "area": full_division_name(incoming.person.household_area),
        "former_office": incoming.former_office,
        "letter_no": incoming.letter_no,
        "moved_on": str(incoming.moved_on),
        "actor": incoming.actor,
        "state": "有效" if stands else "已撤回",
        "tag": "ok" if stands else "paused",
    }


def incoming_page(incoming: Incoming, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``moves/incoming.html``; ``said`` is what an attempt just refused had typed."""
    stands = incoming.withdrawn_at is None
    pairs = [
        {"label": "迁出地主管部门", "value": incoming.former_office},
        {"label": "转移函编号", "value": incoming.letter_no},
        {"label": "迁入日期", "value": str(incoming.moved_on)},
        {"label": "迁入地", "value": full_division_name(incoming.person.household_area)},
        {"label": "说明", "value": incoming.words},
        {"label": "登记人", "value": incoming.actor, "note": clock.minute_of(incoming.noted_at)},
        {
            "label": "撤回",
            "value": f"{incoming.withdrawn_by}：{incoming.withdrawn_why}" if not stands else "",
        },
    ]
    return {
        "title": f"外地迁入：{incoming.person.name}",
        "note": "有效" if stands else "已撤回",
        "person_url": incoming.person.get_absolute_url(),
        "list_url": reverse("moves:incoming_list"),
        "about": [pair for pair in pairs if pair["value"]],
        "seam": incoming_lines(incoming, actor) if stands else None,
        "withdraw_url": reverse("moves:withdraw_incoming", args=[incoming.uid])
        if stands and actor.may(NOTE)
        else "",
        "typed": said.get("why", ""),
        "refused": said.get("refused", ()),
    }
