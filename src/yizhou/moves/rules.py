"""What has to be said for a move, who may answer, and where what is paid passes from one place to the other. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from yizhou.core.refusal import Blocker
from yizhou.lifecycle.rules import first_month_there, gaps, month_after

SHORTEST, LONGEST = 4, 200
LONGEST_NUMBER, LONGEST_ADDRESS, LONGEST_OFFICE = 40, 120, 80
NOT_FOUND = Blocker(
    "NOT_FOUND", "没有找到，或已在本辖区建档", "对照证件核对身份证号和姓名；确无档案的，采集建档"
)
"""One answer for a wrong number, a wrong name and a file of one's own: it must not tell who is on file elsewhere."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the station to which somebody came knows and wants. Number and name are both needed, both exact."""

    id_number: str = field(repr=False)
    name: str = field(repr=False)
    to_area: str = ""
    address: str = field(default="", repr=False)
    moved_on: dt.date | None = None
    document_no: str = ""
    words: str = ""
    is_residence: bool = False


def blockers_of_wish(wish: Wish, today: dt.date, *, is_inside: bool) -> list[Blocker]:
    """What is missing or wrong, whoever is meant; ``is_inside``: the new division is a village of the asker's areas."""
    found = []
    if not wish.id_number.strip() or not wish.name.strip():
        found.append(Blocker("WHO", "身份证号和姓名都要填", "照身份证逐字填写"))
    if not is_inside:
        found.append(Blocker("TO_AREA", "迁入的户籍地须是本辖区的村、社区", "从列表里选一个"))
    if not 0 < len(wish.address.strip()) <= LONGEST_ADDRESS:
        found.append(Blocker("ADDRESS", "没有写新的户籍地址，或写得太长", "照户口簿填写"))
    if wish.moved_on is None or wish.moved_on > today:
        found.append(Blocker("MOVED_ON", "迁移日期没有填，或在今天之后", "以户口簿的迁入日期为准"))
    if not 0 < len(wish.document_no.strip()) <= LONGEST_NUMBER:
        found.append(Blocker("DOCUMENT", "没有写凭证编号，或写得太长", "户口迁移证或准予迁入证明的编号"))
    if len(wish.words.strip()) > LONGEST:
        found.append(Blocker("WORDS", f"说明最多 {LONGEST} 字", "写短一些"))
    return found


def blockers_to_answer(asked_by: int | None, account_id: int | None) -> list[Blocker]:
    """Why this account cannot be the other side."""
    if asked_by is not None and asked_by == account_id:
        return [Blocker("SAME_PERSON", "申请人不能确认自己的申请", "请迁出地的同事办理")]
    return []


def blockers_of_note(note: str, *, refuses: bool) -> list[Blocker]:
    """Who sends a request back says why."""
    if refuses and len(note.strip()) < SHORTEST:
        return [Blocker("NOTE", "退回须写明理由", "例：户籍未迁出；凭证编号与户口簿不符")]
    if len(note.strip()) > LONGEST:
        return [Blocker("NOTE_LENGTH", f"意见最多 {LONGEST} 字", "写短一些")]
    return []


@dataclass(frozen=True, slots=True)
class Seam:
    """One benefit around a move: the last month paid before the change of hands and the first one after it."""

    last_before: str
    first_after: str
    missing: list[str]
    doubled: list[str]

    @property
    def is_torn(self) -> bool:
        """Whether there is something to look into."""
        return bool(self.missing or self.doubled)


def seam(months: Iterable[str], moved_on: dt.date, through: str) -> Seam:
    """Where payment passes from one place to the other: the year of the move is paid by where somebody came from.

    Looked at from December before that year, so that its own January is seen, through the month ``through``: later
    ones are not due yet. A month that stands twice was paid twice.

    >>> seam(["2025-11", "2025-12", "2026-02"], dt.date(2025, 6, 3), "2026-02")
    Seam(last_before='2025-12', first_after='2026-02', missing=['2026-01'], doubled=[])
    >>> seam(["2025-12", "2025-12", "2026-01"], dt.date(2025, 6, 3), "2026-01").doubled
    ['2025-12']
    """
    there, begin = first_month_there(moved_on), f"{moved_on.year - 1}-12"
    paid = sorted(months)
    watched = [month for month in paid if begin <= month]
    return Seam(
        last_before=max((month for month in paid if month < there), default=""),
        first_after=min((month for month in paid if month >= there), default=""),
        missing=gaps(watched, through),
        doubled=sorted({month for month in watched if watched.count(month) > 1}),
    )


def incoming_seam(last_there: str, months: Iterable[str], through: str) -> Seam:
    """Where payment passes over from an office beyond the city, which has paid through ``last_there``.

    Gaps run from the month after it through ``through``; a month paid here that was paid there as well, or twice here,
    is doubled.

    >>> incoming_seam("2025-12", ["2026-02", "2026-03"], "2026-03")
    Seam(last_before='2025-12', first_after='2026-02', missing=['2026-01'], doubled=[])
    >>> incoming_seam("2025-12", ["2025-12", "2026-01"], "2026-01").doubled
    ['2025-12']
    """
    here = sorted(months)
    again = {month for month in here if month <= last_there or here.count(month) > 1}
    return Seam(last_there, here[0] if here else "", gaps([last_there, *here], through), sorted(again))


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter of the former office says; ``paid`` is the last month paid there by benefit, as it was typed."""

    moved_on: dt.date | None = None
    former_office: str = ""
    letter_no: str = ""
    words: str = ""
    paid: Mapping[str, str] = field(default_factory=dict, repr=False)


def blockers_of_letter(letter: Letter, today: dt.date) -> list[Blocker]:
    """What is missing or wrong in it."""
    found = []
    if letter.moved_on is None or letter.moved_on > today:
        found.append(Blocker("MOVED_ON", "迁入日期没有填，或在今天之后", "以户口簿的迁入日期为准"))
    if not 2 <= len(letter.former_office.strip()) <= LONGEST_OFFICE:
        found.append(Blocker("OFFICE", "没有写迁出地主管部门，或写得太长", "照转移函的落款填写"))
    if not 0 < len(letter.letter_no.strip()) <= LONGEST_NUMBER:
        found.append(Blocker("LETTER", "没有写转移函编号，或写得太长", "照转移函填写"))
    if len(letter.words.strip()) > LONGEST:
        found.append(Blocker("WORDS", f"说明最多 {LONGEST} 字", "写短一些"))
    if wrong := [month for month in letter.paid.values() if not _is_month(month, today)]:
        found.append(
            Blocker(
                "PAID", f"末次发放月份“{wrong[0][:10]}”读不出来，或在本月之后", "写成 2025-12，没有发放的留空"
            )
        )
    return found


def _is_month(text: str, today: dt.date) -> bool:
    return re.fullmatch(r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])", text) is not None and text <= f"{today:%Y-%m}"


def spans(months: Iterable[str]) -> str:
    """Months in order, those that follow each other as from and to.

    >>> spans(["2025-11", "2025-12", "2026-01", "2026-04", "2026-06", "2026-07"])
    '2025-11 至 2026-01、2026-04、2026-06 至 2026-07'
    """
    runs: list[list[str]] = []
    for month in months:
        if runs and month == month_after(runs[-1][-1]):
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]} 至 {run[-1]}" for run in runs)
