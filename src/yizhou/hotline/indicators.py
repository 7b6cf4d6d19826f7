"""Figures about the hotlines."""

from __future__ import annotations

from django.db.models import F

from yizhou.hotline.models import CallQuerySet, HotlineCall
from yizhou.indicators.measures import AddDays, Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope


def matters(scope: Scope) -> CallQuerySet:
    """Calls to the service hotline that are neither nuisance nor repetition."""
    calls = scope.within(HotlineCall.objects.all()).filter(line="HOTLINE")
    return calls.genuine().first_of_its_matter()


def accepted(scope: Scope) -> CallQuerySet:
    """Matters taken up in the period."""
    return matters(scope).filter(scope.timed("called_at"))


def answered(scope: Scope) -> CallQuerySet:
    """Of those, answered at once and closed by the end of the period."""
    return accepted(scope).filter(scope.timed_by_end("closed_at"), handle_mode="DIRECT_ANSWER")


@indicator("hotline_accepted")
def hotline_accepted(scope: Scope) -> Measure:
    """Matters taken up."""
    return Measure(accepted(scope))


@indicator("hotline_direct_answered")
def hotline_direct_answered(scope: Scope) -> Measure:
    """Matters answered at once."""
    return Measure(answered(scope))


@indicator("hotline_direct_rate")
def hotline_direct_rate(scope: Scope) -> Rate:
    """Share of matters answered at once."""
    return Rate(Measure(answered(scope)), Measure(accepted(scope)))


@indicator("hotline_on_time_rate")
def hotline_on_time_rate(scope: Scope) -> Rate:
    """Matters closed by their limit plus the days on hold, of those whose limit fell into the period."""
    dated = matters(scope).filter(due_on__isnull=False, due_on__lte=scope.last)
    due = dated.annotate(limit_on=AddDays("due_on", "paused_days")).filter(
        scope.dated("limit_on"), scope.not_ended("paused_since")
    )
    return Rate(Measure(due.filter(closed_at__date__lte=F("limit_on"))), Measure(due))


@indicator("job_hotline_calls")
def job_hotline_calls(scope: Scope) -> Measure:
    """Consultations on the job hotline; repeated calls count."""
    calls = scope.within(HotlineCall.objects.all()).genuine()
    return Measure(calls.filter(scope.timed("called_at"), line="JOB_HOTLINE", category="CONSULT"))
