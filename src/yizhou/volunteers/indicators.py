"""Figures about volunteers and their teams."""

from __future__ import annotations

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import Station
from yizhou.volunteers.models import VolunteerTeam


@indicator("village_volunteer_coverage")
def village_volunteer_coverage(scope: Scope) -> Rate:
    """Village stations with a team, whether or not it has its flag."""
    teams = scope.whole(VolunteerTeam.objects.all()).filter(scope.standing("founded_on", "dissolved_on"))
    villages = scope.within(Station.objects.all()).standing(scope.last).filter(level="VILLAGE")
    return Rate(Measure(villages.filter(pk__in=teams.values("station_id"))), Measure(villages))
