"""Training, talents, and work: seekers, employers, posts, outcomes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from yizhou.core.credit_codes import ALPHABET
from yizhou.demo.county import (
    VETERAN,
    County,
    Sheets,
    county_codes,
    facts_in,
    later,
    listed,
    serial,
    some,
    told,
    yes,
)
from yizhou.demo.draw import Draw

WITHOUT_WORK = pl.col("employment_status").is_in(["3", "4", "5", "9"])

facts = facts_in("growth")


def sheets(before: County, now: County) -> Sheets:
    """Courses, talents and outcomes of two years; everybody who looks for work or offers it."""
    for county in (before, now):
        yield "training_enrolments", training(county)
    for county in (replace(before, year=before.year - 1), before, now):
        yield "talents", talents(county)
    yield "job_seekers", seekers(before, now)
    known = employers(now)
    yield "employers", known
    for county in (before, now):
        yield "job_posts", posts(county, known)
        yield "job_outcomes", outcomes(county, known)


def training(county: County) -> pl.DataFrame:
    """The classes of the year with their learners."""
    told_of = facts("training")
    size = county.count(told_of["per_thousand"], least=4)
    parts = []
    for number, course in enumerate(listed(told_of["classes"], county.year), start=1):
        ages = pl.col("age").is_between(*told_of["ages"])
        frame, draw = county.chosen(f"class {number}", size, VETERAN, ages)
        begun = dt.date.fromisoformat(course["from"])
        passed = pl.col("result") == "PASSED"
        frame = frame.with_columns(
            *told(draw, told_of["columns"]),
            pl.lit(f"PX{county.year}-{number:02}").alias("class_no"),
            pl.lit(course["name"]).alias("class_name"),
            pl.lit(course["kind"]).alias("kind"),
            pl.lit(begun).alias("started_on"),
            pl.lit(begun + dt.timedelta(days=course["days"])).alias("ended_on"),
        )
        certificate = serial(f"ZS{county.year}{number:02}", 4)
        parts.append(
            frame.with_columns(
                pl.when(passed)
                .then(pl.lit(draw.whole("present", 85, 100)))
                .otherwise(pl.lit(draw.whole("absent", 20, 70)))
                .alias("attendance"),
                pl.when(passed).then(certificate).alias("certificate_no"),
            )
        )
    return pl.concat(parts)


def talents(county: County) -> pl.DataFrame:
    """The batch of the year of each kind; its two years of support overlap those of the next batch."""
    told_of = facts("talents")
    begun = dt.date(county.year, *told_of["from"])
    parts = []
    for kind, one in told_of["kinds"].items():
        ages = pl.col("age").is_between(*one["ages"])
        frame, draw = county.chosen(kind, county.count(one["per_thousand"], least=3), VETERAN, ages)
        parts.append(
            frame.with_columns(
                pl.lit(kind).alias("kind"),
                pl.lit(draw.one_of("goal", one["goals"])).alias("goal"),
                pl.lit(county.year).alias("batch_year"),
                pl.lit(begun).alias("started_on"),
                pl.lit(begun + dt.timedelta(days=told_of["days"])).alias("ended_on"),
                some(draw, "gave up", told_of["withdrawn"], pl.lit(begun + dt.timedelta(days=90))).alias(
                    "withdrawn_on"
                ),
            )
        )
    return pl.concat(parts)


def seekers(before: County, now: County) -> pl.DataFrame:
    """Veterans without steady work, entered in either year; half of the older entries were looked through again."""
    told_of = facts("seekers")
    count = 2 * now.count(told_of["per_thousand"], least=8)
    frame, draw = now.chosen("seekers", count, VETERAN, pl.col("age") < 58, WITHOUT_WORK)
    earlier = pl.lit(draw.chance("earlier", 0.5))
    again = pl.lit(now.days(draw, "again"))
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        pl.when(earlier)
        .then(pl.lit(before.days(draw, "first")))
        .otherwise(pl.lit(now.days(draw, "first")))
        .alias("registered_on"),
        pl.lit(draw.whole("salary", 40, 90) * 100).alias("expected_salary"),
    )
    return frame.with_columns(
        pl.when(earlier & pl.lit(draw.chance("updated", 0.5))).then(again).alias("updated_on")
    )


def employers(now: County) -> pl.DataFrame:
    """Companies with names of their own and valid credit codes; a few have left the list or the hall."""
    told_of = facts("employers")
    words, places = told_of["words"], told_of["places"]
    # Neighbours in the list share neither word nor place; no pair comes twice.
    names = [
        f"{places[(nth + turn) % len(places)]}{word}"
        for turn in range(len(places))
        for nth, word in enumerate(words)
    ]
    count = min(now.count(told_of["per_thousand"], least=24), len(names))
    draw = Draw(now.seed, "employers", count)
    frame = pl.DataFrame({"brand": names[:count], "area": draw.one_of("area", county_codes())})
    industry = draw.one_of("industry", list(told_of["industries"]))
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        industry,
        pl.lit(draw.whole("approved", 0, told_of["approved_days"])).alias("days"),
        (pl.lit("0570-6") + pl.lit(draw.whole("phone", 100_000, 999_999)).cast(pl.String)).alias("phone"),
        credit_codes(frame["area"], draw).alias("uscc"),
    )
    first = pl.date(now.year - 2, 1, 10)
    frame = frame.with_columns(
        (pl.col("brand") + pl.col("industry").replace_strict(told_of["industries"]) + "有限公司").alias(
            "name"
        ),
        (first + pl.duration(days="days")).alias("approved_on"),
    )
    frame = frame.with_columns(
        some(draw, "resident", told_of["resident"], later("approved_on", draw, "moves in", 5, 60)).alias(
            "resident_from"
        ),
        some(draw, "delisted", told_of["delisted"], pl.date(now.year, 6, 30)).alias("delisted_on"),
    )
    ends = pl.when(pl.col("resident_from").is_not_null()).then(pl.date(now.year, 8, 31))
    return frame.with_columns(some(draw, "moves out", told_of["moves_out"], ends).alias("resident_to"))


def credit_codes(area: pl.Series, draw: Draw) -> pl.Series:
    """Codes of companies (91) with the character that checks the others (GB 32100)."""
    number = pl.Series(range(draw.count), dtype=pl.Int64) * 7919 % 99_999_989
    body = "91" + area.str.slice(0, 6) + "MA" + number.cast(pl.String).str.zfill(7)
    total = pl.Series([0] * draw.count, dtype=pl.Int64)
    for place in range(17):
        value = body.str.slice(place, 1).replace_strict(list(ALPHABET), range(31), return_dtype=pl.Int64)
        total = total + value * pow(3, place, 31)
    return body + pl.Series(list(ALPHABET)).gather((31 - total % 31) % 31)


def posts(county: County, known: pl.DataFrame) -> pl.DataFrame:
    """What the listed companies offered in the year."""
    told_of = facts("posts")
    listed_ones = known.filter(pl.col("approved_on") <= county.first)
    draw = county.draw("posts", listed_ones.height * told_of["per_employer"])
    frame = pl.DataFrame({"uscc": listed_ones["uscc"].to_list() * told_of["per_employer"]}).with_columns(
        *told(draw, told_of["columns"]),
        county.days(draw).alias("opened_on"),
        pl.lit(draw.whole("salary", 42, 110) * 100).alias("salary"),
    )
    return frame.sort("opened_on", "uscc").with_columns(
        later("opened_on", draw, "open", 20, 120).alias("closed_on"),
        serial(f"GW{county.year}-").alias("post_no"),
    )


def outcomes(county: County, known: pl.DataFrame) -> pl.DataFrame:
    """Who found work or began a business in the year, through whom, and what proves it."""
    told_of = facts("outcomes")
    ages = pl.col("age") < 60
    frame, draw = county.chosen("outcomes", county.count(told_of["per_thousand"], least=16), ages)
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        draw.one_of("company", known["uscc"].to_list()),
        county.days(draw).alias("result_on"),
        yes(draw.chance("void", told_of["voided"])).alias("voided"),
    )
    employed, none = pl.col("result") == "EMPLOYED", pl.col("result") == "NONE"
    proof = pl.when(employed).then("evidence").otherwise(pl.lit("LICENCE"))
    return frame.with_columns(
        pl.when(employed).then("company").alias("uscc"),
        pl.when(~none).then(some(draw, "proved", told_of["proved"], proof)).alias("evidence"),
        serial(f"JG{county.year}-").alias("outcome_no"),
    )
