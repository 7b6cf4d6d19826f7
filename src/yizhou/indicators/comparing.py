"""The change against a year before (report_outline.md §0.3). Pure: numbers in, a change or nothing out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from yizhou.indicators.facts import Nature
from yizhou.indicators.measures import Number

SMALL_BASE = 20
"""Below this base a flow's change is told in numbers, for a percentage of few would mislead."""


@dataclass(frozen=True)
class Change:
    """``percent`` 增长、下降 x%; ``count`` 增加、减少 n; ``net`` 净增、净减 n; ``points`` 提高、降低 x 个百分点. Signed."""

    way: Literal["percent", "count", "net", "points"]
    amount: Decimal

    @property
    def direction(self) -> str:
        """``up``, ``down`` or "" when nothing changed."""
        return "up" if self.amount > 0 else "down" if self.amount < 0 else ""


def compare(nature: Nature, now: Number | None, before: Number | None) -> Change | None:
    """The change; None where it is not told: either value absent, a base of 0, configured numbers."""
    if nature == "config" or now is None or not before:
        return None
    difference = Decimal(str(now)) - Decimal(str(before))
    if nature == "rate":
        return Change("points", difference)
    if nature == "stock":
        return Change("net", difference)
    if before < SMALL_BASE:
        return Change("count", difference)
    percent = difference * 100 / Decimal(str(before))
    return Change("percent", percent.quantize(Decimal("0.1"), ROUND_HALF_UP))
