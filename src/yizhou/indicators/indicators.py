"""Indicators that follow from configuration alone: dictionaries, parameters, code tables, items (ledgers.md §5.10)."""

from __future__ import annotations

from functools import cache, partial

from yizhou.core.configured import configured
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Known
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope


def counted(reference: str, scope: Scope) -> Known:  # noqa: ARG001  # the same everywhere and always
    """The configured number behind a reference."""
    return _read(reference)


@cache
def _read(reference: str) -> Known:
    """Read once a process, as all facts: a changed file counts after a restart."""
    found = configured(reference)
    return Known(None, reason="未配置此参数") if found is None else Known(found.value, found.names)


for fact in facts().values():
    if fact.config:
        INDICATORS.add(fact.code, partial(counted, fact.config))
