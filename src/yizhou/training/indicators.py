"""Figures about talents in training."""

from __future__ import annotations

from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.training.models import Talent

THREE_HUNDRED = ("VILLAGE_RESERVE", "ENTREPRENEUR", "CRAFTSMAN")


def in_training(scope: Scope, *kinds: str) -> Measure:
    """Persons trained at any time of the period who had not withdrawn by its end; of several kinds, each once."""
    trained = scope.within(Talent.objects.all()).filter(scope.overlapping("started_on", "ended_on"))
    return Measure(trained.filter(scope.not_ended("withdrawn_on"), kind__in=kinds), distinct="person_id")


@indicator("talent_300_village")
def talent_300_village(scope: Scope) -> Measure:
    """Reserves for village and community offices."""
    return in_training(scope, "VILLAGE_RESERVE")


@indicator("talent_300_entrepreneur")
def talent_300_entrepreneur(scope: Scope) -> Measure:
    """Entrepreneurs."""
    return in_training(scope, "ENTREPRENEUR")


@indicator("talent_300_craftsman")
def talent_300_craftsman(scope: Scope) -> Measure:
    """Craftsmen."""
    return in_training(scope, "CRAFTSMAN")


@indicator("talent_300_total")
def talent_300_total(scope: Scope) -> Measure:
    """All three together."""
    return in_training(scope, *THREE_HUNDRED)
