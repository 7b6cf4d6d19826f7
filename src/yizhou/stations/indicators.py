"""Figures about stations and the people who work there."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from yizhou.core.configured import configured
from yizhou.indicators.measures import CodePoints, Known, Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import StaffPost, Station, StationQuerySet
from yizhou.people.models import Person
from yizhou.stations.models import StationCheck

THRESHOLD = "param:village_model_min_persons"
TIER = ("COMMUNITY_CADRE", "GRID_WORKER", "GROUP_LEADER", "LOCAL_WORTHY")
ABOVE_VILLAGE = ("COUNTY", "TOWN")
NATIONAL, ACCEPTANCE = "NATIONAL_MODEL", "PROVINCIAL_ACCEPTANCE"
FENGQIAO = ("FENGQIAO_STAR", "FENGQIAO_PROVINCE")
NO_THRESHOLD = Known(None, reason="未设村社站应创建阈值")


def standing(scope: Scope, *levels: str) -> StationQuerySet:
    """时点存续 stations of these levels inside the area; of every level where none is named."""
    rows = scope.within(Station.objects.all()).standing(scope.last)
    return rows.filter(level__in=levels) if levels else rows


def on_duty(scope: Scope) -> QuerySet[StaffPost]:
    """时点在岗 posts at stations inside the area."""
    return scope.within(StaffPost.objects.all()).filter(scope.standing("started_on", "left_on"))


def checks(scope: Scope, *programs: str) -> QuerySet[StationCheck]:
    """Checks of these programmes, wherever the station is."""
    return scope.whole(StationCheck.objects.all()).filter(program__in=programs)


def passed(scope: Scope, program: str) -> Q:
    """Stations whose 最新结论 in a programme is that they passed, and whose plaque still hangs (ledgers.md §5.7)."""
    valid = checks(scope, program).filter(scope.not_ended("withdrawn_on"), concluded_on__lte=scope.last)
    of_station = valid.filter(station=OuterRef("station"))
    latest = of_station.order_by("-concluded_on", CodePoints("check_no").desc()).values("pk")[:1]
    kept = valid.filter(scope.not_ended("revoked_on"), pk=latest, conclusion="PASSED")
    return Q(pk__in=kept.values("station_id"))


def large(scope: Scope) -> Exists | Q | None:
    """Stations in whose village enough persons are on file; None where the site set no threshold."""
    threshold = configured(THRESHOLD)
    if threshold is None:
        return None
    if threshold.value <= 0:
        return Q(pk__isnull=False)  # nobody at all is enough
    here = scope.whole(Person.objects.all()).registered(scope.last).filter(household_area=OuterRef("area"))
    # Whether there is a hundredth person: looking stops there, however large the village.
    return Exists(here.order_by()[threshold.value - 1 : threshold.value])


@indicator("village_station_100plus_total")
def village_station_100plus_total(scope: Scope) -> Measure | Known:
    """Village stations whose village has at least so many persons on file."""
    many = large(scope)
    return NO_THRESHOLD if many is None else Measure(standing(scope, "VILLAGE").filter(many))


@indicator("village_station_100plus_accepted")
def village_station_100plus_accepted(scope: Scope) -> Measure | Known:
    """Those of them that the province accepted."""
    many = large(scope)
    if many is None:
        return NO_THRESHOLD
    return Measure(standing(scope, "VILLAGE").filter(many, passed(scope, ACCEPTANCE)))


@indicator("model_creation_rate")
def model_creation_rate(scope: Scope) -> Rate | Known:
    """Accepted stations, of all above the village and those of large villages."""
    many = large(scope)
    if many is None:
        return NO_THRESHOLD
    wanted = standing(scope).filter(Q(level__in=ABOVE_VILLAGE) | Q(many, level="VILLAGE"))
    return Rate(Measure(wanted.filter(passed(scope, ACCEPTANCE))), Measure(wanted))


@indicator("county_town_accept_rate")
def county_town_accept_rate(scope: Scope) -> Rate:
    """Accepted stations above the village."""
    above = standing(scope, *ABOVE_VILLAGE)
    return Rate(Measure(above.filter(passed(scope, ACCEPTANCE))), Measure(above))


@indicator("fengqiao_creation_coverage")
def fengqiao_creation_coverage(scope: Scope) -> Rate:
    """Stations above the village that have begun, with whatever outcome."""
    begun = checks(scope, *FENGQIAO).filter(scope.standing("started_on", "withdrawn_on"))
    above = standing(scope, *ABOVE_VILLAGE)
    return Rate(Measure(above.filter(pk__in=begun.values("station_id"))), Measure(above))


@indicator("red_boutique_homes")
def red_boutique_homes(scope: Scope) -> Measure:
    """Stations named red homes of veterans."""
    return Measure(standing(scope).filter(passed(scope, "RED_HOME")))


@indicator("model_stations_national")
def model_stations_national(scope: Scope) -> Measure:
    """National model stations."""
    return Measure(standing(scope).filter(passed(scope, NATIONAL)))


@indicator("national_model_town_stations")
def national_model_town_stations(scope: Scope) -> Measure:
    """National model stations of towns."""
    return Measure(standing(scope, "TOWN").filter(passed(scope, NATIONAL)))


@indicator("national_model_county_centers")
def national_model_county_centers(scope: Scope) -> Measure:
    """National model centres."""
    return Measure(standing(scope, "COUNTY").filter(passed(scope, NATIONAL)))


@indicator("provincial_fengqiao_stations")
def provincial_fengqiao_stations(scope: Scope) -> Measure:
    """Stations of the Fengqiao kind that the province named."""
    return Measure(standing(scope).filter(passed(scope, "FENGQIAO_PROVINCE")))


def concluded(scope: Scope, program: str) -> QuerySet[StationCheck]:
    """Conclusions of the period, also of checks withdrawn and of stations closed since."""
    rows = scope.within(StationCheck.objects.all())
    return rows.filter(scope.dated("concluded_on"), program=program)


@indicator("top100_station_recommended")
def top100_station_recommended(scope: Scope) -> Measure:
    """Stations recommended for the hundred best of the country, or taken among them."""
    found = concluded(scope, "TOP100").filter(conclusion__in=("RECOMMENDED", "PASSED"))
    return Measure(found, distinct="station_id")


@indicator("fengqiao_star_reviews")
def fengqiao_star_reviews(scope: Scope) -> Measure:
    """Reviews for stars, whatever their outcome."""
    return Measure(concluded(scope, "FENGQIAO_STAR"))


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
