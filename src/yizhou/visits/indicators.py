"""Figures about visits."""

from __future__ import annotations

from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person
from yizhou.visits.models import Visit


@indicator("visited_veterans")
def visited_veterans(scope: Scope) -> Measure:
    """Veterans consoled at least once, signed by both sides; those who died or moved since still count."""
    consoled = scope.whole(Visit.objects.all()).filter(
        scope.timed("visited_at"),
        purpose="CONSOLATION",
        completed=True,
        both_signed=True,
    )
    # Rows of people, not of visits: the number opens into the persons it counts.
    return Measure(
        scope.within(Person.objects.all()).of_group("VET").filter(pk__in=consoled.values("person_id"))
    )
