"""Figures about halls and receptions."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate

from yizhou.cases.models import Case
from yizhou.catalogue.queries import catalogue
from yizhou.hall.models import HallReception, ServiceWindow, WindowQuerySet
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope


def open_windows(scope: Scope) -> WindowQuerySet:
    """时点启用 windows inside the area."""
    return scope.within(ServiceWindow.objects.all()).open_on(scope.last)


@indicator("hall_windows")
def hall_windows(scope: Scope) -> Measure:
    """Windows in use."""
    return Measure(open_windows(scope))


@indicator("exclusive_halls")
def exclusive_halls(scope: Scope) -> Measure:
    """Halls of incubators with at least one window in use."""
    return Measure(open_windows(scope).filter(hall_type="INCUBATOR_EXCLUSIVE"), distinct="hall_no")


@indicator("hall_visit_times")
def hall_visit_times(scope: Scope) -> Measure:
    """People received in halls; who comes twice counts twice."""
    receptions = scope.within(HallReception.objects.all())
    return Measure(receptions.filter(scope.timed("received_at"), place="HALL"), total="persons")


def licences(scope: Scope) -> QuerySet[Case]:
    """Certificates issued in the period at windows of incubators' halls; the window's division counts."""
    windows = scope.within(ServiceWindow.objects.all()).filter(hall_type="INCUBATOR_EXCLUSIVE")
    items = [code for code, item in catalogue().items.items() if item.newest.result == "certificate"]
    return scope.whole(Case.objects.all()).filter(
        scope.timed("completed_at"), result="DONE", item__in=items, window_no__in=windows.values("window_no")
    )


@indicator("license_spot_issue_rate")
def license_spot_issue_rate(scope: Scope) -> Rate:
    """Certificates finished on the day of acceptance."""
    issued = licences(scope)
    same_day = issued.annotate(done_on=TruncDate("completed_at"), taken_on=TruncDate("accepted_at"))
    on_the_spot = same_day.filter(done_on=F("taken_on"))
    return Rate(Measure(on_the_spot, area=None), Measure(issued, area=None))
