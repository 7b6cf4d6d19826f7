"""Papers that packages above keep of a person, so that no case asks for them again (材料复用)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from yizhou.core.registry import Registry

Papers = Callable[[int, Sequence[str]], Mapping[str, dt.date | None]]
"""Of the named papers those that are kept of the person (inner id), each with the day since when."""

PAPERS: Registry[Papers] = Registry("papers at hand")
