"""Which looks of a day stand out: pure functions over the looks, the acts and the numbers of ``data/parameters.toml``.

Each answers with what was counted, what it was held against, and the looks. None of them says that anything is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from yizhou.core.refusal import Blocker

SHORTEST, LONGEST = 4, 200


@dataclass(frozen=True, slots=True)
class Look:
    """One look at an original: when (local time), whose, where that person lies."""

    event_id: int
    at: dt.datetime
    person_id: int
    area: str


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers to hold looks against."""

    many_people: int
    many_times_usual: int
    night_from: int
    night_to: int
    night_looks: int
    idle_people: int
    villages: int
    same_looks: int


@dataclass(frozen=True, slots=True)
class Finding:
    """What stood out."""

    rule: str
    count: int
    limit: int
    event_ids: tuple[int, ...]
    subject: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """One account's day. ``usual`` are how many people it looked at on earlier days with looks; ``acted_on`` whom it did
    something for that day; ``own`` the villages it answers for; ``week`` its looks of the last days with this one, and
    ``acted_in_week`` whom it did something for in them."""

    looks: Sequence[Look]
    usual: Sequence[int]
    acted_on: frozenset[int]
    own: frozenset[str]
    is_workday: bool
    week: Sequence[Look]
    acted_in_week: frozenset[int]


def findings(day: Day, limits: Limits) -> list[Finding]:
    """What stands out in a day."""
    found = [_many(day, limits), _night(day, limits), _idle(day, limits), _spread(day, limits)]
    return [*(one for one in found if one), *_same(day, limits)]


def _many(day: Day, limits: Limits) -> Finding | None:
    people = {look.person_id for look in day.looks}
    usual = median(day.usual) if day.usual else 0
    limit = max(limits.many_people, int(limits.many_times_usual * usual))
    return Finding("MANY", len(people), limit, _ids(day.looks)) if len(people) >= limit else None


def _night(day: Day, limits: Limits) -> Finding | None:
    late = [look for look in day.looks if not day.is_workday or _is_night(look.at.hour, limits)]
    return (
        Finding("NIGHT", len(late), limits.night_looks, _ids(late))
        if len(late) >= limits.night_looks
        else None
    )


def _is_night(hour: int, limits: Limits) -> bool:
    return hour >= limits.night_from or hour < limits.night_to


def _idle(day: Day, limits: Limits) -> Finding | None:
    idle = [look for look in day.looks if look.person_id not in day.acted_on]
    people = {look.person_id for look in idle}
    return (
        Finding("IDLE", len(people), limits.idle_people, _ids(idle))
        if len(people) >= limits.idle_people
        else None
    )


def _spread(day: Day, limits: Limits) -> Finding | None:
    others = [look for look in day.looks if look.area and look.area not in day.own]
    villages = {look.area for look in others}
    if len(villages) < limits.villages:
        return None
    return Finding("SPREAD", len(villages), limits.villages, _ids(others))


def _same(day: Day, limits: Limits) -> Iterable[Finding]:
    by_person: dict[int, list[Look]] = {}
    for look in day.week:
        by_person.setdefault(look.person_id, []).append(look)
    # Told on a day on which she was looked at once more, not again on the quiet days after it.
    today = {look.person_id for look in day.looks}
    for person_id, looks in by_person.items():
        if person_id in today and person_id not in day.acted_in_week and len(looks) >= limits.same_looks:
            yield Finding("SAME", len(looks), limits.same_looks, _ids(looks), person_id)


def _ids(looks: Iterable[Look]) -> tuple[int, ...]:
    return tuple(look.event_id for look in looks)


def blockers_to_settle(
    reader: int, settler: int | None, note: str, state: Mapping[str, str]
) -> list[Blocker]:
    """Nobody settles one's own looks; what is settled says how."""
    found = []
    if reader == settler:
        found.append(Blocker("OWN", "不能核实自己的查看", "请另一位负责人核实"))
    if not state:
        found.append(Blocker("STATE", "没有选核实结果", "选“已说明”或“上报”"))
    length = len(note.strip())
    if not SHORTEST <= length <= LONGEST:
        found.append(
            Blocker("NOTE", f"请写明核实情况（{SHORTEST} 到 {LONGEST} 字）", "例：当日集中核对优抚年审名单")
        )
    return found
