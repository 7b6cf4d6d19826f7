"""Figures about halls and receptions."""

from __future__ import annotations

from yizhou.hall.models import HallReception, ServiceWindow, WindowQuerySet
from yizhou.indicators.measures import Measure
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
