"""The leader's page, and the wall of a hall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.dashboards.facts import Board, board
from yizhou.dashboards.queries.asking import Asked, asked
from yizhou.dashboards.queries.figures import cadence, headline, listing, trend
from yizhou.dashboards.queries.kept import oldest
from yizhou.dashboards.queries.places import places
from yizhou.dashboards.queries.working import alerts, on_time
from yizhou.indicators.opening import link_for
from yizhou.indicators.pages import chooser, place, span


def dashboard_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything on it. Raises ``UnknownArea``."""
    facts, wish, path = board("leader"), asked(actor, query), reverse("dashboards:dashboard")
    with oldest() as counted:
        page = _panels(facts, wish, query, path)
    return {
        **page,
        "title": facts.title,
        "note": f"{place(wish.scope)} · {span(wish.scope)} · 数字截至 {_since(counted)}",
        "actions": [],
        **chooser(actor, wish.chosen, path),
    }


def _panels(facts: Board, wish: Asked, query: Mapping[str, str], path: str) -> dict[str, Any]:
    return {
        "headline": headline(facts, wish),
        "places": places(facts, wish, query, path),
        "trends": [trend(chart, wish) for chart in facts.trends],
        "panels": [listing(panel, wish) for panel in facts.panels],
        "cadences": cadence(facts.cadences, wish),
        "on_time": on_time(wish),
        "alerts": alerts(wish),
    }


def _since(counted: Sequence[float]) -> str:
    """When the oldest number was counted, in words."""
    now = timezone.localtime(clock.now())
    then = min(now, *(dt.datetime.fromtimestamp(one, now.tzinfo) for one in counted))
    return f"{then:%H:%M}" if then.date() == now.date() else f"{then:%m-%d %H:%M}"


def screen_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The wall: numbers alone, none of them small, nothing that leads to a person. Raises ``UnknownArea``."""
    facts, path = board("wall"), reverse("dashboards:screen")
    wish = asked(actor, query, is_public=True)
    with oldest() as counted:
        page = {
            "headline": headline(facts, wish),
            "places": places(facts, wish, query, path),
            "trends": [trend(chart, wish) for chart in facts.trends],
            "on_time": on_time(wish),
        }
    return {
        **page,
        "title": facts.title,
        "note": f"{place(wish.scope)} · {span(wish.scope)}",
        "moment": clock.minute_of(clock.now()),
        "since": _since(counted),
        "refresh_url": link_for(path, wish.chosen)(map=query.get("map", "")) if query else path,
        **chooser(actor, wish.chosen, path),
    }
