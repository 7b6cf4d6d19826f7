"""The first look of the day costs nobody a minute: the worker counts the leaders' pages before they are opened."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from yizhou.core import clock
from yizhou.core.actor import system_actor
from yizhou.core.scope import prefix_of
from yizhou.dashboards.queries.page import dashboard_page
from yizhou.orgs.models import Appointment
from yizhou.orgs.permissions import granted_to

LEADER = "BUREAU_LEADER"
_made: dict[str, dt.date] = {}
"""By area, the day for which this process has counted the page."""


def make_one_ahead() -> bool:
    """Count today's page of one more area that somebody leads; False where all are counted.

    A period that runs ends today, so that every day asks anew what was answered yesterday.
    """
    today = clock.today()
    current = Q(since__lte=today) & (Q(until__isnull=True) | Q(until__gte=today))
    areas = set(Appointment.objects.filter(current, role=LEADER).values_list("area", flat=True))
    waiting = sorted(area for area in areas if _made.get(area) != today)
    for area in waiting[:1]:
        _made[area] = today
        prefix = prefix_of(area) if area else ""
        dashboard_page(system_actor("系统", granted_to(LEADER), (prefix,)), {})
    return bool(waiting)
