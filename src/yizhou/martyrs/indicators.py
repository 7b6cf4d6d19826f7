"""Figures about martyrs."""

from __future__ import annotations

from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope
from yizhou.martyrs.models import Martyr


@indicator("martyr_bios_standardized")
def martyr_bios_standardized(scope: Scope) -> Measure:
    """Martyrs whose life is told in an approved text that names its sources."""
    approved = scope.within(Martyr.objects.all()).filter(scope.dated("bio_approved_on"))
    return Measure(approved.filter(bio_status="OFFICIAL").exclude(bio_sources=""))
