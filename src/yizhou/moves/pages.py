"""What the pages of moves show: a list both ways, the form, one move."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock, masking
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.moves.actions.decide import blockers_to_confirm, blockers_to_decide
from yizhou.moves.forms import fields
from yizhou.moves.models import Move, MoveStatus
from yizhou.moves.queries import ASK, CHECK, DECIDE, DIRECTIONS, STATES, held_file, moves, narrowed
from yizhou.moves.seams import lines_of
from yizhou.orgs.queries import child_names, division_names, full_division_name

LISTED = ("state", "way", "area")
TAGS = {
    MoveStatus.REQUESTED: "warn",
    MoveStatus.CONFIRMED: "ok",
    MoveStatus.REFUSED: "late",
    MoveStatus.WITHDRAWN: "paused",
}


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``moves/list.html``: out of and into the actor's areas, newest first."""
    wanted = Wanted.of(query, LISTED)
    part = sliced(
        narrowed(moves(actor).select_related("person"), wanted.filters, actor, clock.today()), wanted
    )
    below = [one for code in actor.areas for one in child_names(code)]
    area = wanted.filters.get("area", "")
    area_chip = chip(wanted, "area", "区域", below)
    if is_code(area):
        area_chip["value"] = division_names([area]).get(area, area)
    return {
        "title": "市内迁移",
        "note": "户籍在市内各站之间变动：迁入地申请，迁出地确认",
        "actions": _verbs(actor),
        "filters": [
            chip(wanted, "way", "方向", DIRECTIONS.items()),
            area_chip,
            chip(wanted, "state", "状态", STATES),
        ],
        "clear_url": reverse("moves:list"),
        "page": part.page,
        "rows": [_row(move, actor) for move in part.rows],
    }


def _verbs(actor: Actor) -> list[dict[str, str]]:
    seams = {"label": "接缝检查", "url": reverse("moves:seams"), "kind": ""}
    ask = {"label": "申请迁入", "url": reverse("moves:ask"), "kind": "primary"}
    incoming = {"label": "外地迁入", "url": reverse("moves:incoming_list"), "kind": ""}
    return [incoming, *([seams] if actor.may(CHECK) else []), *([ask] if actor.may(ASK) else [])]


def _row(move: Move, actor: Actor) -> dict[str, Any]:
    return {
        "number": move.number,
        "url": move.get_absolute_url(),
        "name": move.person.name,
        "id_number": _masked(move),
        "way": _way(move, actor),
        "from_area": full_division_name(move.from_area),
        "to_area": full_division_name(move.to_area),
        "moved_on": str(move.moved_on),
        "state": move.get_status_display(),
        "tag": TAGS[MoveStatus(move.status)],
        "due": _due(move),
    }


def _way(move: Move, actor: Actor) -> str:
    leaves, comes = actor.covers(move.from_area), actor.covers(move.to_area)
    if leaves and comes:
        return "辖区内"
    return DIRECTIONS["out" if leaves else "in"]


def _due(move: Move) -> str:
    if move.status != MoveStatus.REQUESTED:
        return ""
    return f"应于 {move.answer_by} 前答复{'，已逾期' if move.is_late(clock.today()) else ''}"


def _masked(move: Move) -> str:
    return masking.mask_id_number(move.person.opened().get("id_number"))


def ask_page(actor: Actor, sent: Mapping[str, str], **said: Any) -> dict[str, Any]:
    """Context of ``moves/ask.html``; ``said`` holds why an attempt was refused."""
    return {
        "title": "申请迁入",
        "note": "户籍迁到本辖区、档案在市内别处的人；由档案所在站确认后转来",
        "fields": fields(actor, sent),
        "list_url": reverse("moves:list"),
        "refused": said.get("refused", ()),
    }


def move_page(move: Move, actor: Actor, **said: Any) -> dict[str, Any]:
    """Context of ``moves/move.html``; ``said`` is what an attempt just refused had typed.

    Who does not hold the file reads name, masked number and how far it is.
    """
    held = held_file(move, actor)
    decides = actor.may(DECIDE) and not blockers_to_decide(move, actor)
    mine = move.asked_by_id is not None and move.asked_by_id == actor.account_id
    waits = move.status == MoveStatus.REQUESTED
    urls = {verb: reverse(f"moves:{verb}", args=[move.uid]) for verb in ("confirm", "refuse", "withdraw")}
    return {
        "title": f"市内迁移：{move.person.name}",
        "note": f"{move.number} · {_masked(move)}",
        "tag": move.get_status_display(),
        "due": _due(move),
        "is_late": move.is_late(clock.today()),
        "about": _about(move),
        "actions": _links(move, held is not None),
        "answer_url": urls["confirm"] if decides else "",
        "refuse_url": urls["refuse"],
        "blockers": blockers_to_confirm(move, actor) if decides else (),
        "withdraw_url": urls["withdraw"] if waits and mine and actor.may(ASK) else "",
        "seam": lines_of(move, actor) if held is not None else None,
        "typed": said.get("note", ""),
        "refused": said.get("refused", ()),
    }


def _about(move: Move) -> list[dict[str, Any]]:
    decided = clock.minute_of(move.decided_at) if move.decided_at else ""
    pairs = [
        {"label": "迁出地", "value": full_division_name(move.from_area)},
        {"label": "迁入地", "value": full_division_name(move.to_area)},
        {"label": "新的户籍地址", "value": masking.mask_address(move.opened().get("address"))},
        {"label": "常住地", "value": "一并改到新址" if move.is_residence else "不变"},
        {"label": "迁移日期", "value": str(move.moved_on)},
        {"label": "凭证编号", "value": move.document_no},
        {"label": "申请人", "value": move.asked_by, "note": clock.minute_of(move.asked_at)},
        {"label": "说明", "value": move.words},
        {"label": "答复人", "value": move.decided_by, "note": decided},
        {"label": "答复意见", "value": move.note},
    ]
    return [pair for pair in pairs if pair["value"]]


def _links(move: Move, holds: bool) -> list[dict[str, str]]:
    links = [{"label": "全部迁移", "url": reverse("moves:list"), "kind": ""}]
    if holds:
        sheet = {"label": "交接单", "url": reverse("moves:sheet", args=[move.uid]), "kind": ""}
        links = [{"label": "打开档案", "url": move.person.get_absolute_url(), "kind": ""}, sheet, *links]
    return links
