"""Figures about visits."""

from __future__ import annotations

from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.people.indicators import veteran
from yizhou.people.models import Person
from yizhou.visits.models import Visit


@indicator("visited_veterans")
def visited_veterans(scope: Scope) -> Measure:
    """Veterans consoled at least once, signed by both sides; those who died or moved since still count."""
    consoled = scope.within(Visit.objects.all()).filter(
        scope.timed("visited_at"),
        veteran("person__"),
        purpose="CONSOLATION",
        completed=True,
        both_signed=True,
    )
    # Counted over the visits of the period, which an index finds; opened into the persons.
    persons = scope.whole(Person.objects.all()).filter(pk__in=consoled.values("person_id"))
    return Measure(consoled, distinct="person_id", opens=persons)
