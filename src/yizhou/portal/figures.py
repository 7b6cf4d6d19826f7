"""Key figures of the workbench: indicators of the year for the actor's own area, never a query of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.cache import cache
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.scope import prefix_of
from yizhou.indicators.periods import year_of
from yizhou.indicators.queries import Figure, measure
from yizhou.indicators.scope import Scope

SHOWN = ("archived_persons", "hall_visit_times", "hotline_on_time_rate", "service_satisfaction_rate")
KEEP_SECONDS = 300
"""A figure of the year may be five minutes old on the workbench; its own page always counts anew."""


def year_figures(actor: Actor, today: dt.date) -> list[dict[str, Any]]:
    """Cards of the workbench; none for roles that may not see indicators or that act in several areas."""
    if not actor.may("indicators.view_indicator") or len(actor.areas) != 1:
        return []
    area = actor.areas[0].ljust(12, "0") if actor.areas[0] else ""
    scope = Scope(area, *year_of(today))
    key = f"workbench:{prefix_of(area) if area else 'all'}:{today.year}"
    cards: list[dict[str, Any]] | None = cache.get(key)
    if cards is None:
        cards = [_card(measure(code, scope), scope) for code in SHOWN]
        cache.set(key, cards, KEEP_SECONDS)
    return cards


def _card(figure: Figure, scope: Scope) -> dict[str, Any]:
    parts = f"{figure.numerator:,} / {figure.denominator:,}" if figure.denominator else ""
    query = f"?from={scope.first}&to={scope.last}&area={scope.area}"
    return {
        "label": f"{figure.fact.name}（本年）",
        "value": None if figure.value is None else f"{figure.value:,}",
        "unit": figure.fact.unit,
        "notes": figure.reason or parts or "点开看口径与明细",
        "url": reverse("indicators:detail", args=[figure.fact.code]) + query,
    }
