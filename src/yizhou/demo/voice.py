"""Petitions with their six steps, advisors, and what the lawyers among them did."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import (
    County,
    Facts,
    Sheets,
    county_codes,
    county_of,
    facts_in,
    later,
    listed,
    serial,
    some,
    told,
    town_of,
    yes,
)
from yizhou.demo.identity import strangers
from yizhou.ledgers.columns import code_table

facts = facts_in("voice")


def sheets(before: County, now: County) -> Sheets:
    """Petitions and legal services of two years; the advisors of both."""
    for county in (before, now):
        frame = petitions(county)
        yield "petitions", frame
        yield "petition_steps", steps(county, frame)
    known = advisors(now)
    yield "advisors", known
    for county in (before, now):
        yield "legal_services", legal_services(county, known)


def petitions(county: County) -> pl.DataFrame:
    """Petitions in order of their day; a few are brought by a group, a few wait at the year's end."""
    told_of = facts("petitions")
    frame, draw = county.chosen("petitions", county.count(told_of["per_thousand"], least=12))
    many = pl.lit(draw.chance("group", told_of["group"]))
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        county.days(draw, "day", (0.0, 0.97)).alias("registered_on"),
        pl.when(many).then(pl.lit(draw.whole("persons", 2, 9))).otherwise(1).alias("persons"),
        town_of().alias("area"),
    ).sort("registered_on", "id_number")
    contents = [
        pl.when(pl.col("category") == category).then(pl.lit(draw.one_of(f"content {category}", texts)))
        for category, texts in told_of["contents"].items()
    ]
    frame = frame.with_columns(pl.coalesce(contents).alias("content"))
    closed = some(draw, "closed", told_of["closed"], later("registered_on", draw, "span", 8, 55))
    frame = frame.with_columns(
        serial(f"XF{county.year}-").alias("petition_no"),
        county.until_last(later("registered_on", draw, "accepted", 0, 7)).alias("accepted_on"),
        county.until_last(closed).alias("closed_on"),
    )
    return frame.with_columns(pl.when(pl.col("closed_on").is_not_null()).then("outcome").alias("outcome"))


def steps(county: County, frame: pl.DataFrame) -> pl.DataFrame:
    """The six steps between registration and end; the last follows the end, a few are missing."""
    told_of = facts("steps")
    six = pl.DataFrame({"step": list(code_table("petition_step").names)})
    frame = frame.join(six, how="cross")
    draw = county.draw("steps", frame.height)
    number = pl.col("step").cast(pl.Int64)
    open_end = pl.min_horizontal(
        pl.col("registered_on") + pl.duration(days=told_of["open_days"]), pl.lit(county.last)
    )
    span = (pl.coalesce("closed_on", open_end) - pl.col("registered_on")).dt.total_days()
    done = pl.col("registered_on") + pl.duration(days=(span * (number - 1)) // 5)
    optional = number == int(told_of["optional"])
    passed_over = optional & pl.lit(draw.chance("passed over", told_of["passed_over"]))
    frame = frame.with_columns(
        done.alias("done_on"),
        yes(passed_over).alias("not_applicable"),
        pl.when(passed_over).then(pl.lit(draw.one_of("note", told_of["notes"]))).alias("note"),
        pl.lit(draw.one_of("handler", told_of["handlers"])).alias("handler"),
    )
    reached = pl.col("closed_on").is_not_null() | (number <= int(told_of["open_steps"]))
    return frame.filter(reached, ~pl.lit(draw.chance("missing", told_of["missing"])))


def advisors(now: County) -> pl.DataFrame:
    """Lawyers and mentors by batch, none of them on the register."""
    groups = listed(facts("advisors")["groups"], now.year)
    rows = [row for group in groups for row in [group] * _size(group, now)]
    draw = now.draw("advisors", len(rows))
    luck = draw.uniform("luck").to_list()
    frame = pl.DataFrame(
        {
            "kind": [row["kind"] for row in rows],
            "batch_no": [row["batch_no"] for row in rows],
            "term_from": [dt.date.fromisoformat(row["from"]) for row in rows],
            "term_to": [dt.date.fromisoformat(row["to"]) for row in rows],
            "field": [
                row["fields"][int(one * len(row["fields"]))] for row, one in zip(rows, luck, strict=True)
            ],
            "org": [
                row["orgs"][int(one * 97) % len(row["orgs"])] for row, one in zip(rows, luck, strict=True)
            ],
        }
    )
    who = strangers(draw, "339983").select("id_number", "name")
    area = draw.one_of("area", county_codes())
    return pl.concat([frame, who], how="horizontal").with_columns(area)


def _size(group: Facts, now: County) -> int:
    return now.count(group["per_thousand"], least=group["least"])


def legal_services(county: County, known: pl.DataFrame) -> pl.DataFrame:
    """Asked for, answered by a lawyer whose term runs, nearly always within the time for a reply."""
    told_of = facts("legal")
    frame, draw = county.chosen("legal", county.count(told_of["per_thousand"], least=14))
    first, last = pl.lit(county.first), pl.lit(county.last)
    lawyers = known.filter(
        (pl.col("kind") == "LEGAL") & (pl.col("term_from") <= first) & (pl.col("term_to") >= last)
    )
    late = pl.lit(draw.chance("late", told_of["late"]))
    reply_days = told_of["reply_days"]
    in_time, too_late = (
        draw.whole("reply", 0, reply_days),
        draw.whole("late reply", reply_days + 1, reply_days + 6),
    )
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        draw.one_of("advisor_id_number", lawyers["id_number"].to_list()),
        county.days(draw).alias("requested_on"),
        county_of().alias("area"),
        pl.when(late).then(pl.lit(too_late)).otherwise(pl.lit(in_time)).alias("wait"),
        pl.when(pl.lit(draw.chance("group", told_of["group"])))
        .then(pl.lit(draw.whole("persons", 2, 6)))
        .otherwise(1)
        .alias("persons"),
        yes(draw.chance("withdrawn", told_of["withdrawn"])).alias("withdrawn"),
    ).sort("requested_on", "id_number")
    served = county.until_last(pl.col("requested_on") + pl.duration(days="wait"))
    stays = pl.col("withdrawn") == "否"
    frame = frame.with_columns(
        pl.when(stays).then(served).alias("served_on"),
        (pl.col("requested_on") + pl.duration(days=reply_days)).alias("reply_due_on"),
        serial(f"FL{county.year}-").alias("service_no"),
    )
    is_served = pl.col("served_on").is_not_null()
    return frame.with_columns(
        pl.col("served_on").alias("replied_on"),
        pl.when(is_served).then(some(draw, "rated", told_of["rated"], "rating")).alias("rating"),
        county.until_last(later("served_on", draw, "completed", 0, 18)).alias("completed_on"),
    )
