"""How a second opinion weighs what two files say: the facts, how alike they can be, and how often that is seen.

For files without a trusted identity number the masked keys have nothing to hold on to, so what else is known is weighed
as Fellegi and Sunter do: each level of likeness has its share among files of one person and among files of any two. The
shares are set, not learnt: a county has too few such files to learn from, and the same files must give the same answer.
Neither numbers nor telephones are told: phones stand as serial numbers that are equal where the phones are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from yizhou.merging.rules import MOST_IN_KEY


@dataclass(frozen=True)
class Level:
    """A degree of likeness: its condition between ``l`` and ``r`` in SQL, its words, its shares.

    ``same``: how often two files of one person are that much alike; ``any_two``: how often those of any two people.
    """

    code: str
    condition: str
    words: str
    same: float
    any_two: float


@dataclass(frozen=True)
class Fact:
    """What is weighed: levels from the most alike to the rest; what either file lacks weighs nothing."""

    name: str
    label: str
    levels: tuple[Level, ...]


def _equal(column: str) -> str:
    return f'"{column}_l" = "{column}_r"'


ONE_PART = "(month(born_l) = month(born_r))::int + (day(born_l) = day(born_r))::int + (year(born_l) = year(born_r))::int = 2"
SAME_FRAME = "left(name_l, 1) = left(name_r, 1) and right(name_l, 1) = right(name_r, 1) and length(name_l) > 2 and length(name_r) > 2"
ELSE = "ELSE"
FACTS = (
    Fact(
        "name",
        "姓名",
        (
            Level("same", f"{_equal('name')} and length(name_l) > 2", "姓名相同", 0.62, 0.0002),
            Level("short", _equal("name"), "姓名相同（两个字，常见）", 0.13, 0.0005),
            Level("sound", _equal("pinyin"), "姓名同音", 0.1, 0.0006),
            Level(
                "near",
                f"({SAME_FRAME}) or levenshtein(pinyin_l, pinyin_r) <= 2",
                "姓名只差一字或一音",
                0.1,
                0.004,
            ),
            Level("other", ELSE, "姓名不同", 0.05, 0.9947),
        ),
    ),
    Fact(
        "born",
        "出生日期",
        (
            Level("same", _equal("born"), "出生日期相同", 0.8, 0.00003),
            Level("near", ONE_PART, "出生日期只差年、月、日中的一项", 0.14, 0.005),
            Level("year", "abs(year(born_l) - year(born_r)) <= 1", "出生年份相同或差一年", 0.03, 0.05),
            Level("other", ELSE, "出生日期不同", 0.03, 0.94497),
        ),
    ),
    Fact(
        "phone",
        "手机",
        (
            Level("same", _equal("phone"), "手机相同", 0.55, 0.0001),
            Level("other", ELSE, "手机不同", 0.45, 0.9999),
        ),
    ),
    Fact(
        "village",
        "户籍地",
        (
            Level("same", _equal("village"), "户籍地同村（社区）", 0.75, 0.005),
            Level("town", "left(village_l, 9) = left(village_r, 9)", "户籍地同镇街", 0.1, 0.04),
            Level("county", "left(village_l, 6) = left(village_r, 6)", "户籍地同县", 0.1, 0.3),
            Level("other", ELSE, "户籍地不同", 0.05, 0.655),
        ),
    ),
    Fact(
        "enlisted",
        "入伍时间",
        (
            Level("same", _equal("enlisted"), "入伍时间相同", 0.8, 0.01),
            Level("year", "year(enlisted_l) = year(enlisted_r)", "入伍同年", 0.1, 0.03),
            Level("other", ELSE, "入伍时间不同", 0.1, 0.96),
        ),
    ),
)
"""What is weighed, in the order in which it is told."""
BLOCKS = (
    ("phone",),
    ("pinyin", "born"),
    ("pinyin", "village"),
    ("pinyin", "year"),
    ("pinyin", "enlisted"),
    ("born", "village"),
    ("village", "surname", "year"),
)
"""Two files are held side by side when they share all of one of these."""
SHARE_TWICE, FEWEST = 0.1, 10_000
"""One in ten files without a trusted number is taken to be a second one; a chance likeness grows with the county."""
UNKNOWN = "none"


def prior(people: int) -> float:
    """How likely any two of so many files are one person's, where one of them has no trusted number."""
    return SHARE_TWICE / max(people, FEWEST)


def candidates(people: pl.DataFrame, most: int) -> pl.DataFrame:
    """What is weighed: up to ``most`` files without a trusted number (``bare``), and whoever shares a block with one.

    ``people`` has the columns of ``rules.SCHEMA``.
    """
    codes = pl.col("phone").rank("dense").cast(pl.Int64)
    facts = people.select(
        "id",
        "name",
        "pinyin",
        "village",
        pl.col("born").cast(pl.Date),
        pl.col("enlisted").cast(pl.Date),
        # A number that stands for everybody's phone is no evidence.
        pl.when(pl.len().over("phone") <= MOST_IN_KEY).then(codes).alias("phone"),
        pl.col("name").str.slice(0, 1).alias("surname"),
        pl.col("born").cast(pl.Date).dt.year().alias("year"),
        (~pl.col("trusted").fill_null(value=False)).alias("bare"),
    )
    bare = facts.filter("bare").head(most)
    shared = reduce(or_, (_in_block(bare, block) for block in BLOCKS))
    return facts.filter(pl.col("id").is_in(bare["id"].implode()) | (~pl.col("bare") & shared))


def _in_block(bare: pl.DataFrame, block: tuple[str, ...]) -> pl.Expr:
    """Whether somebody of ``bare`` has the same values; what is missing is shared with nobody."""
    known = pl.all_horizontal(pl.col(name).is_not_null() for name in block)
    keys = bare.filter(known).select(pl.struct(block).hash()).to_series().unique()
    return known & pl.struct(block).hash().is_in(keys.implode())


def told(opinion: str) -> tuple[list[str], list[str]]:
    """What speaks for one person and what against it, in words, of an opinion ("name=same;born=near")."""
    speaks_for: list[str] = []
    against: list[str] = []
    levels = dict(part.split("=") for part in opinion.split(";") if part)
    for fact in FACTS:
        for level in fact.levels:
            if levels.get(fact.name) == level.code:
                (speaks_for if level.same > level.any_two else against).append(level.words)
    return speaks_for, against
