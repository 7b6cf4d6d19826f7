"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.volunteers.models import PointsEvent, Volunteer, VolunteerTeam

bind(
    "volunteer_teams",
    VolunteerTeam,
    "volunteer_team",
    links={"station_no": "station"},
    date_field="founded_on",
    ring="glory",
)
bind(
    "volunteers",
    Volunteer,
    "volunteer",
    links={"team_no": "team"},
    date_field="joined_on",
    ring="glory",
)
bind(
    "points_events",
    PointsEvent,
    "points_event",
    links={"id_number": "person"},
    date_field="occurred_on",
    ring="glory",
    tells="kind",
)
