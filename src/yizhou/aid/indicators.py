"""Figures about aid in hardship."""

from __future__ import annotations

from django.db.models import QuerySet

from yizhou.aid.models import AidCase, AidFamily
from yizhou.core.fen import FEN_PER_WAN
from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.people.indicators import household


def paid(scope: Scope) -> QuerySet[AidCase]:
    """Aid that was paid in the period and not cancelled."""
    rows = scope.within(AidCase.objects.all()).exclude(cancelled=True)
    return rows.filter(scope.dated("paid_on"), amount_fen__gt=0)


@indicator("aid_cases")
def aid_cases(scope: Scope) -> Measure:
    """Payments of aid."""
    return Measure(paid(scope))


@indicator("aid_amount")
def aid_amount(scope: Scope) -> Measure:
    """What was paid in aid."""
    return Measure(paid(scope), total="amount_fen", divisor=FEN_PER_WAN)


@indicator("low_income_families")
def low_income_families(scope: Scope) -> Measure:
    """Households listed with a low income; one that is listed twice counts once."""
    rows = scope.within(AidFamily.objects.all()).filter(scope.standing("listed_on", "exited_on"))
    listed = rows.filter(level="LOW_INCOME").annotate(household=household("person__"))
    return Measure(listed, distinct="household")
