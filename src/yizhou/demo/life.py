"""Party, family, schooling, work, income, insurance; when the file was collected, archived and ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from yizhou.demo.draw import Draw
from yizhou.ledgers.columns import layouts

Weights = dict[str, Any]
FIRST_COLLECTION = dt.date(2019, 3, 1)
"""Nationwide collection began in 2019."""
INCOMPLETE = 0.08
"""Share of people whose file is not archived because something is missing."""


def with_standing(people: pl.DataFrame, draw: Draw, weights: Weights, year: int) -> pl.DataFrame:
    """Ethnic group, party, marriage, schooling, health."""
    drawn = pl.lit(draw.pick("politics", weights["politics"]))
    young = (pl.col("age") <= 27) & pl.lit(draw.chance("league", 0.6))
    politics = pl.when(young).then(pl.lit("03")).when(pl.col("age") < 22).then(pl.lit("13")).otherwise(drawn)
    people = people.with_columns(politics.alias("politics"))
    born = pl.col("birth_on").dt.year().cast(pl.Int64)
    joined = pl.min_horizontal(born + pl.lit(draw.whole("joined", 20, 34)), pl.lit(year))
    member = pl.col("politics").is_in(["01", "02"])
    schooling = [
        pl.lit(draw.pick(f"education {age}", weights[f"education_{age}"]))
        for age in ("old", "middle", "young")
    ]
    age = pl.col("age")
    return people.with_columns(
        pl.lit(draw.pick("ethnic", weights["ethnic"])).alias("ethnic"),
        pl.when(member).then(pl.date(joined, 7, 1)).alias("party_joined_on"),
        _marital(draw).alias("marital"),
        pl.when(age >= 65)
        .then(schooling[0])
        .when(age >= 40)
        .then(schooling[1])
        .otherwise(schooling[2])
        .alias("education"),
        _health(draw).alias("health"),
        pl.when(pl.col("urban"))
        .then(pl.lit(draw.pick("hukou", {"2": 85, "1": 15})))
        .otherwise(pl.lit(draw.pick("rural hukou", {"1": 92, "2": 8})))
        .alias("household_type"),
    )


def _marital(draw: Draw) -> pl.Expr:
    luck, age = pl.lit(draw.uniform("marital")), pl.col("age")
    return (
        pl.when(age < 24)
        .then(pl.lit("10"))
        .when((age < 32) & (luck < 0.55))
        .then(pl.lit("10"))
        .when((age >= 75) & (luck < 0.35))
        .then(pl.lit("30"))
        .when(luck > 0.985)
        .then(pl.lit("10"))
        .when(luck > 0.93)
        .then(pl.lit("40"))
        .when(luck > 0.9)
        .then(pl.lit("22"))
        .when(luck > 0.6)
        .then(pl.lit("21"))
        .otherwise(pl.lit("20"))
    )


def _health(draw: Draw) -> pl.Expr:
    luck, age = pl.lit(draw.uniform("health")), pl.col("age")
    return (
        pl.when(pl.col("disability_level").is_not_null())
        .then(pl.lit("6"))
        .when((age >= 60) & (luck < 0.35))
        .then(pl.lit("3"))
        .when(luck > 0.86)
        .then(pl.lit("2"))
        .otherwise(pl.lit("1"))
    )


def with_living(people: pl.DataFrame, draw: Draw, weights: Weights) -> pl.DataFrame:
    """Work, income, insurance, hardship, how closely the station keeps in touch, service in a war."""
    people = people.with_columns(_employment(draw).alias("employment_status"))
    at_work = pl.col("employment_status").is_in(["1", "5", "6"])
    income = pl.lit(draw.gamma("income", 3, 1700)) * pl.when(at_work).then(1.0).otherwise(0.35)
    special = pl.lit(draw.pick("special", weights["special_types"]))
    is_special = pl.lit(draw.chance("is special", 0.04))
    worker = pl.col("employment_status").is_in(["1", "2"])
    closeness = pl.lit(draw.pick("contact", weights["contact_classes"]))
    in_war = pl.col("other_categories").str.contains("A02").fill_null(value=False)
    return people.with_columns(
        (income.round(0).cast(pl.Int64).cast(pl.String) + ".00").alias("monthly_income"),
        pl.when(is_special).then(special).alias("special_type"),
        pl.when((pl.col("age") >= 70) & pl.lit(draw.chance("lonely", 0.02)))
        .then(pl.lit("是"))
        .otherwise(pl.lit("否"))
        .alias("lonely"),
        pl.when(worker)
        .then(pl.lit("1"))
        .otherwise(pl.lit(draw.pick("pension", {"2": 90, "1": 5, "3": 2, "9": 3})))
        .alias("pension_insurance"),
        pl.when(worker)
        .then(pl.lit("1"))
        .otherwise(pl.lit(draw.pick("medical", {"2": 88, "4": 3, "5": 7, "3": 2})))
        .alias("medical_insurance"),
        pl.when(is_special).then(pl.lit("KEY")).otherwise(closeness).alias("contact_class"),
        pl.when(in_war).then(pl.lit("是")).otherwise(pl.lit("否")).alias("joined_war"),
    )


def _employment(draw: Draw) -> pl.Expr:
    working = pl.lit(draw.pick("work", {"1": 60, "5": 17, "6": 7, "8": 6, "3": 4, "4": 6}))
    old = pl.lit(draw.pick("old work", {"2": 62, "8": 26, "4": 12}))
    fresh = pl.lit(draw.pick("fresh work", {"9": 20, "1": 40, "5": 20, "7": 20}))
    age = pl.col("age")
    return (
        pl.when(age >= 60)
        .then(old)
        .when(age < 20)
        .then(pl.lit("7"))
        .when(age < 25)
        .then(fresh)
        .otherwise(working)
    )


def with_file(people: pl.DataFrame, draw: Draw, year: int) -> pl.DataFrame:
    """When the file was collected, archived, ended; who is not archived lacks one to four essentials."""
    end = pl.lit(dt.date(year, 12, 31))
    started = pl.max_horizontal(
        pl.lit(FIRST_COLLECTION),
        (pl.col("discharged_on") + _days(draw, "report", 5, 60)).fill_null(FIRST_COLLECTION),
    )
    # One relative in twelve becomes one only in the year that is shown.
    fresh = pl.col("discharged_on").is_null() & pl.lit(draw.chance("fresh", 0.08))
    started = pl.when(fresh).then(pl.date(year, 1, 10)).otherwise(started)
    collected = pl.min_horizontal(started + _days(draw, "collected", 0, 240), end)
    people = people.with_columns(collected.alias("collected_on"))
    archived = pl.col("collected_on") + _days(draw, "archived", 5, 90)
    incomplete = pl.lit(draw.chance("incomplete", INCOMPLETE))
    people = people.with_columns(
        pl.when(~incomplete & (archived <= end)).then(archived).alias("archived_on"),
        incomplete.alias("incomplete"),
    )
    electronic = pl.col("archived_on") + _days(draw, "electronic", 20, 500)
    is_archived = pl.col("archived_on").is_not_null()
    people = people.with_columns(
        pl.when(is_archived)
        .then(pl.when(pl.lit(draw.chance("complete", 0.95))).then(pl.lit("是")).otherwise(pl.lit("否")))
        .alias("archive_complete"),
        pl.when(electronic <= end).then(electronic).alias("e_archive_on"),
    )
    return _with_gaps(_with_ends(people, draw, year), draw)


def _with_ends(people: pl.DataFrame, draw: Draw, year: int) -> pl.DataFrame:
    """Death by age, moving away, striking off; within the years since the first collection."""
    hazard = (pl.col("age") - 40).clip(0, 60).cast(pl.Float64) ** 2 * 0.00002
    luck = pl.lit(draw.uniform("death"))
    years_ago = (luck / (hazard + 1e-9)).floor().clip(0, 50).cast(pl.Int64)
    day = pl.date(
        year - years_ago, pl.lit(draw.whole("death month", 1, 12)), pl.lit(draw.whole("death day", 1, 28))
    )
    died = pl.when((years_ago <= 6) & (day > pl.col("collected_on"))).then(day)
    moved = pl.date(year, pl.lit(draw.whole("move month", 1, 12)), pl.lit(draw.whole("move day", 1, 28)))
    stays = ~pl.lit(draw.chance("moved", 0.006)) | died.is_not_null() | (moved <= pl.col("collected_on"))
    struck = pl.lit(draw.chance("struck", 0.001)) & died.is_null() & stays & (moved > pl.col("collected_on"))
    return people.with_columns(
        died.alias("died_on"),
        pl.when(~stays).then(moved).alias("moved_out_on"),
        pl.when(struck).then(moved).alias("deregistered_on"),
    )


def _with_gaps(people: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """Take essentials away: some from each unfinished file, one from two files in a hundred that are archived all the same."""
    required = {"id_number", "name", "sex", "birth_on", "household_area", "category"}
    columns = [c.field for c in layouts()["people"].columns if c.essential and c.field not in required]
    careless = pl.lit(draw.chance("careless", 0.024))
    share = 2.2 / len(columns)
    kept = []
    for field in columns:
        lost = pl.lit(draw.chance(f"lost {field}", share))
        if field == "politics":
            lost = lost & pl.col("party_joined_on").is_null()
        first = pl.lit(field == "education")
        gone = (pl.col("incomplete") & (lost | first)) | (
            careless & (first if field == "education" else pl.lit(value=False))
        )
        kept.append(pl.when(~gone).then(pl.col(field)).alias(field))
    return people.with_columns(kept)


def _days(draw: Draw, what: str, low: int, high: int) -> pl.Expr:
    return pl.duration(days=pl.lit(draw.whole(what, low, high)))
