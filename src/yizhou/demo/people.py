"""A fictional population as a file of the ledger ``people``: households, then persons, then their service and life."""

from __future__ import annotations

from typing import Any

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.demo import identity, life, service
from yizhou.demo.draw import Draw
from yizhou.demo.places import villages
from yizhou.demo.twins import with_twins

Weights = dict[str, Any]
TWO = ("VET2", "ARMY2", "SURV2")
"""Kinds of households with two persons in the ledger."""
VETERAN, ARMY, SURVIVOR, OTHER = "VET", "ARMY", "SURV", "OTHER"


def population(count: int, year: int, seed: int) -> pl.DataFrame:
    """``count`` people as they stand at the end of ``year``: the ledger's fields and some that only the demo needs.

    About 3 % of them carry a doubt (a warning of the check), none an error; a handful are on file twice.
    """
    weights = read_toml("demo/people.toml")
    people = persons(households(count, seed, weights), count)
    draw = Draw(seed, "people", people.height)
    people = with_age(people, draw, weights, year)
    people = identity.with_numbers(people, draw)
    people = identity.with_names(people, draw)
    people = service.with_service(people, draw, weights, year)
    people = service.with_categories(people, draw, weights)
    people = identity.with_contact(people, draw)
    people = life.with_standing(people, draw, weights, year)
    people = life.with_living(people, draw, weights)
    return with_twins(life.with_file(people, draw, year))


def households(count: int, seed: int, weights: Weights) -> pl.DataFrame:
    """Households in random order, at least enough for ``count`` persons."""
    draw = Draw(seed, "households", count)
    where = villages()
    chosen = draw.pick("village", dict(zip(where["village"], where["weight"], strict=True)))
    kinds = draw.pick("kind", weights["household_kinds"])
    frame = pl.DataFrame({"village": chosen, "household_kind": kinds})
    return frame.join(where, on="village", maintain_order="left").with_columns(
        pl.format("H{}", pl.int_range(pl.len()) + 100_001).alias("household_no"),
        draw.whole("group", 1, 12).alias("group"),
        draw.whole("number", 1, 260).alias("number"),
        draw.one_of("street", read_toml("demo/names.toml")["streets"]).alias("street"),
        # What a family's members share: the serving or fallen soldier's given name, and the age of the younger.
        draw.uniform("family").alias("family"),
    )


def persons(homes: pl.DataFrame, count: int) -> pl.DataFrame:
    """One or two rows a household; ``member`` is 0 for the first. Exactly ``count`` rows."""
    members = pl.when(pl.col("household_kind").is_in(TWO)).then([0, 1]).otherwise([0])
    people = homes.with_columns(members.alias("member")).explode("member").head(count)
    return people.with_columns(pl.col("household_kind").str.replace(r"\d$", "").alias("kind"))


def with_age(people: pl.DataFrame, draw: Draw, weights: Weights, year: int) -> pl.DataFrame:
    """``relation`` to the soldier, ``sex``, ``age`` at the end of the year and ``birth_on``."""
    army = draw.pick("army relation", weights["army_relations"])
    bereaved = draw.pick("survivor relation", weights["survivor_relations"])
    first = pl.col("member") == 0
    people = people.with_columns(
        pl.when(pl.col("household_kind") == "ARMY2")
        .then(pl.when(first).then(pl.lit("51")).otherwise(pl.lit("52")))
        .when(pl.col("kind") == ARMY)
        .then(army)
        .when(pl.col("kind") == SURVIVOR)
        .then(bereaved)
        .alias("relation")
    )
    people = people.with_columns(_sex(draw).alias("sex"), _age(draw).alias("age"))
    month, day = pl.lit(draw.whole("birth month", 1, 12)), pl.lit(draw.whole("birth day", 1, 28))
    return people.with_columns(pl.date(year - pl.col("age"), month, day).alias("birth_on"))


def _sex(draw: Draw) -> pl.Expr:
    relation, luck = pl.col("relation"), draw.uniform("sex")
    return (
        pl.when(relation.is_in(["51", "20"]))
        .then(pl.lit("1"))
        .when(relation.is_in(["52", "30", "10"]))
        .then(pl.lit("2"))
        .when(pl.lit(luck) < pl.when(pl.col("kind") == VETERAN).then(0.955).otherwise(0.55))
        .then(pl.lit("1"))
        .otherwise(pl.lit("2"))
    )


def _age(draw: Draw) -> pl.Expr:
    """Veterans of all ages, parents of soldiers around fifty, survivors old; a father is 24 to 34 years older."""
    middle = pl.lit(draw.normal("age", 53, 18).clip(22, 97)).floor()
    young = pl.lit(draw.whole("young age", 22, 44))
    son = 22 + (pl.col("family") * 20).floor()
    gap = pl.lit(draw.whole("gap", 24, 34))
    relation = pl.col("relation")
    age = (
        pl.when(pl.col("household_kind") == "VET2")
        .then(pl.when(pl.col("member") == 0).then(son + gap).otherwise(son))
        .when((pl.col("kind") == ARMY) & relation.is_in(["51", "52"]))
        .then(pl.lit(draw.whole("parent age", 44, 60)))
        .when((pl.col("kind") == ARMY) & (relation == "10"))
        .then(young)
        .when(pl.col("kind") == ARMY)
        .then(pl.lit(draw.whole("child age", 15, 19)))
        .when(pl.col("kind") == SURVIVOR)
        .then(pl.lit(draw.normal("survivor age", 72, 11).clip(30, 97)).floor())
        .when(pl.col("kind") == OTHER)
        .then(pl.lit(draw.whole("other age", 45, 88)))
        .otherwise(middle)
    )
    return age.cast(pl.Int64)
