"""Which files may be of one person: masked keys over the identity numbers, and what else must agree.

A number is held as an integer of its first seventeen digits: the check character says nothing of its own, and where
it was computed anew it hides nothing. Every one-digit error is found by the seventeen keys that leave one digit out,
every swap of two neighbouring digits by sixteen keys that put such a pair in order (performance.md E). Near numbers
alone mean nothing in a county of 340,000; the pinyin of the name, the phone, or birth and village must agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import add

import polars as pl

from yizhou.core.id_numbers import birth_expr, good_check_expr

CERTAIN, PROBABLE = "CERTAIN", "PROBABLE"
"""Strengths: nothing speaks against one person; something differs that a clerk should look at."""
DIGITS = 17
MOST_IN_KEY = 200
"""Files with one key beyond which it is no evidence: an institute's number that stands for everybody's phone."""
SCHEMA = {
    "id": pl.Int64,
    "number": pl.Int64,
    "name": pl.String,
    "pinyin": pl.String,
    "born": pl.Int32,
    "village": pl.String,
    "phone": pl.Int64,
    "enlisted": pl.Int32,
    "trusted": pl.Boolean,
}
"""Columns of the people that are compared; numbers and phones as integers, days as numbers of the calendar."""
SECOND = "SECOND"
EVIDENCE = {
    "DIGIT": "证件号只差一位",
    "SWAP": "证件号相邻两位颠倒",
    "NAMESAKE": "姓名、出生日期、户籍地都相同，证件号不同",
    "HOMOPHONE": "姓名同音，出生日期、户籍地相同",
    "MOVED": "姓名同音，出生日期、手机相同，户籍地不同",
    SECOND: "证件号不可信，其余各项合起来像同一人（概率比对）",
}
"""The rules that join two files, by what they say."""
FACTS = {
    "name": "姓名",
    "pinyin": "姓名读音",
    "born": "出生日期",
    "village": "户籍地",
    "phone": "手机",
    "enlisted": "入伍时间",
}
"""What is compared once two files are held side by side."""

Progress = Callable[[str, float], None]


def find_pairs(people: pl.DataFrame, progress: Progress = lambda step, done: None) -> pl.DataFrame:  # noqa: ARG005  # nobody looks
    """Pairs ``a < b`` with ``rules`` and ``agrees`` (codes joined by ";") and ``strength``, each pair once.

    ``people`` has the columns of ``SCHEMA``; a missing number, phone or day is null and agrees with nothing.
    """
    # Words are compared as numbers; only names are read as words, in the few pairs that are left.
    codes = {name: pl.col(name).cast(pl.Categorical).to_physical() for name in ("pinyin", "village")}
    facts = people.with_columns(**codes)
    parts = []
    for done, (rule, key) in enumerate(_keys()):
        progress("比对证件号与姓名", done / (2 * DIGITS + 3))
        parts.append(_judged(facts, _joined(facts, key), rule))
    found = pl.concat(parts)
    if not found.height:
        return found.select("a", "b", "rules", "agrees", "strength")
    order = pl.col("rules").replace_strict(list(EVIDENCE), range(len(EVIDENCE)), return_dtype=pl.Int8)
    return (
        found.sort("a", "b", order)
        .group_by("a", "b", maintain_order=True)
        .agg(
            pl.col("rules").unique(maintain_order=True).str.join(";"),
            pl.col("agrees").first(),
            # One rule that is sure is enough.
            pl.col("strength").min(),
        )
    )


def trusted(number: str, born: str) -> pl.Expr:
    """Whether a column of numbers can be relied on: check character, birth date, and a district in the first six.

    A number of a whole province is made up for somebody who has none; only permits of 港澳台居民 begin like that.
    """
    text = pl.col(number)
    made_up = text.str.slice(2, 4).eq("0000") & ~text.str.slice(0, 2).is_in(["81", "82", "83"])
    sound = good_check_expr(number) & birth_expr(number).eq(pl.col(born)) & ~made_up
    return sound.fill_null(value=False)


def agreeing(people: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs ``a``, ``b`` with ``agrees``: the facts that are the same in both files, joined by ";"."""
    return _agreed(_side_by_side(people, pairs)).select("a", "b", "agrees")


def _keys() -> Iterator[tuple[str, pl.Expr]]:
    """What two files must share to be held side by side, with the rule that it belongs to."""
    number = pl.col("number")
    yield from (("DIGIT", without_digit(number, place)) for place in range(DIGITS))
    yield from (("SWAP", with_pair_in_order(number, place)) for place in range(DIGITS - 1))
    lives = pl.struct("pinyin", "born", "village")
    yield "HOMOPHONE", lives.hash()
    reached = pl.struct("pinyin", "born", "phone")
    yield "MOVED", pl.when(pl.col("phone").is_not_null()).then(reached.hash())


def without_digit(number: pl.Expr, place: int) -> pl.Expr:
    """The number with the digit at a place (from the right) left out: equal for numbers that differ there only."""
    unit: int = 10**place
    return number - number // unit % 10 * unit


def with_pair_in_order(number: pl.Expr, place: int) -> pl.Expr:
    """The number with two neighbouring digits in order: equal for a number and the one where they are swapped."""
    unit: int = 10**place
    right, left = number // unit % 10, number // (10 * unit) % 10
    swapped = number + (right - left) * 9 * unit
    return pl.when(left > right).then(swapped).otherwise(number)


def _joined(facts: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    """Pairs of files with one key: those few whose key is not theirs alone are joined with themselves."""
    keyed = facts.select("id", "pinyin", "phone", "born", "village", key.alias("key")).drop_nulls("key")
    sizes = pl.len().over("key")
    shared = keyed.filter(pl.col("key").is_duplicated()).filter(sizes <= MOST_IN_KEY)
    pairs = shared.join(shared, on="key", suffix="_b").filter(pl.col("id") < pl.col("id_b"))
    same = {name: pl.col(name) == pl.col(f"{name}_b") for name in ("pinyin", "phone", "born", "village")}
    agree = same["pinyin"] | same["phone"] | (same["born"] & same["village"])
    return pairs.filter(agree.fill_null(value=False)).select(
        pl.col("id").alias("a"), pl.col("id_b").alias("b")
    )


def _judged(facts: pl.DataFrame, pairs: pl.DataFrame, rule: str) -> pl.DataFrame:
    """Pairs with what agrees, without those where too little does."""
    kept = _agreed(_side_by_side(facts, pairs).filter(_enough(rule)))
    named = (
        pl.when(pl.col("same_name")).then(pl.lit("NAMESAKE")).otherwise(pl.lit("HOMOPHONE"))
        if rule == "HOMOPHONE"
        else pl.lit(rule)
    )
    return kept.select(
        "a",
        "b",
        named.alias("rules"),
        "agrees",
        pl.when(_sure(rule)).then(pl.lit(CERTAIN)).otherwise(pl.lit(PROBABLE)).alias("strength"),
    )


def _side_by_side(facts: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    both = pairs.join(facts, left_on="a", right_on="id").join(facts, left_on="b", right_on="id", suffix="_b")
    return both.with_columns(
        (pl.col(name) == pl.col(f"{name}_b")).fill_null(value=False).alias(f"same_{name}") for name in FACTS
    )


def _agreed(both: pl.DataFrame) -> pl.DataFrame:
    named = [pl.when(pl.col(f"same_{name}")).then(pl.lit(name)) for name in FACTS]
    return both.with_columns(pl.concat_str(named, separator=";", ignore_nulls=True).alias("agrees"))


def _enough(rule: str) -> pl.Expr:
    """Near numbers need the sound of the name with one thing more, the phone with one, or a name that almost agrees."""
    if rule == "MOVED":
        return ~pl.col("same_village")
    if rule == "HOMOPHONE":
        return pl.lit(value=True)
    by_sound = pl.col("same_pinyin") & _count("born", "village", "phone", "enlisted").ge(1)
    # Three characters are a name of one's own; two are borne by hundreds.
    by_sound |= pl.col("same_name") & (pl.col("name").str.len_chars() > 2)
    by_phone = pl.col("same_phone") & _count("born", "village", "enlisted").ge(1)
    # Twins live together and are born together with numbers in a row: their names differ, and so do their phones.
    by_place = pl.col("same_born") & pl.col("same_village") & _shares_given_name()
    return by_sound | by_phone | by_place


def _shares_given_name() -> pl.Expr:
    """Names that differ in one character while the last one is the same."""
    name, other = pl.col("name"), pl.col("name_b")
    last = name.str.slice(-1) == other.str.slice(-1)
    first = name.str.slice(0, 1) == other.str.slice(0, 1)
    long = (name.str.len_chars() > 2) & (other.str.len_chars() > 2)
    return pl.Expr.fill_null(last & first & long, value=False)


def _sure(rule: str) -> pl.Expr:
    near = rule in ("DIGIT", "SWAP")
    if near:
        return pl.col("same_name") & _count("born", "village", "phone").ge(2)
    return pl.col("same_name") & _count("village", "phone", "enlisted").ge(3)


def _count(*names: str) -> pl.Expr:
    return reduce(add, (pl.col(f"same_{name}").cast(pl.Int8) for name in names))
