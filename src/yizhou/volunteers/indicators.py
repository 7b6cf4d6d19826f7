"""Figures about volunteers, their teams and the points they earn."""

from __future__ import annotations

from django.db.models import QuerySet

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import Station
from yizhou.volunteers.models import PointsEvent, Volunteer, VolunteerTeam


def standing(teams: QuerySet[VolunteerTeam], scope: Scope) -> QuerySet[VolunteerTeam]:
    """时点存续 teams."""
    return teams.filter(scope.standing("founded_on", "dissolved_on"))


@indicator("village_volunteer_coverage")
def village_volunteer_coverage(scope: Scope) -> Rate:
    """Village stations with a team, whether or not it has its flag."""
    teams = standing(scope.whole(VolunteerTeam.objects.all()), scope)
    villages = scope.within(Station.objects.all()).standing(scope.last).filter(level="VILLAGE")
    return Rate(Measure(villages.filter(pk__in=teams.values("station_id"))), Measure(villages))


@indicator("volunteer_teams")
def volunteer_teams(scope: Scope) -> Measure:
    """Teams that have their flag."""
    teams = standing(scope.within(VolunteerTeam.objects.all()), scope)
    return Measure(teams.filter(flag_on__lte=scope.last))


@indicator("volunteers")
def volunteers(scope: Scope) -> Measure:
    """Veterans under their own name in a standing team; who is in two counts once."""
    teams = standing(scope.whole(VolunteerTeam.objects.all()), scope)
    members = scope.within(Volunteer.objects.all()).filter(scope.standing("joined_on", "left_on"))
    counted = members.filter(is_veteran=True, real_name=True, team__in=teams.values("pk"))
    return Measure(counted, distinct="id_number_index")


@indicator("points_program_participants")
def points_program_participants(scope: Scope) -> Measure:
    """Persons with at least one change of points that passed review."""
    passed = scope.within(PointsEvent.objects.all()).filter(scope.dated("occurred_on"), review="PASS")
    return Measure(passed, distinct="person_id")
