"""Numbers, names, addresses and telephones of people who do not exist."""

from __future__ import annotations

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.core.id_numbers import CHECK_CHARACTERS, WEIGHTS
from yizhou.demo.draw import Draw

SPREAD = 131
"""Has no factor in common with 500, so that counting in its steps meets every sequence number once."""


def with_numbers(people: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """``id_number``; one in twelve was born in the other county."""
    people = people.with_columns(
        pl.when(pl.lit(draw.chance("born elsewhere", 0.08)))
        .then(pl.lit(draw.one_of("other county", ["339902", "339921"])))
        .otherwise(pl.col("county"))
        .alias("born_in")
    )
    return numbered(people)


def numbered(people: pl.DataFrame) -> pl.DataFrame:
    """``id_number``: ``born_in``, birth date, sequence whose parity follows the sex, check character; unique."""
    place = pl.int_range(pl.len()).over("born_in", "birth_on", "sex")
    start = pl.col("birth_on").dt.ordinal_day().cast(pl.Int64) * 17
    order = 2 * ((place * SPREAD + start) % 500) + (pl.col("sex") == "1").cast(pl.Int64)
    first = pl.concat_str(
        "born_in", pl.col("birth_on").dt.strftime("%Y%m%d"), order.cast(pl.String).str.zfill(3)
    )
    people = people.with_columns(first.alias("first_17"))
    check = check_characters(people["first_17"])
    return people.with_columns((pl.col("first_17") + check).alias("id_number"))


def strangers(draw: Draw, district: str, born: tuple[int, int] = (1966, 1999)) -> pl.DataFrame:
    """``id_number``, ``name``, ``phone``, ``sex`` and ``birth_on`` of people who are not on the register: their
    numbers are of a district of their own, so that nobody is also a veteran."""
    year, month, day = (
        pl.lit(draw.whole(what, low, high))
        for what, low, high in (("year", *born), ("month", 1, 12), ("day", 1, 28))
    )
    frame = pl.DataFrame({"sex": draw.pick("sex", {"1": 55, "2": 45})}).with_columns(
        pl.date(year, month, day).alias("birth_on"),
        pl.lit(district).alias("born_in"),
        pl.lit(None, dtype=pl.String).alias("relation"),
        pl.lit(0).alias("member"),
        pl.format("S{}", pl.int_range(pl.len())).alias("household_no"),
    )
    prefix = pl.lit(draw.one_of("prefix", read_toml("demo/names.toml")["phone_prefixes"]))
    phone = prefix + pl.lit(draw.whole("phone", 10_000_000, 99_999_999)).cast(pl.String)
    frame = with_names(numbered(frame), draw).with_columns(phone.alias("phone"))
    return frame.select("id_number", "name", "phone", "sex", "birth_on")


def check_characters(first_17: pl.Series) -> pl.Series:
    """The 18th character (GB 11643) of a column of 17 digits."""
    total = sum(
        (first_17.str.slice(at, 1).cast(pl.Int64) * weight for at, weight in enumerate(WEIGHTS)),
        start=pl.Series([0] * len(first_17), dtype=pl.Int64),
    )
    return pl.Series(list(CHECK_CHARACTERS)).gather(total % 11)


def with_names(people: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """``name``, and ``soldier_name`` for relatives; father and son share their surname, some names are rare."""
    facts = read_toml("demo/names.toml")
    weights = {sign: 1 / (rank + 3) for rank, sign in enumerate(facts["surnames"])}
    weights |= dict.fromkeys(facts["compound_surnames"], 0.002)
    family = people["household_no"].unique(maintain_order=True)
    shared = draw.also("families", len(family))
    families = pl.DataFrame({"household_no": family}).with_columns(
        shared.pick("surname", weights), shared.one_of("soldier", facts["male"])
    )
    people = people.join(families, on="household_no", maintain_order="left")
    own = pl.lit(draw.pick("own surname", weights))
    married_in = (pl.col("member") == 1) & (pl.col("sex") == "2")
    surname = pl.when(married_in).then(own).otherwise(pl.col("surname"))
    rare = pl.when(pl.lit(draw.chance("rare", 0.003))).then(pl.lit(draw.one_of("rare sign", facts["rare"])))
    male, female = _given(draw, facts["male"], "male"), _given(draw, facts["female"], "female")
    given = pl.coalesce(rare, pl.when(pl.col("sex") == "1").then(male).otherwise(female))
    dotted = pl.when(pl.lit(draw.chance("dotted", 0.001))).then(pl.lit(draw.one_of("dot", facts["dotted"])))
    soldier = pl.col("surname") + pl.col("soldier") + pl.lit("军")
    return people.with_columns(
        pl.coalesce(dotted, surname + given).alias("name"),
        pl.when(pl.col("relation").is_not_null()).then(soldier).alias("soldier_name"),
    )


def _given(draw: Draw, signs: str, what: str) -> pl.Expr:
    """One sign (22 %) or two."""
    first, second = draw.one_of(f"{what} first", signs), draw.one_of(f"{what} second", signs)
    single = pl.lit(draw.chance(f"{what} single", 0.22))
    return pl.when(single).then(pl.lit(first)).otherwise(pl.lit(first + second))


def with_contact(people: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """Addresses of the household, telephones, a bank account for those who are paid something."""
    prefix = pl.lit(draw.one_of("phone prefix", read_toml("demo/names.toml")["phone_prefixes"]))
    rest = pl.lit(draw.whole("phone", 0, 99_999_999)).cast(pl.String).str.zfill(8)
    other = pl.lit(draw.whole("second phone", 0, 99_999_999)).cast(pl.String).str.zfill(8)
    flat = pl.format("{}{}{}号{}室", "place", "street", "number", pl.col("group") * 100 + 1)
    house = pl.format("{}{}组{}号", "place", "group", "number")
    home = pl.when(pl.col("urban")).then(flat).otherwise(house)
    # Three in a hundred live in another village; one in five of those forgot the address: a doubt of the check.
    moved = pl.lit(draw.chance("lives elsewhere", 0.03))
    away = pl.lit(draw.one_of("residence", people["village"].unique().sort().to_list()))
    forgot = moved & pl.lit(draw.chance("no address", 0.2))
    account = _accounts(people, draw)
    return people.with_columns(
        pl.col("village").alias("household_area"),
        home.alias("household_address"),
        pl.when(moved).then(away).otherwise(pl.col("village")).alias("residence_area"),
        pl.when(~forgot).then(home).alias("residence_address"),
        (prefix + rest).alias("phone"),
        pl.when(pl.lit(draw.chance("emergency", 0.4))).then(prefix + other).alias("emergency_phone"),
        pl.when(pl.lit(draw.chance("bank", 0.6))).then(account).alias("bank_account"),
    )


def _accounts(people: pl.DataFrame, draw: Draw) -> pl.Series:
    """Card numbers of 19 digits with the right check digit, except one in two hundred."""
    first = "629999" + draw.whole("card", 0, 10**12 - 1).cast(pl.String).str.zfill(12)
    total = pl.Series([0] * people.height, dtype=pl.Int64)
    for at in range(18):
        digit = first.str.slice(at, 1).cast(pl.Int64)
        total += digit * 2 - (digit > 4).cast(pl.Int64) * 9 if (18 - at) % 2 else digit
    wrong = draw.chance("wrong card", 0.005).cast(pl.Int64)
    return first + ((10 - total % 10 + wrong) % 10).cast(pl.String)
