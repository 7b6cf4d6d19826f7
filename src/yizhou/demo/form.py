"""The collection form (信息采集表) of those who filled in all of it: the same people in every section that is theirs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.demo.county import VETERAN, County, Facts, Sheets, later, some, told
from yizhou.demo.draw import Draw
from yizhou.ledgers.columns import layouts

FILE = "demo/form.toml"
WHO = {
    "ALL": pl.lit(value=True),
    "VETERAN": VETERAN,
    "MEMBER": pl.col("politics").is_in(["01", "02"]),
    "RETIRED": pl.col("category").is_in(["V05", "V14", "V17", "V18"]),
    "DISABLED": pl.col("disability_level").is_not_null(),
    "SURVIVOR": pl.col("category").is_in(["S01", "S02", "S03"]),
    "OLD": pl.col("age") >= 60,
    "YOUNG": VETERAN & (pl.col("age") < 55),
    "HARD_UP": pl.col("special_type").is_not_null(),
    "WORKER": pl.col("employment_status") == "1",
    "FOUNDER": pl.col("employment_status") == "6",
    "SEEKER": pl.col("employment_status").is_in(["3", "4", "5"]),
}
"""Whom a section of the form is about."""
HOME = pl.coalesce("discharged_on", pl.col("birth_on").dt.offset_by("20y"))


def sheets(now: County) -> Sheets:
    """Every ledger of the form."""
    facts = read_toml(FILE)
    luck = Draw(now.seed, "form", now.people.height).uniform("who")
    people = now.people.with_columns(luck.alias("luck"), HOME.alias("home"))
    share = max(facts["share"], min(1.0, facts["people"] / max(people.height, 1)))
    filled = replace(now, people=people)
    for name, section in facts["ledgers"].items():
        yield name, rows_of(filled, name, section, share)


def rows_of(now: County, name: str, section: Facts, share: float) -> pl.DataFrame:
    """One row for each of those whom the section suits and who filled in the form; at least one."""
    suited = now.standing(WHO[section["who"]]).sort("luck")
    asked = max(int((suited["luck"] < share).sum()), 1)
    frame = suited.head(asked)
    draw = Draw(now.seed, f"form {name}", frame.height)
    keeps = draw.chance("part", section.get("part", 1.0)) | (pl.int_range(frame.height, eager=True) == 0)
    for day in section.get("days", ()):
        frame = frame.with_columns(_day(now, draw, day))
    answers = [_answer(draw, field, part) for field, part in section.get("yes", {}).items()]
    frame = frame.with_columns(*told(draw, section.get("columns", {})), *answers, *_own(name, now, draw))
    # Files of the demonstration have gaps: what the ledger must have is missing in some.
    needed = [column.field for column in layouts()[name].columns if column.required]
    return frame.filter(keeps).filter(pl.col(field).is_not_null() for field in needed)


def _day(now: County, draw: Draw, day: Facts) -> pl.Expr:
    """A day some time after another, not after the year."""
    field = day["field"]
    found = now.until_last(later(day["after"], draw, field, day["low"], day["high"]))
    return (
        some(draw, f"has {field}", day["share"], found).alias(field) if "share" in day else found.alias(field)
    )


def _answer(draw: Draw, field: str, share: float) -> pl.Expr:
    asked = pl.lit(draw.chance(f"yes {field}", share))
    return pl.when(asked).then(pl.lit("是")).otherwise(pl.lit("否")).alias(field)


def _own(name: str, now: County, draw: Draw) -> list[pl.Expr]:
    """Columns that follow from the person's file."""
    months = (pl.col("discharged_on") - pl.col("enlisted_on")).dt.total_days() / 365.25
    every: dict[str, list[Any]] = {
        "party_memberships": [pl.lit(f"{now.year}-12").alias("dues_paid_until")],
        "service_spells": [months.round(1).alias("service_years")],
        "disability_assessments": [
            pl.col("disability_level").alias("level"),
            pl.col("disability_cause").alias("cause"),
            pl.col("disability_cert_no").alias("certificate_no"),
        ],
        "placement_records": [pl.lit(draw.whole("certificate", 10**9, 10**10 - 1)).alias("certificate_no")],
        "family_economies": [pl.lit(now.year).alias("year"), pl.col("special_type").alias("assistance")],
        "houses": [pl.lit("澄川市某路某小区").alias("address")],
        "survivors": [pl.col("relation").fill_null("97").alias("relation")],
    }
    return every.get(name, [])
