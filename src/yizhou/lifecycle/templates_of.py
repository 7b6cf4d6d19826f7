"""Which events of a life open which tasks: the facts of ``data/life_events``."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from yizhou.core.facts import FactError, build, key, read_all

Trigger = Literal["enlisted", "discharged", "age_60", "merit", "died", "moved_out", "death_signals"]
LEVELS = {"VILLAGE": "村社站", "TOWN": "镇街站", "COUNTY": "县中心"}


@dataclass(frozen=True)
class TaskTemplate:
    """One task: who does it within which time; ``skip`` are the only reasons for which it may be left out."""

    code: str
    title: str
    level: Literal["VILLAGE", "TOWN", "COUNTY"]
    limit: int
    unit: Literal["workday", "calendar"]
    skip: tuple[str, ...]
    basis: str
    status: Literal["verified", "sample"]
    item: str = ""


@dataclass(frozen=True)
class EventTemplate:
    """One kind of event; facts older than ``reach`` days when they come to light open nothing any more.

    ``words`` in the record of a visit are a signal; of the kinds of signals those of ``alone`` are enough by themselves.
    """

    code: str
    name: str
    trigger: Trigger
    reach: int
    basis: str
    tasks: tuple[TaskTemplate, ...] = field(metadata=key("task"))
    words: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def task(self, code: str) -> TaskTemplate | None:
        """The task of that code; None for one that the site has taken out."""
        return next((task for task in self.tasks if task.code == code), None)


@cache
def templates() -> dict[str, EventTemplate]:
    """Every kind of event by code. Raises FactError."""
    found = [build(EventTemplate, table, file=file) for file, table in read_all("life_events").items()]
    by_code = {template.code: template for template in found}
    if len(by_code) != len(found):
        raise FactError("life_events", "有事件代码写了两次", key="code", remedy="每个文件用自己的 code")
    return by_code


def event_name(code: str) -> str:
    """Chinese name of a kind of event; one that the site has taken out reads as its code."""
    return templates()[code].name if code in templates() else code
