"""Job fairs, the contest, loans with their subsidies, parks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl

from yizhou.demo.county import (
    VETERAN,
    County,
    Sheets,
    at_minutes,
    facts_in,
    later,
    listed,
    serial,
    table,
    told,
    yes,
)
from yizhou.demo.draw import Draw

facts = facts_in("fairs")


def sheets(before: County, now: County, companies: pl.DataFrame) -> Sheets:
    """Fairs, contest and loans of two years."""
    for county in (before, now):
        held = fairs(county)
        yield "job_fairs", held
        yield "fair_posts", fair_posts(county, held, companies)
        yield "fair_attendances", attendances(county, held)
        yield "contest_entries", entries(county, now, companies)
    older = replace(before, year=before.year - 1)
    lent = pl.concat([loans(county) for county in (older, before, now)]).unique(
        "id_number", keep="first", maintain_order=True
    )
    lent = lent.with_columns(serial("DK", 6).alias("loan_no"))
    yield "startup_loans", lent
    yield "interest_subsidies", subsidies(now, lent)
    yield "parks", table(listed(facts("parks")["rows"], now.year))


def fairs(county: County) -> pl.DataFrame:
    """The fairs of the year as the facts list them."""
    rows = [row for row in facts("fairs")["rows"] if county.year % 2 or not row.get("odd_years", False)]
    return table(listed(rows, county.year)).with_columns(serial(f"ZP{county.year}-", 3).alias("fair_no"))


def fair_posts(county: County, held: pl.DataFrame, companies: pl.DataFrame) -> pl.DataFrame:
    """What the companies that came had to offer."""
    told_of = facts("fair_posts")
    there = held.filter(pl.col("status") == "HELD").select("fair_no")
    listed_ones = companies.filter(pl.col("approved_on") <= county.first).select("uscc")
    frame = there.join(listed_ones, how="cross")
    draw = county.draw("fair companies", frame.height)
    frame = frame.filter(draw.chance("comes", told_of["comes"]))
    frame = frame.join(pl.DataFrame({"title": told_of["titles"]}), how="cross")
    draw = county.draw("fair posts", frame.height)
    return frame.with_columns(
        *told(draw, told_of["columns"]), (pl.lit(draw.whole("salary", 42, 95)) * 100).alias("salary")
    ).filter(draw.chance("offers", told_of["offers"]))


def attendances(county: County, held: pl.DataFrame) -> pl.DataFrame:
    """Veterans and soldiers' wives who put their names down; four in five came."""
    told_of = facts("attendances")
    wife = (pl.col("category") == "F01") & (pl.col("relation") == "10")
    suits = VETERAN | wife | (pl.col("category") == "F01")
    size = county.count(told_of["per_thousand"], least=6)
    parts = []
    for fair in held.filter(pl.col("status") == "HELD").iter_rows(named=True):
        frame, draw = county.chosen(f"fair {fair['fair_no']}", size, suits, pl.col("age") < 60)
        day = dt.date.fromisoformat(fair["held_on"])
        moment = at_minutes(pl.Series([day] * frame.height, dtype=pl.Date), draw, "sign in")
        parts.append(
            frame.with_columns(
                pl.lit(fair["fair_no"]).alias("fair_no"),
                (pl.lit(day) - pl.duration(days=pl.lit(draw.whole("before", 1, 12)))).alias("registered_on"),
                pl.when(pl.lit(draw.chance("came", told_of["came"])))
                .then(pl.lit(moment))
                .alias("signed_in_at"),
                pl.when(VETERAN)
                .then(pl.lit("VETERAN"))
                .when(wife)
                .then(pl.lit("SPOUSE"))
                .otherwise(pl.lit("OTHER"))
                .alias("kind"),
                pl.lit(draw.chance("agrees", told_of["agrees"])).alias("agrees"),
            )
        )
    came = pl.col("signed_in_at").is_not_null()
    return pl.concat(parts).with_columns(yes(pl.col("agrees") & came).alias("intent"))


def entries(county: County, now: County, companies: pl.DataFrame) -> pl.DataFrame:
    """The contest of the year; the listed prizes go to the first projects."""
    told_of = facts("contest")
    entering = companies.filter(pl.col("approved_on") <= county.first)
    entering = entering.head(county.count(told_of["per_thousand"], least=10))
    draw = county.draw("contest", entering.height)
    held = dt.date(county.year, *told_of["held"])
    frame = entering.select("uscc").with_columns(
        *told(draw, told_of["columns"]),
        pl.lit(told_of["edition"] - (now.year - county.year)).alias("edition_no"),
        pl.lit(told_of["name"]).alias("contest_name"),
        pl.lit(held).alias("held_on"),
        serial("XM", 3).alias("project_no"),
    )
    names = told_of["projects"]
    prizes = table(told_of["prizes"]).with_columns(serial("XM", 3).alias("project_no"))
    frame = frame.join(prizes, on="project_no", how="left", maintain_order="left").with_columns(
        pl.coalesce("prized", pl.lit(draw.one_of("project_name", names))).alias("project_name")
    )
    won = pl.col("award_level").is_not_null()
    awarded = held + dt.timedelta(days=told_of["awarded_after"])
    return frame.with_columns(
        pl.when(won).then(pl.lit("VALID")).otherwise("status").alias("status"),
        pl.when(won).then(pl.lit(awarded)).alias("awarded_on"),
    )


def loans(county: County) -> pl.DataFrame:
    """Who asked for a loan in the year; most are guaranteed ones and have been paid out."""
    told_of = facts("loans")
    busy = pl.col("employment_status").is_in(["5", "6"])
    count = county.count(told_of["per_thousand"], least=10)
    frame, draw = county.chosen("loans", count, VETERAN, pl.col("age") < 56, busy)
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        (pl.lit(draw.whole("principal", *told_of["ten_thousands"])) * 10_000).alias("principal"),
        county.days(draw, "day", (0.0, 0.85)).alias("day"),
    )
    decided = pl.col("qualification") != "PENDING"
    frame = frame.with_columns(pl.when(decided).then("day").alias("qualified_on"))
    paid_out = county.until_last(later("day", draw, "paid out", 5, 30))
    frame = frame.with_columns(
        pl.when(pl.col("qualification") == "PASS").then(paid_out).alias("disbursed_on")
    )
    return frame.with_columns(
        (pl.col("disbursed_on") + pl.duration(days=told_of["days"])).alias("matures_on")
    )


def subsidies(now: County, lent: pl.DataFrame) -> pl.DataFrame:
    """Interest of guaranteed loans made good every half year."""
    told_of = facts("subsidies")
    guaranteed = lent.filter(pl.col("kind") == "GUARANTEED", pl.col("disbursed_on").is_not_null())
    halves = table(listed(told_of["periods"], now.year)).with_columns(
        pl.col("from").str.to_date().alias("period_from"),
        pl.col("to").str.to_date().alias("period_to"),
        pl.col("paid").str.to_date().alias("paid_on"),
    )
    frame = guaranteed.join(halves, how="cross").with_columns(
        pl.max_horizontal("period_from", "disbursed_on").alias("period_from")
    )
    days = (pl.col("period_to") - pl.col("period_from")).dt.total_days()
    yearly = pl.col("principal") * pl.col("annual_rate").cast(pl.Float64) / 100
    draw = Draw(now.seed, "subsidies", frame.height)
    frame = frame.with_columns(
        (yearly * days / 365 * told_of["share"]).round(2).alias("amount"), *told(draw, told_of["columns"])
    )
    paid = pl.col("status") == "PAID"
    frame = frame.with_columns(pl.when(paid).then("paid_on").alias("paid_on")).filter(
        days > told_of["least_days"]
    )
    return frame.with_columns(serial("TX", 6).alias("subsidy_no"))
