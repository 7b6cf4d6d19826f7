"""The leader's page, and the wall of a hall."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.dashboards.facts import board
from yizhou.dashboards.queries.asking import asked
from yizhou.dashboards.queries.figures import cadence, headline, listing, trend
from yizhou.dashboards.queries.places import places
from yizhou.dashboards.queries.working import alerts, on_time
from yizhou.indicators.pages import chooser, link_for, place, span


def dashboard_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything on it. Raises ``UnknownArea``."""
    facts, wish, path = board("leader"), asked(actor, query), reverse("dashboards:dashboard")
    return {
        "title": facts.title,
        "note": f"{place(wish.scope)} · {span(wish.scope)} · {timezone.localtime(clock.now()):%H:%M} 打开，数字至多早五分钟",
        "actions": [],
        "headline": headline(facts, wish),
        "places": places(facts, wish, query, path),
        "trends": [trend(chart, wish) for chart in facts.trends],
        "panels": [listing(panel, wish) for panel in facts.panels],
        "cadences": cadence(facts.cadences, wish),
        "on_time": on_time(wish),
        "alerts": alerts(wish),
        **chooser(actor, wish.chosen, path),
    }


def screen_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The wall: numbers alone, none of them small, nothing that leads to a person. Raises ``UnknownArea``."""
    facts, path = board("wall"), reverse("dashboards:screen")
    wish = asked(actor, query, is_public=True)
    return {
        "title": facts.title,
        "note": f"{place(wish.scope)} · {span(wish.scope)}",
        "moment": f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M}",
        "refresh_url": link_for(path, wish.chosen)(map=query.get("map", "")) if query else path,
        "headline": headline(facts, wish),
        "places": places(facts, wish, query, path),
        "trends": [trend(chart, wish) for chart in facts.trends],
        "on_time": on_time(wish),
        **chooser(actor, wish.chosen, path),
    }
