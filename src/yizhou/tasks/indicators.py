"""Figures about tasks."""

from __future__ import annotations

from django.db.models import QuerySet

from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.tasks.models import Task


def tasks(scope: Scope) -> QuerySet[Task]:
    """Tasks that were not cancelled by the end of the period."""
    return scope.within(Task.objects.all()).filter(scope.not_ended("cancelled_on"))


def begun(scope: Scope, kind: str) -> Measure:
    """Tasks of a type set up in the period."""
    return Measure(tasks(scope).filter(scope.dated("started_on"), type=kind))


@indicator("party_history_activities")
def party_history_activities(scope: Scope) -> Measure:
    """Activities of the study of the party's history."""
    return begun(scope, "PARTY_HISTORY")


@indicator("livelihood_projects")
def livelihood_projects(scope: Scope) -> Measure:
    """Projects for people's livelihood."""
    return begun(scope, "LIVELIHOOD")


@indicator("key_projects_count")
def key_projects_count(scope: Scope) -> Measure:
    """The key projects of the year."""
    return begun(scope, "KEY_PROJECT")


@indicator("quarter_key_tasks_done_rate")
def quarter_key_tasks_done_rate(scope: Scope) -> Rate:
    """Share of the quarter's key tasks due in the period that are done, late ones included."""
    due = tasks(scope).filter(scope.dated("due_on"), period="QUARTER", is_key=True)
    return Rate(Measure(due.filter(done_on__lte=scope.last)), Measure(due))
