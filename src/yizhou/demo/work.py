"""A year of the stations' work: visits, calls, receptions; files of their ledgers."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import County, at_minutes, on_register, serial, some, yes
from yizhou.demo.draw import Draw

SEASONS = {"SPRING": (10, 40), "ARMY_DAY": (196, 217), "QINGMING": (85, 96)}
"""Days of the year in which an occasion is kept."""


def visits(county: County) -> pl.DataFrame:
    """Visits by the contact class, within the time on the register; at festivals people are greeted."""
    facts = county.facts("visits")
    often = pl.col("contact_class").replace_strict(facts["per_person"], return_dtype=pl.Int64)
    people = county.people.select(
        "id_number",
        "village",
        "collected_on",
        "died_on",
        "moved_out_on",
        "deregistered_on",
        "contact_class",
        pl.int_ranges(0, often).alias("nth"),
    ).explode("nth")
    draw = county.draw("visits", people.height)
    purpose = draw.pick("purpose", facts["purposes"])
    occasion = draw.pick("occasion", facts["occasions"])
    season = pl.when(pl.col("purpose") == "CONSOLATION").then(pl.col("occasion"))
    frame = people.with_columns(purpose, occasion, draw.whole("day", 0, 364)).with_columns(
        season.alias("occasion")
    )
    frame = frame.with_columns(_visit_day(draw).alias("day"))
    days = frame.select(pl.lit(county.first) + pl.duration(days="day")).to_series()
    frame = frame.with_columns(at_minutes(days, draw, "visit").alias("visited_at"))
    frame = _with_visitors(frame, county.staff, draw)
    mass = pl.lit(draw.pick("method", facts["methods"]))
    frame = frame.with_columns(
        mass.alias("method"),
        pl.lit(draw.one_of("content", facts["contents"])).alias("content"),
        yes(draw.chance("done", 0.965)).alias("completed"),
        yes(draw.chance("signed", 0.8)).alias("both_signed"),
        some(draw, "appeal", 0.06, pl.lit(draw.one_of("wish", facts["appeals"]))).alias("appeal"),
    )
    return on_register(frame, "visited_at").unique(
        ["id_number", "visited_at"], keep="first", maintain_order=True
    )


def _visit_day(draw: Draw) -> pl.Expr:
    day = pl.col("day")
    for occasion, (first, last) in SEASONS.items():
        day = (
            pl.when(pl.col("occasion") == occasion)
            .then(pl.lit(draw.whole(occasion, first, last)))
            .otherwise(day)
        )
    return day


def with_contacts(frame: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    """``near``, the liaison of the person's village, and ``far``, the full-time one of the town."""
    near = staff.filter(pl.col("post_type") == "PART_TIME").select(
        pl.col("area").alias("village"), near="id_number"
    )
    town = staff.filter(pl.col("post_type") == "FULL_TIME").unique("area", keep="first", maintain_order=True)
    town = town.select(pl.col("area").str.slice(0, 9).alias("town"), far="id_number")
    frame = frame.with_columns(pl.col("village").str.slice(0, 9).alias("town"))
    frame = frame.join(near, on="village", how="left", maintain_order="left")
    return frame.join(town, on="town", how="left", maintain_order="left")


def _with_visitors(frame: pl.DataFrame, staff: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """People are visited by their own contact, one in eight times by the other of the two."""
    by_town = (pl.col("contact_class") == "KEY") ^ pl.lit(draw.chance("by the other", 0.125))
    return with_contacts(frame, staff).with_columns(
        pl.when(by_town).then("far").otherwise("near").alias("staff_id_number")
    )


def calls(county: County) -> pl.DataFrame:
    """Calls to the hotline, in order of time; a few are repeated or a nuisance, three in a hundred closed late."""
    facts = county.facts("hotline")
    draw = county.draw("calls", county.count(facts["per_thousand"]))
    who = county.somebody(draw)
    frame = who.select(
        pl.when(pl.lit(draw.chance("known", 0.7))).then("id_number").alias("id_number"),
        pl.col("phone").alias("caller_phone"),
        pl.col("village").alias("area"),
    ).with_columns(
        county.moments(draw).alias("called_at"),
        draw.pick("line", facts["lines"]),
        draw.pick("category", facts["categories"]),
        draw.pick("handle_mode", facts["modes"]),
        draw.one_of("content", facts["contents"]),
        pl.when(pl.lit(draw.chance("bad", 0.005)))
        .then(pl.lit("是"))
        .otherwise(pl.lit("否"))
        .alias("nuisance"),
    )
    frame = frame.sort("called_at", maintain_order=True).with_columns(
        serial(f"RX{county.year}", 6).alias("call_no")
    )
    earlier = pl.col("call_no").shift(1)
    frame = frame.with_columns(
        pl.when(pl.lit(draw.chance("again", 0.015))).then(earlier).alias("duplicate_of")
    )
    return _closed(frame, due_days(county, int(facts["workdays"])), draw)


def due_days(county: County, workdays: int) -> pl.DataFrame:
    """``day`` → ``due_on`` for every day of the year."""
    days = [dt.date(county.year, 1, 1) + dt.timedelta(days=n) for n in range(366)]
    return pl.DataFrame({"day": days, "due_on": [county.calendar.add(day, workdays) for day in days]})


def _closed(frame: pl.DataFrame, due: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    frame = frame.with_columns(pl.col("called_at").dt.date().alias("day")).join(
        due, on="day", how="left", maintain_order="left"
    )
    at_once = pl.col("called_at") + pl.duration(minutes=pl.lit(draw.whole("talk", 3, 40)))
    span = (pl.col("due_on") - pl.col("day")).dt.total_days()
    share = (
        pl.when(pl.lit(draw.chance("late", 0.03))).then(1.6).otherwise(pl.lit(draw.uniform("share")) * 0.9)
    )
    later = pl.col("called_at") + pl.duration(minutes=(span * share * 1440).cast(pl.Int64))
    return frame.with_columns(
        pl.when(pl.col("handle_mode").is_in(["DIRECT_ANSWER", "REFUSE"]))
        .then(at_once)
        .otherwise(later)
        .alias("closed_at")
    )


def receptions(county: County, windows: pl.DataFrame) -> pl.DataFrame:
    """Visitors to halls and stations; three in a hundred come in a group."""
    facts = county.facts("hall")
    draw = county.draw("receptions", county.count(facts["per_thousand"]))
    who = county.somebody(draw)
    halls = windows.filter(pl.col("area").str.ends_with("000000"), pl.col("hall_type") == "GENERAL")
    halls = (
        halls.select(pl.col("area").str.slice(0, 6).alias("county"), pl.col("window_no"))
        .group_by("county", maintain_order=True)
        .all()
    )
    frame = who.with_columns(
        draw.pick("place", facts["places"]), pl.col("village").str.slice(0, 6).alias("county")
    )
    frame = frame.join(halls, on="county", how="left", maintain_order="left")
    at_hall = pl.col("place") == "HALL"
    chosen = pl.col("window_no").list.get(pl.lit(draw.whole("window", 0, 5)), null_on_oob=True)
    many = pl.lit(draw.chance("group", 0.03))
    return (
        frame.with_columns(
            county.moments(draw).alias("received_at"),
            pl.when(at_hall).then(chosen).alias("window_no"),
            pl.when(at_hall)
            .then(pl.col("county") + "000000")
            .otherwise(pl.col("village").str.slice(0, 9) + "000")
            .alias("area"),
            pl.col("name").alias("visitor_name"),
            pl.when(pl.lit(draw.chance("shown", 0.75))).then("id_number").alias("id_number"),
            pl.when(many).then(pl.lit(draw.whole("persons", 2, 12))).otherwise(1).alias("persons"),
            draw.pick("category", facts["categories"]),
            draw.one_of("result", facts["results"]),
        )
        .sort("received_at", maintain_order=True)
        .with_columns(serial(f"JD{county.year}", 6).alias("reception_no"))
    )
