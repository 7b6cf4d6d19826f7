"""A year of cases and what applicants said of them; files of the ledgers ``cases`` and ``ratings``."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.catalogue.queries import catalogue
from yizhou.catalogue.rules import Item
from yizhou.core.workdays import ONE_DAY
from yizhou.demo.county import County, at_minutes, later, serial
from yizhou.demo.draw import Draw
from yizhou.demo.settling import cadres

USUAL = 20
"""Workdays for items without a promise of their own."""


def items() -> pl.DataFrame:
    """``item`` with the promised ``workdays``."""
    rows = [
        (code, item.newest.promised_days if item.newest.promised_days is not None else USUAL)
        for code, item in sorted(catalogue().items.items())
    ]
    return pl.DataFrame(rows, schema={"item": pl.String, "workdays": pl.Int64}, orient="row")


def cases(county: County, windows: pl.DataFrame) -> pl.DataFrame:
    """Cases applied for in the year, in order of time; two in a hundred end late, three after the year's end."""
    facts = county.facts("cases")
    draw = county.draw("cases", county.count(facts["per_thousand"]))
    who = county.somebody(draw).select("id_number", "village")
    favourites: dict[str, float] = facts["items"]
    known = items()
    weights = {code: favourites.get(code, 1.0) for code in known["item"]}
    frame = who.with_columns(
        draw.pick("item", weights),
        draw.pick("channel", facts["channels"]),
        county.moments(draw).alias("applied_at"),
    )
    frame = pl.concat([frame, _cadres(county)]).join(known, on="item", how="left", maintain_order="left")
    draw = county.draw("cases in order", frame.height)
    frame = frame.sort("applied_at", maintain_order=True).with_columns(
        serial(f"{county.year}-", 6).alias("case_no")
    )
    frame = _with_window(frame, windows, draw, float(facts["incubator"]))
    frame = _with_agent(frame, county, draw)
    accepted = pl.col("applied_at") + pl.duration(minutes=pl.lit(draw.whole("accepted", 5, 1400)))
    frame = frame.with_columns(accepted.alias("accepted_at"))
    return _with_end(frame, county, draw)


def _cadres(county: County) -> pl.DataFrame:
    """Every officer who reported in the year has the household entered soon after."""
    came = cadres(county)
    draw = county.draw("cadres", came.height)
    day = pl.min_horizontal(later("reported_on", draw, "days", 1, 8), pl.lit(county.last))
    days = came.select(day.cast(pl.Date)).to_series()
    return came.select(
        "id_number",
        "village",
        pl.lit("RET-02").alias("item"),
        pl.lit("HALL").alias("channel"),
        at_minutes(days, draw, "applied").alias("applied_at"),
    )


def _with_window(frame: pl.DataFrame, windows: pl.DataFrame, draw: Draw, incubator: float) -> pl.DataFrame:
    """What is filed at the hall has a window of the county's hall."""
    first = windows.filter(pl.col("window_no").str.contains(r"^\d{6}-\d"))
    first = first.group_by(pl.col("window_no").str.slice(0, 6).alias("county"), maintain_order=True).agg(
        "window_no"
    )
    frame = frame.with_columns(pl.col("village").str.slice(0, 6).alias("county"))
    frame = frame.join(first, on="county", how="left", maintain_order="left")
    chosen = pl.col("window_no").list.get(pl.lit(draw.whole("window", 0, 5)), null_on_oob=True)
    exclusive = windows.filter(pl.col("hall_type") == "INCUBATOR_EXCLUSIVE")
    exclusive = exclusive.select(pl.col("area").str.slice(0, 6).alias("county"), exclusive="window_no")
    frame = frame.join(
        exclusive.unique("county", keep="first", maintain_order=True),
        on="county",
        how="left",
        maintain_order="left",
    )
    certificate = pl.col("item").is_in(
        [code for code, item in catalogue().items.items() if _is_certificate(item)]
    )
    there = certificate & pl.lit(draw.chance("incubator", incubator))
    chosen = pl.when(there & pl.col("exclusive").is_not_null()).then("exclusive").otherwise(chosen)
    return frame.with_columns(pl.when(pl.col("channel") == "HALL").then(chosen).alias("window_no"))


def _is_certificate(item: Item) -> bool:
    return item.newest.result == "certificate"


def _with_agent(frame: pl.DataFrame, county: County, draw: Draw) -> pl.DataFrame:
    """What came through an agent names one of the village's."""
    agents = county.staff.filter(pl.col("post_type") == "PART_TIME").select(
        pl.col("area").alias("village"), pl.col("id_number").alias("agent")
    )
    frame = frame.join(agents, on="village", how="left", maintain_order="left")
    also = pl.lit(draw.chance("agent", 0.05)) & (pl.col("channel") == "STATION")
    return frame.with_columns(
        pl.when((pl.col("channel") == "AGENT") | also).then("agent").alias("agent_id_number")
    )


def _with_end(frame: pl.DataFrame, county: County, draw: Draw) -> pl.DataFrame:
    facts = county.facts("cases")
    frame = frame.with_columns(pl.col("accepted_at").dt.date().alias("day"))
    frame = frame.join(_due(frame, county), on=["day", "workdays"], how="left", maintain_order="left")
    span = (pl.col("due_on") - pl.col("day")).dt.total_days()
    share = pl.lit(draw.uniform("share")) ** 2 * 0.92
    late = pl.lit(draw.chance("late", float(facts["late"])))
    on_the_spot = pl.col("window_no").is_not_null() & (pl.col("window_no") == pl.col("exclusive"))
    on_the_spot = on_the_spot & pl.lit(draw.chance("on the spot", float(facts["on_the_spot"])))
    slow = pl.when(late).then(span * 24 * 1.3 + 50).otherwise(span * 24 * share + 0.5)
    hours = pl.when(on_the_spot).then(0.2).otherwise(slow)
    completed = pl.col("accepted_at") + pl.duration(minutes=(hours * 60).cast(pl.Int64))
    refused = pl.lit(draw.chance("refused", float(facts["refused"])))
    withdrawn = pl.lit(draw.chance("withdrawn", 0.006))
    result = (
        pl.when(refused)
        .then(pl.lit("REFUSED"))
        .when(withdrawn)
        .then(pl.lit("WITHDRAWN"))
        .otherwise(pl.lit("DONE"))
    )
    paused = pl.lit(draw.chance("paused", 0.04)) & late
    return frame.with_columns(
        completed.alias("completed_at"),
        result.alias("result"),
        pl.when(paused).then(pl.lit(draw.whole("paused days", 1, 12))).alias("paused_days"),
    )


def _due(frame: pl.DataFrame, county: County) -> pl.DataFrame:
    """The promised day for each pair of day of acceptance and workdays that occurs."""
    pairs = frame.select("day", "workdays").unique(maintain_order=True)
    due = [
        county.calendar.add(county.calendar.next_workday(day), workdays)
        for day, workdays in pairs.iter_rows()
    ]
    return pairs.with_columns(pl.Series("due_on", due, dtype=pl.Date))


def ratings(county: County, done: pl.DataFrame) -> pl.DataFrame:
    """Invitations to rate and the answers; a sample survey and call-backs beside them."""
    facts = county.facts("ratings")
    asked = done.filter(
        pl.col("result") == "DONE", pl.col("completed_at").dt.date() <= dt.date(county.year, 12, 31)
    )
    draw = county.draw("ratings", asked.height)
    asked = asked.filter(draw.chance("asked", float(facts["share"])))
    draw = county.draw("answers", asked.height)
    answered = pl.lit(draw.chance("answered", float(facts["answered"])))
    by_case = asked.select(
        pl.format("{}-P", "case_no").alias("rating_no"),
        pl.lit("CASE").alias("source"),
        "case_no",
        pl.col("completed_at").dt.date().alias("rated_on"),
        pl.when(answered).then(pl.lit(draw.pick("level", facts["levels"]))).alias("level"),
        pl.lit("否").alias("voided"),
        pl.col("village").alias("area"),
        pl.when(answered).then(pl.lit(draw.one_of("comment", facts["comments"]))).alias("comment"),
    )
    return pl.concat([by_case, _surveyed(county)], how="diagonal")


def _surveyed(county: County) -> pl.DataFrame:
    facts = county.facts("ratings")
    draw = county.draw("survey", county.count(40, least=40))
    return county.somebody(draw).select(
        serial(f"DC{county.year}", 6).alias("rating_no"),
        pl.lit(draw.pick("source", {"SURVEY": 70, "HOTLINE": 30})).alias("source"),
        (
            pl.lit(dt.date(county.year, 1, 1) - ONE_DAY) + pl.duration(days=pl.lit(draw.whole("day", 1, 365)))
        ).alias("rated_on"),
        pl.lit(draw.pick("level", facts["levels"])).alias("level"),
        pl.lit("否").alias("voided"),
        pl.col("village").alias("area"),
    )
