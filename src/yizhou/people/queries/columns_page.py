"""The choice of columns as its page shows it, by the sections of the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.people.queries.asking import COLS, NAME, USUAL, choices
from yizhou.people.queries.filters import Wanted
from yizhou.people.queries.panels import sections

MORE = "其他"


def columns_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``people/columns.html`` for the list that the address asks for."""
    wanted = Wanted.read(query, actor)
    on = set(wanted.cols.split(",") if wanted.cols else USUAL)
    open_ones = {choice.code: choice.label for choice in choices(actor)}
    grouped = [(title, [c.field for c in columns if c.field in open_ones]) for title, columns in sections()]
    placed = {NAME, *(code for _, codes in grouped for code in codes)}
    grouped.append((MORE, [code for code in open_ones if code not in placed]))
    url = reverse("people:list")
    return {
        "title": "选择显示的列",
        "note": "姓名总在最前；导出时文件也只含这些列。敏感内容照常脱敏。",
        "back_url": url + wanted.url(),
        "columns": {
            "url": url,
            "wishes": [pair for pair in wanted.pairs() if pair[0] != COLS],
            "usual_url": url + wanted.url(cols=""),
            "sections": [
                {
                    "title": title,
                    "choices": [{"code": c, "label": open_ones[c], "on": c in on} for c in codes],
                }
                for title, codes in grouped
                if codes
            ],
        },
    }
