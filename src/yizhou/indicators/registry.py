"""The registry of indicators: packages declare in their ``indicators.py`` how each number is computed."""

from __future__ import annotations

from collections.abc import Callable

from yizhou.core.registry import Registry
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Answer
from yizhou.indicators.scope import Scope

Compute = Callable[[Scope], Answer]

INDICATORS: Registry[Compute] = Registry("indicators")


def indicator(code: str) -> Callable[[Compute], Compute]:
    """Declare how the indicator is computed. Raises KeyError for a code without facts.

    The function answers with ``Measure`` (count, distinct, sum), ``Rate`` or ``Known``; it never evaluates rows.
    """
    facts()[code]
    return INDICATORS.register(code)
