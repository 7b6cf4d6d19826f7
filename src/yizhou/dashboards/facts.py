"""Which figures stand on a dashboard: facts of ``data/dashboards``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from yizhou.core.configured import parameters
from yizhou.core.facts import FactError, build, key, read_toml
from yizhou.indicators.facts import facts

BoardName = Literal["leader", "wall"]


@dataclass(frozen=True)
class Panel:
    """Indicators that are drawn or listed together."""

    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Cadence:
    """An indicator of contact over the interval at which people are to be contacted: a parameter, in months."""

    label: str
    code: str
    every: str


@dataclass(frozen=True)
class Board:
    """One dashboard. ``maps`` are the indicators to choose from for the map, the first one stands there unasked."""

    title: str
    headline: tuple[str, ...]
    maps: tuple[str, ...]
    trends: tuple[Panel, ...] = field(metadata=key("trend"))
    panels: tuple[Panel, ...] = field(default=(), metadata=key("panel"))
    cadences: tuple[Cadence, ...] = field(default=(), metadata=key("cadence"))

    @property
    def named(self) -> Iterator[tuple[str, str]]:
        """Every indicator with the key that names it."""
        yield from (("headline", code) for code in self.headline)
        yield from (("maps", code) for code in self.maps)
        for part, panels in (("trend", self.trends), ("panel", self.panels)):
            yield from ((f"{part}[{n}].codes", code) for n, one in enumerate(panels, 1) for code in one.codes)
        yield from ((f"cadence[{n}].code", one.code) for n, one in enumerate(self.cadences, 1))


@cache
def board(name: BoardName) -> Board:
    """A dashboard by name. Raises FactError for indicators that do not exist or cannot be drawn together."""
    file = f"dashboards/{name}.toml"
    found = build(Board, read_toml(file), file=file)
    for at, code in found.named:
        if code not in facts():
            raise FactError(file, f"没有指标“{code}”", key=at, remedy="代码见 docs/reference/indicators.md")
        if at != "headline" and facts()[code].nature == "config":
            raise FactError(file, f"“{code}”由配置得出，不随时间和区划变化", key=at, remedy="换一项指标")
    _check_together(found, file)
    return found


def _check_together(found: Board, file: str) -> None:
    if not found.maps:
        raise FactError(file, "没有地图指标", key="maps", remedy="至少写一项")
    for n, chart in enumerate(found.trends, 1):
        if len({facts()[code].unit == "%" for code in chart.codes}) != 1:
            remedy = "率与数量分成两张图，每张至少一项"
            raise FactError(file, "率与数量不能画在同一张图上", key=f"trend[{n}].codes", remedy=remedy)
    for n, cadence in enumerate(found.cadences, 1):
        if cadence.every not in parameters():
            remedy = "写 parameters.toml 中以月计的参数"
            raise FactError(file, f"没有参数“{cadence.every}”", key=f"cadence[{n}].every", remedy=remedy)
