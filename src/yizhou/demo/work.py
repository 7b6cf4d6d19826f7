"""A year of the stations' work: visits, calls, receptions; files of their ledgers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.core.workdays import WorkCalendar
from yizhou.demo.draw import Draw

OPENING_MINUTES = (8 * 60 + 30, 17 * 60)
SEASONS = {"SPRING": (10, 40), "ARMY_DAY": (196, 217), "QINGMING": (85, 96)}
"""Days of the year in which an occasion is kept."""


@dataclass(frozen=True)
class County:
    """What the year's work is drawn from: people and posts as frames, the year, the seed, the official work days."""

    people: pl.DataFrame
    staff: pl.DataFrame
    year: int
    seed: int
    calendar: WorkCalendar

    def facts(self, part: str) -> dict[str, Any]:
        """Weights of one kind of work."""
        found: dict[str, Any] = read_toml("demo/work.toml")[part]
        return found

    def somebody(self, draw: Draw) -> pl.DataFrame:
        """One living adult for each row of ``draw``, with repetition."""
        first = dt.date(self.year, 1, 1)
        alive = pl.all_horizontal(
            pl.col(end).is_null() | (pl.col(end) > first)
            for end in ("died_on", "moved_out_on", "deregistered_on")
        )
        pool = self.people.filter(alive, pl.col("age") >= 19, pl.col("collected_on") <= first)
        pool = pool.select("id_number", "name", "village", "phone", "category", "age")
        return pool[draw.whole("who", 0, pool.height - 1)]

    def moments(self, draw: Draw, what: str = "moment") -> pl.Series:
        """Moments on working days of the year in opening hours."""
        days = [dt.date(self.year, 1, 1) + dt.timedelta(days=n) for n in range(365)]
        open_days = pl.Series([day for day in days if self.calendar.is_workday(day)])
        chosen = open_days.gather(draw.whole(f"{what} day", 0, len(open_days) - 1))
        return at_minutes(chosen, draw, what)


def at_minutes(days: pl.Series, draw: Draw, what: str) -> pl.Series:
    """Those days at a minute of the opening hours."""
    minutes = draw.whole(f"{what} minute", *OPENING_MINUTES)
    return days.cast(pl.Datetime("us")) + pl.select(pl.duration(minutes=pl.lit(minutes))).to_series()


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
        pl.int_ranges(0, often).alias("nth"),
    ).explode("nth")
    draw = Draw(county.seed, "visits", people.height)
    purpose = draw.pick("purpose", facts["purposes"])
    occasion = draw.pick("occasion", facts["occasions"])
    season = pl.when(pl.col("purpose") == "CONSOLATION").then(pl.col("occasion"))
    frame = people.with_columns(purpose, occasion, draw.whole("day", 0, 364)).with_columns(
        season.alias("occasion")
    )
    frame = frame.with_columns(_visit_day(draw).alias("day"))
    days = frame.select(pl.lit(dt.date(county.year, 1, 1)) + pl.duration(days="day")).to_series()
    frame = frame.with_columns(at_minutes(days, draw, "visit").alias("visited_at"))
    frame = _with_visitors(frame, county.staff, draw)
    done = draw.chance("done", 0.965)
    mass = pl.lit(draw.pick("method", facts["methods"]))
    frame = frame.with_columns(
        mass.alias("method"),
        pl.lit(draw.one_of("content", facts["contents"])).alias("content"),
        pl.when(pl.lit(done)).then(pl.lit("是")).otherwise(pl.lit("否")).alias("completed"),
        pl.when(pl.lit(draw.chance("signed", 0.8)))
        .then(pl.lit("是"))
        .otherwise(pl.lit("否"))
        .alias("both_signed"),
        pl.when(pl.lit(draw.chance("appeal", 0.06)))
        .then(pl.lit(draw.one_of("wish", facts["appeals"])))
        .alias("appeal"),
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


def _with_visitors(frame: pl.DataFrame, staff: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """Two in three visits are made by the village's liaison, the others by the town's."""
    near = staff.filter(pl.col("post_type") == "PART_TIME").select(
        pl.col("area").alias("village"), near="id_number"
    )
    town = staff.filter(pl.col("post_type") == "FULL_TIME").unique("area", keep="first", maintain_order=True)
    town = town.select(pl.col("area").str.slice(0, 9).alias("town"), far="id_number")
    frame = frame.with_columns(pl.col("village").str.slice(0, 9).alias("town"))
    frame = frame.join(near, on="village", how="left", maintain_order="left")
    frame = frame.join(town, on="town", how="left", maintain_order="left")
    by_village = pl.lit(draw.chance("by village", 0.67))
    return frame.with_columns(pl.when(by_village).then("near").otherwise("far").alias("staff_id_number"))


def on_register(frame: pl.DataFrame, moment: str) -> pl.DataFrame:
    """Rows within the person's time on the register."""
    day = pl.col(moment).dt.date()
    ends = [pl.col(end).is_null() | (pl.col(end) > day) for end in ("died_on", "moved_out_on")]
    return frame.filter(pl.col("collected_on") <= day, *ends)


def calls(county: County) -> pl.DataFrame:
    """Calls to the hotline, in order of time; a few are repeated or a nuisance, three in a hundred closed late."""
    facts = county.facts("hotline")
    draw = Draw(county.seed, "calls", county.people.height * int(facts["per_thousand"]) // 1000)
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
        pl.format(
            "RX{}{}", pl.lit(county.year), pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)
        ).alias("call_no")
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
    draw = Draw(county.seed, "receptions", county.people.height * int(facts["per_thousand"]) // 1000)
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
        .with_columns(
            pl.format(
                "JD{}{}", pl.lit(county.year), pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)
            ).alias("reception_no")
        )
    )
