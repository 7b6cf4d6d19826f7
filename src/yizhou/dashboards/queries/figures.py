"""Figures side by side, month by month and by division: always what the indicators say, kept for a few minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from yizhou.core.configured import parameter
from yizhou.dashboards.facts import Board, Cadence, Panel
from yizhou.dashboards.queries.asking import FEW, Asked
from yizhou.dashboards.queries.kept import kept
from yizhou.dashboards.rules import months_until, since_months
from yizhou.indicators.comparing import Change, compare
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import amounts_at_once
from yizhou.indicators.opening import link_for
from yizhou.indicators.queries import Figure, by_child, compute, measure_many
from yizhou.indicators.report.guarding import SMALL
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import change_words, grouped, on_page

MONTHS = 12
Figures = Mapping[str, Figure]


@kept
def measured(codes: tuple[str, ...], scope: Scope) -> Figures:
    """Several indicators for a scope."""
    return compute(codes, scope)


@kept
def over(code: str, scopes: tuple[Scope, ...]) -> Sequence[Figure]:
    """One indicator for several scopes, in one statement."""
    return measure_many([(code, scope) for scope in scopes], amounts_at_once)


@kept
def parts(code: str, scope: Scope) -> Sequence[tuple[str, str, Figure]]:
    """One indicator for each division directly below: code, name, figure."""
    return [(division.area_code, division.name, figure) for division, figure in by_child(code, scope)]


def address(code: str, scope: Scope) -> str:
    """Where the figure opens."""
    return link_for(reverse("indicators:detail", args=[code]), scope)()


def text_of(figure: Figure) -> str:
    """A figure as it reads, with the sign of a percentage."""
    if figure.value is None:
        return FEW if figure.reason == FEW else "—"
    return on_page(figure.fact, figure.value) + ("%" if figure.fact.unit == "%" else "")


def unit_of(figure: Figure) -> str:
    """The unit that stands behind the figure."""
    return "" if figure.fact.unit == "日期" else figure.fact.unit


def headline(board: Board, asked: Asked) -> list[dict[str, Any]]:
    """Key figures as ``kpi()`` takes them, with their change against the period before and the year before."""
    scope, spans = asked.scope, {"同比": asked.scope.a_year_earlier()}
    if asked.earlier:
        spans["环比"] = asked.earlier
    now = measured(board.headline, scope)
    before = {word: measured(_compared(board), span) for word, span in spans.items()}
    cards = []
    for code, figure in now.items():
        shown = asked.shown(figure, scope)
        told = [_note(word, asked, shown, before[word].get(code), span) for word, span in spans.items()]
        cards.append(
            {
                "label": figure.fact.name,
                "value": None if shown.value is None else on_page(figure.fact, shown.value),
                "unit": unit_of(figure),
                "notes": [note for note in told if note] or ("" if asked.is_public else _plain(shown)),
                "url": "" if asked.is_public else address(code, scope),
            }
        )
    return cards


def _compared(board: Board) -> tuple[str, ...]:
    return tuple(code for code in board.headline if facts()[code].is_compared)


def _note(word: str, asked: Asked, now: Figure, before: Figure | None, span: Scope) -> dict[str, str] | None:
    """同比 +3.2%; nothing where either side is not told."""
    if before is None:
        return None
    change = compare(now.fact.nature, now.value, asked.shown(before, span).value)
    if asked.is_public and change and change.way in ("net", "count") and 0 < abs(change.amount) < SMALL:
        return None
    return {"text": f"{word}{change_words(change)}", "state": _state(now, change)} if change else None


def _state(now: Figure, change: Change) -> str:
    return "" if now.fact.neutral else change.direction


def _plain(figure: Figure) -> str:
    if figure.value is None:
        return figure.reason
    if figure.denominator:
        return f"{grouped(figure.numerator or 0)} / {grouped(figure.denominator)}"
    return "无可比数据"


def trend(chart: Panel, asked: Asked) -> dict[str, Any]:
    """Indicators over the twelve months until the last day, as ``chart()`` takes them."""
    months = [asked.scope.during(*span) for span in months_until(asked.scope.last, MONTHS)]
    return {
        "title": chart.title,
        "kind": "line",
        "unit": "%" if facts()[chart.codes[0]].unit == "%" else "",
        "labels": [{"text": _month(scope, asked.scope.last), "url": ""} for scope in months],
        "heading": "月份",
        "series": [_series(code, months, asked) for code in chart.codes],
    }


def _month(scope: Scope, last: dt.date) -> str:
    whole = (scope.last + dt.timedelta(days=1)).day == 1
    return (
        f"{scope.first:%Y-%m}" if whole or scope.last != last else f"{scope.first:%Y-%m}（至 {last.day} 日）"
    )


def _series(code: str, months: Sequence[Scope], asked: Asked) -> dict[str, Any]:
    figures = over(code, tuple(months))
    hidden = asked.hidden(figures)
    unit = facts()[code].unit
    points = [point(figure, asked, months[n], is_hidden=n in hidden) for n, figure in enumerate(figures)]
    name = facts()[code].name + ("" if unit == "%" else f"（{unit}）")
    return {"name": name, "drawn": True, "points": points}


def point(figure: Figure, asked: Asked, scope: Scope, *, is_hidden: bool) -> dict[str, Any]:
    """One cell behind a chart: text, value to draw (none for a gap), where it opens."""
    return {
        "text": FEW if is_hidden else text_of(figure),
        "value": None if is_hidden else figure.value,
        "url": "" if asked.is_public else address(figure.fact.code, scope),
    }


def listing(panel: Panel, asked: Asked) -> dict[str, Any]:
    """Indicators below one another."""
    found = measured(panel.codes, asked.scope)
    return {"title": panel.title, "rows": [_line(found[code], asked, asked.scope) for code in panel.codes]}


def cadence(rows: Sequence[Cadence], asked: Asked) -> list[dict[str, Any]]:
    """Indicators of contact, each over the interval at which people are to be contacted."""
    found = []
    for row in rows:
        months = parameter(row.every)
        scope = asked.scope.during(since_months(asked.scope.last, months), asked.scope.last)
        figure = measured((row.code,), scope)[row.code]
        found.append(
            {
                **_line(figure, asked, scope),
                "label": f"{row.label}（每 {months} 个月）",
                "note": figure.fact.name,
            }
        )
    return found


def _line(figure: Figure, asked: Asked, scope: Scope) -> dict[str, Any]:
    """A row of ``bars()``: rates as a bar, other figures as text alone."""
    shown = asked.shown(figure, scope)
    return {
        "label": figure.fact.name,
        "percent": shown.value if figure.fact.unit == "%" else None,
        "text": text_of(shown)
        + ("" if figure.fact.unit == "%" or shown.value is None else f" {unit_of(figure)}"),
        "url": "" if asked.is_public else address(figure.fact.code, scope),
        "note": _plain(shown) if figure.denominator else shown.reason,
    }
