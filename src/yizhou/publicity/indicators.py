"""Figures about schools' walls of honour, events, printed matter, articles and films."""

from __future__ import annotations

from django.db.models import Exists, Min, OuterRef, QuerySet, Value
from django.db.models.functions import Concat

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.publicity.models import HonourWall, MediaArticle, PublicityEvent, PublicityMaterial, Video

LAW = "VETERANS_LAW"
SEPARATOR = "\x1f"
"""Between two texts counted as one value: no file brings this character."""


@indicator("school_honor_wall_coverage")
def school_honor_wall_coverage(scope: Scope) -> Rate:
    """Schools with an accepted wall, of those that are to have one and are still open."""
    schools = scope.within(HonourWall.objects.all()).filter(scope.not_ended("closed_on"), required=True)
    return Rate(Measure(schools.filter(accepted_on__lte=scope.last)), Measure(schools))


def held(scope: Scope) -> QuerySet[PublicityEvent]:
    """Events held in the period."""
    return scope.within(PublicityEvent.objects.all()).filter(scope.dated("held_on"), status="HELD")


@indicator("school_lecture_sessions")
def school_lecture_sessions(scope: Scope) -> Measure:
    """Stories that veterans told at schools."""
    return Measure(held(scope).filter(kind="SCHOOL_LECTURE"))


@indicator("school_lecture_youth_times")
def school_lecture_youth_times(scope: Scope) -> Measure:
    """Young people who listened; who comes twice counts twice."""
    return Measure(held(scope).filter(kind="SCHOOL_LECTURE"), total="attendees")


@indicator("law_publicity_sessions")
def law_publicity_sessions(scope: Scope) -> Measure:
    """Events of any kind about the law on veterans."""
    return Measure(held(scope).filter(topic=LAW))


@indicator("law_posters")
def law_posters(scope: Scope) -> Measure:
    """Posters about the law on veterans handed out."""
    issued = scope.within(PublicityMaterial.objects.all()).filter(scope.dated("issued_on"))
    return Measure(issued.filter(topic=LAW, kind="POSTER"), total="issued")


def printings(scope: Scope, *levels: str) -> Measure:
    """Articles that media of these levels took: one that several took counts for each, a reprint does not."""
    articles = scope.within(MediaArticle.objects.all()).filter(scope.dated("published_on"))
    taken = articles.filter(level__in=levels, adopted=True)
    both = Concat("article_no", Value(SEPARATOR), "media")
    return Measure(taken.annotate(printing=both), distinct="printing")


@indicator("media_national")
def media_national(scope: Scope) -> Measure:
    """Articles in national media."""
    return printings(scope, "NATIONAL")


@indicator("media_ministry")
def media_ministry(scope: Scope) -> Measure:
    """Articles on sites and in bulletins of ministries and the province."""
    return printings(scope, "MINISTRY", "PROVINCE")


def series(scope: Scope) -> QuerySet[Video]:
    """Readings of the films of the series, whenever they were taken."""
    return scope.within(Video.objects.all()).filter(kind="MICRO_VIDEO", series="IMPRESSION")


def first_shown(scope: Scope) -> QuerySet[Video]:
    """Readings of the films of the series first shown in the period, on whatever platform."""
    works = series(scope).values("work_no").annotate(first=Min("published_on"))
    return series(scope).filter(work_no__in=works.filter(scope.dated("first")).values("work_no"))


# The first day of a film is that of its rows inside the area, so parts are measured each for itself: area=None.


@indicator("micro_videos")
def micro_videos(scope: Scope) -> Measure:
    """Films of the series first shown in the period."""
    return Measure(first_shown(scope), distinct="work_no", area=None)


@indicator("micro_video_views")
def micro_video_views(scope: Scope) -> Measure:
    """Views of those films: of each on each platform the last reading by the last day."""
    read = first_shown(scope).filter(snapshot_on__lte=scope.last)
    later = series(scope).filter(
        work_no=OuterRef("work_no"),
        platform=OuterRef("platform"),
        snapshot_on__gt=OuterRef("snapshot_on"),
        snapshot_on__lte=scope.last,
    )
    return Measure(read.filter(~Exists(later)), total="views", area=None)
