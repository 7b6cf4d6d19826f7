"""The rows into which a number opens, as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Known, Measure, Rate, amounts
from yizhou.indicators.queries import NOT_BUILT, answer_of, ledger_of
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import grouped
from yizhou.ledgers.browsing import MOST_COUNTED, Cursor, LinkTo, address, table
from yizhou.ledgers.ledger import Ledger

OPEN_ROWS = "indicators.open_rows"
FEWER_COUNTED = 1_000
"""Rows that the pager counts where counting is dear: the number itself stands on the card, once it is counted."""


def link_for(path: str, scope: Scope) -> LinkTo:
    """Addresses that keep the scope."""
    kept = {"from": scope.first.isoformat(), "to": scope.last.isoformat(), "area": scope.area}
    return address(path, kept)


def rows_part(
    code: str, scope: Scope, actor: Actor, query: Mapping[str, str], *, counted: bool = True
) -> dict[str, Any]:
    """The rows behind the number: tabs, table, pager; ``counted`` says whether all of them are counted beside."""
    fact, answer = facts()[code], answer_of(code, scope)
    link = link_for(reverse("indicators:rows", args=[code]), scope)
    if answer is None or isinstance(answer, Known):
        names = answer.names if isinstance(answer, Known) else ()
        note = NOT_BUILT if answer is None else ""
        return _plain(["条目"], [[name] for name in names], note)
    if not actor.may(OPEN_ROWS):
        return _plain([], [], "您的岗位看到数值，不看记录")
    part = "denominator" if query.get("part") == "denominator" else "numerator"
    chosen = part_of(answer, part)
    parts = _tabs(answer, part, link, counted=counted) if isinstance(answer, Rate) else []
    bound = ledger_of(chosen.found.model)
    if not actor.may(bound.browse_permission):
        return _plain([], [], f"“{bound.title}”仅限授权岗位查看记录")
    kept: LinkTo = partial(link, part=part if parts else "")
    title = {"numerator": fact.numerator, "denominator": fact.denominator}[part] if parts else "明细"
    most = MOST_COUNTED if counted else FEWER_COUNTED
    found = table(bound, chosen.found, Cursor.of(query), kept, most)
    return {
        "parts": parts,
        "rows_title": title,
        "rows_note": _row_note(chosen, bound) if counted else bound.title,
        **found,
    }


def part_of(answer: Measure | Rate, part: str) -> Measure:
    """The measure itself, or the ``numerator`` or ``denominator`` of a rate."""
    if isinstance(answer, Measure):
        return answer
    return answer.denominator if part == "denominator" else answer.numerator


def _tabs(answer: Rate, part: str, link: LinkTo, *, counted: bool) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "url": link(part=name),
            "active": part == name,
            "count": grouped(getattr(answer, name).value()) if counted else None,
        }
        for name, label in (("numerator", "分子"), ("denominator", "分母"))
    ]


def _row_note(measured: Measure, bound: Ledger) -> str:
    """Where the number is not the number of rows, say how it comes from them."""
    if measured.distinct and (measured.opens is None or measured.distinct != "person_id"):
        return f"{bound.title} · 去重后 {amounts([measured])[0]:,}"
    if measured.total:
        return f"{bound.title} · 合计 {grouped(measured.value() or 0)}"
    if measured.highest:
        return f"{bound.title} · 取最大"
    return bound.title


def _plain(headers: list[str], rows: list[list[str]], note: str) -> dict[str, Any]:
    page = {
        "start": 1,
        "end": len(rows),
        "total": len(rows),
        "more_than": False,
        "previous_url": "",
        "next_url": "",
    }
    return {
        "parts": [],
        "headers": headers,
        "rows": rows,
        "page": page,
        "rows_title": "明细",
        "rows_note": note,
    }
