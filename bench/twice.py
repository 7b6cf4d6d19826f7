"""The people of the benchmarks with copies of one person in a hundred thirds: what a county's file holds twice.

Each copy errs in one way — a wrong digit, two neighbouring digits swapped, a homophone in the name, another village —
and half of the wrong numbers have a check character computed anew, so that they are valid. The truth is known.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import polars as pl

from bench.people_file import WEIGHTS, people, villages
from yizhou.core import id_numbers

SHARE = 0.03
HOMOPHONES = dict(
    zip(
        "建华明志强伟海永林荣德云飞文良新宇玉兰英芳",
        "健花名智墙纬嗨勇临容得耘菲纹梁欣雨钰蓝鹰方",
        strict=True,
    )
)


@dataclass(frozen=True)
class Twice:
    """People with their copies: the columns that are compared, as text, and which pairs of ids are one person."""

    frame: pl.DataFrame
    truth: set[tuple[int, int]]


def twice(count: int, *, seed: int = 11) -> Twice:
    """``count`` people with three in a hundred of them copied."""
    source = random.Random(seed)
    plain = people(round(count / (1 + SHARE)), dirty=0).select(
        number="身份证号",
        name="姓名",
        born="出生日期",
        village="户籍地区划",
        phone="联系电话",
        enlisted="入伍时间",
    )
    rows = plain.rows(named=True)
    chosen = sorted(source.sample(range(len(rows)), count - len(rows)))
    copies = [_copy(rows[i], source) for i in chosen]
    frame = pl.DataFrame([*rows, *copies], schema=plain.schema).with_row_index("id", offset=1)
    truth = {(i + 1, len(rows) + n + 1) for n, i in enumerate(chosen)}
    return Twice(frame.with_columns(pl.col("id").cast(pl.Int64)), truth)


def _copy(row: dict[str, str], source: random.Random) -> dict[str, str]:
    """The same person once more, taken down with a mistake in the number and often with others besides."""
    copy = dict(row)
    kind = source.randrange(4)
    copy["number"] = number = _wrong(row["number"], source, swap=kind == 1)
    # The ledger takes no birth date that differs from the number's: it errs along.
    copy["born"] = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    if kind == 2 and (heard := "".join(HOMOPHONES.get(c, c) for c in row["name"][1:])):
        copy["name"] = row["name"][0] + heard
    if kind == 3:
        copy["village"] = source.choice(villages())
    if source.random() < 0.4:
        copy["phone"] = f"13{source.randrange(10**9):09d}"
    return copy


def _wrong(number: str, source: random.Random, *, swap: bool) -> str:
    """A wrong number with an existing day of birth, as every ledger asks for."""
    while True:
        wrong = _swapped(number, source) if swap else _one_wrong(number, source)
        born = id_numbers.birth_on(wrong)
        if born is not None and 1906 <= born.year <= 2025:
            return wrong


def _one_wrong(number: str, source: random.Random) -> str:
    place = source.randrange(6, 17)
    wrong = source.choice([digit for digit in "0123456789" if digit != number[place]])
    return _ended(number[:place] + wrong + number[place + 1 :], source)


def _swapped(number: str, source: random.Random) -> str:
    places = [i for i in range(6, 16) if number[i] != number[i + 1]]
    i = source.choice(places)
    return _ended(number[:i] + number[i + 1] + number[i] + number[i + 2 :], source)


def _ended(number: str, source: random.Random) -> str:
    """In half of the copies the check character fits the wrong digits."""
    if source.random() < 0.5:
        return number
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return number[:17] + "10X98765432"[total % 11]
