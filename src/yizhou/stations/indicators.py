"""Figures about stations and the people who work there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from yizhou.core.configured import configured
from yizhou.indicators.measures import Known, Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import StaffPost, Station
from yizhou.people.models import Person

THRESHOLD = "param:village_model_min_persons"
TIER = ("COMMUNITY_CADRE", "GRID_WORKER", "GROUP_LEADER", "LOCAL_WORTHY")


def standing(scope: Scope, *levels: str) -> QuerySet[Station]:
    """时点存续 stations of these levels inside the area."""
    rows = scope.within(Station.objects.all())
    return rows.filter(scope.standing("founded_on", "closed_on"), level__in=levels)


def on_duty(scope: Scope) -> QuerySet[StaffPost]:
    """时点在岗 posts at stations inside the area."""
    return scope.within(StaffPost.objects.all()).filter(scope.standing("started_on", "left_on"))


@indicator("village_station_100plus_total")
def village_station_100plus_total(scope: Scope) -> Measure | Known:
    """Village stations whose village has at least so many persons on file."""
    threshold = configured(THRESHOLD)
    if threshold is None:
        return Known(None, reason="未设村社站应创建阈值")
    here = scope.whole(Person.objects.all()).registered(scope.last).filter(household_area=OuterRef("area"))
    # Whether there is a hundredth person: looking stops there, however large the village.
    last_needed = max(threshold.value, 1) - 1
    many = Exists(here.order_by()[last_needed : last_needed + 1])
    return Measure(standing(scope, "VILLAGE").filter(many))


@indicator("station_five_room_complete_rate")
def station_five_room_complete_rate(scope: Scope) -> Rate:
    """Village stations with all seven rooms and windows."""
    villages = standing(scope, "VILLAGE")
    return Rate(Measure(villages.filter(**dict.fromkeys(Station.SEVEN, True))), Measure(villages))


@indicator("party_branches")
def party_branches(scope: Scope) -> Measure:
    """County centres with a party branch."""
    return Measure(standing(scope, "COUNTY").filter(party_branch_on__lte=scope.last))


@indicator("fulltime_liaisons")
def fulltime_liaisons(scope: Scope) -> Measure:
    """Full-time liaison officers; somebody with two posts counts once."""
    return Measure(on_duty(scope).filter(post_type="FULL_TIME"), distinct="id_number_index")


@indicator("agent_tier_members")
def agent_tier_members(scope: Scope) -> Measure:
    """Cadres, grid workers, group leaders and local worthies who act as agents, each counted once."""
    return Measure(on_duty(scope).filter(post_type__in=TIER, is_agent=True), distinct="id_number_index")
