"""Figures about cases and ratings."""

from __future__ import annotations

from yizhou.cases.models import Case, Rating
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope

HOUSEHOLD = "person__household_area"


@indicator("service_satisfaction_rate")
def service_satisfaction_rate(scope: Scope) -> Rate:
    """Ratings of basically satisfied or better, of those that count."""
    given = scope.within(Rating.objects.all()).exclude(level="").exclude(voided=True)
    valid = given.filter(scope.dated("rated_on"))
    return Rate(Measure(valid.filter(level__gte="3")), Measure(valid))


@indicator("agent_cases")
def agent_cases(scope: Scope) -> Measure:
    """Cases that an agent ran for somebody and that ended in favour."""
    # The household as it is now, not the copy that the case keeps from its filing (ledgers.md §5.6).
    cases = scope.whole(Case.objects.all()).filter(scope.inside(HOUSEHOLD), agent_index__isnull=False)
    return Measure(cases.filter(scope.timed("completed_at"), result="DONE"), area=HOUSEHOLD)
