"""What was typed into the form of a move, and the form as its page shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.scope import within
from yizhou.moves.rules import LONGEST, LONGEST_ADDRESS, LONGEST_NUMBER, Wish
from yizhou.orgs.models import Division

MOST = 2_000


def wish_of(sent: Mapping[str, str]) -> Wish:
    """What somebody asks for; nonsense in the day counts as not said."""
    try:
        moved_on = dt.date.fromisoformat(sent.get("moved_on", "").strip())
    except ValueError:
        moved_on = None
    return Wish(
        id_number=sent.get("id_number", "")[:40],
        name=sent.get("name", "")[:60],
        to_area=sent.get("to_area", ""),
        address=sent.get("address", ""),
        moved_on=moved_on,
        document_no=sent.get("document_no", ""),
        words=sent.get("words", ""),
        is_residence=sent.get("is_residence") == "1",
    )


def villages(actor: Actor) -> list[list[str]]:
    """Villages of the actor's areas, each with its town."""
    found = Division.objects.filter(within("area_code", actor.areas), level="VILLAGE").order_by("area_code")
    rows = list(found.values_list("area_code", "name", "parent_code")[:MOST])
    towns = dict(
        Division.objects.filter(area_code__in={row[2] for row in rows}).values_list("area_code", "name")
    )
    return [[code, f"{towns.get(parent, '')} {name}".strip()] for code, name, parent in rows]


def fields(actor: Actor, sent: Mapping[str, str]) -> list[dict[str, Any]]:
    """Fields of the form with what was typed."""
    return [
        _text("身份证号", "id_number", sent, 40, autocomplete="off"),
        _text("姓名", "name", sent, 60, autocomplete="off"),
        {
            "label": "迁入的户籍地",
            "name": "to_area",
            "kind": "select",
            "value": sent.get("to_area", ""),
            "options": villages(actor),
            "required": True,
        },
        {
            "label": "迁移日期",
            "name": "moved_on",
            "kind": "date",
            "value": sent.get("moved_on", ""),
            "required": True,
            "help": "户口簿上的迁入日期",
        },
        {**_text("新的户籍地址", "address", sent, LONGEST_ADDRESS), "wide": True},
        {
            **_text("凭证编号", "document_no", sent, LONGEST_NUMBER),
            "help": "户口迁移证或准予迁入证明的编号",
        },
        {**_text("说明", "words", sent, LONGEST), "required": False},
        {
            "label": "本人也住在这里，常住地一并改到新址",
            "name": "is_residence",
            "kind": "checkbox",
            "value": sent.get("is_residence", ""),
            "wide": True,
        },
    ]


def _text(label: str, name: str, sent: Mapping[str, str], longest: int, **attrs: str) -> dict[str, Any]:
    limit: dict[str, Any] = {"maxlength": longest, **attrs}
    return {"label": label, "name": name, "value": sent.get(name, ""), "required": True, "attrs": limit}
