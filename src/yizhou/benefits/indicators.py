"""Figures about pensions and allowances."""

from __future__ import annotations

from django.db.models import F
from django.db.models.functions import Coalesce

from yizhou.benefits.models import BenefitPayment
from yizhou.core.fen import FEN_PER_WAN
from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope


@indicator("pension_total_amount")
def pension_total_amount(scope: Scope) -> Measure:
    """What reached accounts in the period, for whichever month; what was taken back is a negative line."""
    rows = scope.within(BenefitPayment.objects.all()).filter(scope.dated("paid_on"), status="PAID")
    net = F("base_amount_fen") + Coalesce("arrears_amount_fen", 0) - Coalesce("deduct_amount_fen", 0)
    return Measure(rows.annotate(net_fen=net), total="net_fen", divisor=FEN_PER_WAN)
