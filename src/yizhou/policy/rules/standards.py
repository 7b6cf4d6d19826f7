"""Dated standards 待遇标准: one line per value and day it takes effect; old lines are never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from yizhou.core.facts import FactError, build, key


@dataclass(frozen=True)
class Rate:
    """One value of a standard: ``fen`` (integer 分) or ``percent``, in force from ``since`` on."""

    since: date
    basis: str
    status: Literal["verified", "sample"]
    fen: int | None = None
    percent: int | float | None = None
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    """A named standard and its rates; ``dimensions`` name what the parts of a rate's ``key`` stand for."""

    code: str
    name: str
    unit: str
    region: str
    rates: tuple[Rate, ...] = field(metadata=key("rate"))
    dimensions: tuple[str, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether the values are amounts in 分, not percentages."""
        return not self.unit.startswith("%")

    def on(self, day: date, *at: str) -> Rate | None:
        """The rate in force on a day for the given key: the latest ``since`` not after it, or None."""
        due = [rate for rate in self.rates if rate.since <= day and rate.key == at]
        return max(due, key=lambda rate: rate.since, default=None)

    def all_on(self, day: date) -> tuple[Rate, ...]:
        """The rate in force on a day for every key that has one."""
        keys = dict.fromkeys(rate.key for rate in self.rates)
        found = (self.on(day, *at) for at in keys)
        return tuple(rate for rate in found if rate is not None)

    def words(self, dimension: int) -> frozenset[str]:
        """The words that occur in one dimension of the key."""
        return frozenset(rate.key[dimension] for rate in self.rates)


@dataclass(frozen=True)
class Standards:
    """Every standard by its Chinese name, the word used in ``标准('…')``."""

    by_name: Mapping[str, Standard]

    @classmethod
    def read(cls, files: Mapping[str, Mapping[str, Any]]) -> Standards:
        """From the contents of ``data/policy/**/*.toml``. Raises FactError on a name or rate given twice."""
        by_name: dict[str, Standard] = {}
        for file, table in files.items():
            standard = build(Standard, table, file=file)
            _check(standard, file)
            if standard.name in by_name:
                raise FactError(file, f"标准“{standard.name}”在另一文件里已有", remedy="改名或合并")
            by_name[standard.name] = standard
        return cls(by_name)


def _check(standard: Standard, file: str) -> None:
    seen: set[tuple[date, tuple[str, ...]]] = set()
    for number, rate in enumerate(standard.rates, 1):
        at = f"rate[{number}]"
        if len(rate.key) != len(standard.dimensions):
            wanted = "、".join(standard.dimensions) or "不写 key"
            raise FactError(file, "key 的个数与 dimensions 不同", key=at, remedy=f"依次写：{wanted}")
        if (rate.fen is None) == standard.is_money or (rate.percent is None) != standard.is_money:
            raise FactError(file, "金额写 fen，比例写 percent，二者恰写一个", key=at)
        if (rate.since, rate.key) in seen:
            raise FactError(file, f"{rate.since} 的同一标准写了两行", key=at, remedy="删去一行")
        seen.add((rate.since, rate.key))
