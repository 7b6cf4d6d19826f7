"""What drafters wrote, read back: for a report, and its aims for the year after."""

from __future__ import annotations

from collections.abc import Mapping

from yizhou.indicators.measures import Number
from yizhou.indicators.models import Drafting
from yizhou.indicators.rules import Draft

WHY = "同一区划的起草信息，区划已在调用前核对"


def draft_of(area: str, period: str) -> Draft:
    """What was written for a report; nothing where nobody did. The caller has checked the area."""
    found = Drafting.objects.everywhere(WHY).filter(area=area, period=period).first()
    if found is None:
        return Draft()
    return Draft(found.red_head, found.recipient, found.signer, found.targets)


def aims_for(area: str, year: int) -> Mapping[str, Number]:
    """Aims for a year, by indicator: the annual report of the year before wrote them."""
    return draft_of(area, str(year - 1)).targets
