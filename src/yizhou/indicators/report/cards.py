"""The key figures above an annual report: what its numbers say, as cards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhou.indicators.opening import link_for
from yizhou.indicators.pages import line_of
from yizhou.indicators.report.build import Report
from yizhou.indicators.report.facts import form

Card = Mapping[str, Any]


def cards_of(report: Report) -> list[Card]:
    """Lines as ``line_of`` makes them, without addresses; those of a frozen report are kept with it."""
    if report.stored:
        return list(report.stored.cards)
    if report.term.kind != "annual":
        return []
    found: list[Card] = []
    for code in form(report.form).key_figures:
        figure = report.numbers.now(code)
        before = report.numbers.before(code) if figure.fact.is_compared else None
        line = line_of(figure, before, report.scope)
        found.append({name: value for name, value in line.items() if name != "url"})
    return found


def key_figures(report: Report) -> list[dict[str, Any]]:
    """Keywords of ``kpi()`` for each card."""
    return [
        {
            "label": card["name"],
            "value": card["value"],
            "unit": card["unit"],
            "notes": [{"text": card["change"] or card["note"], "state": card["state"]}],
            "url": link_for(reverse("indicators:detail", args=[card["code"]]), report.scope)(),
        }
        for card in cards_of(report)
    ]
