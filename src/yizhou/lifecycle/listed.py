"""名单比对: a list of another office is read and held against the files, set-wise; only matches are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from yizhou.core import clock, crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, refuse
from yizhou.core.text import bare_name
from yizhou.ledgers.reading import UnreadableFile, read_sheet_isolated
from yizhou.people.models import Person
from yizhou.people.models.person import ENDS

NUMBER, NAME, DAY, WORDS = "身份证号", "姓名", "日期", "备注"
HEADERS = (NUMBER, NAME, DAY, WORDS)
MOST = 20_000
"""Rows of one list."""
PART = 500
LOOKED_AT = ("id", "name", "household_area", "id_number_index", *ENDS)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody on file, by inner id, with the day and the words of the list."""

    person_id: int
    area: str
    noted_on: dt.date
    words: str = field(repr=False)


@dataclass(slots=True)
class Compared:
    """What a list holds: people on file, how many are not, and rows that were not used, each with its reason."""

    rows: int = 0
    hits: list[Hit] = field(default_factory=list)
    absent: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)

    def fault(self, row: Row, header: str, message: str, remedy: str) -> None:
        """A row that nothing was done with."""
        told = {"row": row["row_no"], "header": header, "message": message, "remedy": remedy}
        self.faults.append(told)


def compare(path: Path, noted_on: dt.date, actor: Actor) -> Compared:
    """Hold the list against the files in the actor's scope. Raises ``Refused`` for a file that cannot be read."""
    rows, found = _rows(path), Compared()
    found.rows = len(rows)
    numbers = {row["row_no"]: one for row in rows if (one := _number(row, found))}
    people = _people(set(numbers.values()), actor)
    seen: set[int] = set()
    for row in rows:
        number = numbers.get(row["row_no"])
        if number is None:
            continue
        person = people.get(number)
        if person is None:
            found.absent += 1
        elif (hit := _hit(row, person, noted_on, found)) and hit.person_id not in seen:
            seen.add(hit.person_id)
            found.hits.append(hit)
    found.faults.sort(key=lambda fault: fault["row"])
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        sheet = read_sheet_isolated(path)
    except UnreadableFile as error:
        refuse([Blocker("FILE", error.message, error.remedy)])
    if missing := [header for header in (NUMBER, NAME) if header not in sheet.headers]:
        refuse(
            [
                Blocker(
                    "HEADERS",
                    f"第 1 行没有“{'”“'.join(missing)}”一列",
                    f"表头写 {'、'.join(HEADERS)}，后两列可以没有",
                )
            ]
        )
    if sheet.frame.height > MOST:
        refuse([Blocker("TOO_MANY", f"名单超过 {MOST:,} 行", "分成几份上传")])
    numeric = sheet.numeric.get(NUMBER)
    rows: list[dict[str, Any]] = sheet.frame.to_dicts()
    for place, row in enumerate(rows):
        row["is_numeric"] = bool(numeric is not None and numeric[place])
    return rows


def _number(row: Row, found: Compared) -> str:
    """The number of a row in its 18-character form, empty where it is none."""
    number = id_numbers.normalise(row.get(NUMBER))
    if row["is_numeric"]:
        found.fault(row, NUMBER, "存成了数字，后几位已被 Excel 改掉", "先把该列设为“文本”，再重填")
        return ""
    if id_numbers.is_15(number):
        number = id_numbers.from_15(number)
    if not id_numbers.has_good_check(number):
        found.fault(
            row, NUMBER, "不是有效的身份证号" if number else "没有填身份证号", "核对后补上这一行，再传一次"
        )
        return ""
    return number


def _people(numbers: set[str], actor: Actor) -> dict[str, Person]:
    """Those on file and in sight, by number."""
    keys = {crypto.blind_index(keyring(), number): number for number in numbers}
    found: dict[str, Person] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        people = Person.objects.visible_to(actor).filter(id_number_index__in=part).only(*LOOKED_AT)
        found |= {keys[bytes(person.id_number_index)]: person for person in people}
    return found


def _hit(row: Row, person: Person, noted_on: dt.date, found: Compared) -> Hit | None:
    if bare_name(row.get(NAME) or "") != bare_name(person.name):
        found.fault(row, NAME, "身份证号在档，姓名对不上", "向提供名单的单位核实后再传")
        return None
    if person.is_gone(clock.today()):
        found.fault(row, NUMBER, "这份档案已去世、迁出或注销", "不必处理")
        return None
    day = _day(row.get(DAY), noted_on)
    if day is None:
        found.fault(row, DAY, "日期读不出来，或在今天之后", "写成 2026-03-02，或留空")
        return None
    return Hit(person.pk, person.household_area, day, (row.get(WORDS) or "").strip()[:200])


def _day(text: str | None, otherwise: dt.date) -> dt.date | None:
    if not (text or "").strip():
        return otherwise
    try:
        day = dt.date.fromisoformat((text or "").strip()[:10])
    except ValueError:
        return None
    return day if day <= clock.today() else None
