"""Those who came home: how they were placed, and where they pay their party dues now."""

from __future__ import annotations

import polars as pl

from yizhou.demo.county import County, Facts, Sheets, county_of, facts_in, later, serial, some, told
from yizhou.demo.draw import Draw

MEMBER = pl.col("politics").is_in(["01", "02"])

facts = facts_in("settling")


def sheets(now: County) -> Sheets:
    """People placed in the last years and the transfers of party members among them."""
    placed = resettled(now)
    yield "resettlement_people", placed
    yield "party_transfers", transfers(now, placed)


def resettled(now: County) -> pl.DataFrame:
    """Who reported in the last years, in the order of steps; the last of them still wait for a post."""
    told_of = facts("resettled")
    frame = now.people.filter(
        pl.col("left") > now.year - told_of["years"],
        pl.col("corps").is_in(["SOLDIER", "OFFICER"]),
        pl.col("discharged_on").is_not_null(),
    )
    draw = Draw(now.seed, "resettled", frame.height)
    conscript = pl.col("served") <= told_of["conscript_years"]
    soldier = pl.when(conscript).then(pl.lit("CONSCRIPT")).otherwise(pl.lit("NCO"))
    identity = pl.when(pl.col("corps") == "OFFICER").then(pl.lit("OFFICER")).otherwise(soldier)
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        identity.alias("identity"),
        pl.col("mode").alias("placement_mode"),
        later("discharged_on", draw, "reported", 5, 28).alias("reported_on"),
        pl.col("left").alias("batch_year"),
        county_of().alias("area"),
    )
    given = pl.col("placement_mode").is_in(["ASSIGN_JOB", "TRANSFER"])
    back = now.until_last(later("reported_on", draw, "back", 10, 40))
    frame = frame.with_columns(
        pl.when(given).then(pl.lit(draw.normal("score", 68, 9)).clip(30, 98).round(1)).alias("score"),
        pl.when(given)
        .then(now.until_last(later("reported_on", draw, "selected", 60, 150)))
        .alias("selected_on"),
        pl.when(pl.col("identity") == "CONSCRIPT")
        .then(some(draw, "returned", told_of["returned"], back))
        .alias("returned_on"),
    )
    return _with_unit(frame, now, draw, told_of["units"])


def _with_unit(frame: pl.DataFrame, now: County, draw: Draw, units: Facts) -> pl.DataFrame:
    """The unit and the letter to it for those who have chosen; its nature stays empty until then."""
    frame = frame.with_columns(now.until_last(later("selected_on", draw, "letter", 5, 25)).alias("letter_on"))
    placed = pl.col("letter_on").is_not_null()
    names = [
        pl.when(pl.col("unit_nature") == nature).then(pl.lit(draw.one_of(f"unit {nature}", known)))
        for nature, known in units.items()
    ]
    return frame.with_columns(
        now.until_last(later("letter_on", draw, "on post", 3, 20)).alias("on_post_on"),
        pl.when(placed).then(pl.coalesce(names)).alias("unit_name"),
        pl.when(placed).then("unit_nature").alias("unit_nature"),
    )


def cadres(county: County) -> pl.DataFrame:
    """Officers who reported in the year: ``id_number``, ``village``, ``reported_on``."""
    frame = resettled(county).filter(
        pl.col("identity") == "OFFICER", pl.col("reported_on").is_between(county.first, county.last)
    )
    return frame.select("id_number", "village", "reported_on")


def transfers(now: County, placed: pl.DataFrame) -> pl.DataFrame:
    """Members among those placed bring their letter from the army, others move from elsewhere."""
    told_of = facts("transfers")
    movers, _ = now.chosen("transfers", now.count(told_of["per_thousand"], least=6), MEMBER)
    home = placed.filter(MEMBER).select("id_number", "village", pl.col("reported_on").alias("letter_on"))
    draw = now.draw("movers", movers.height)
    movers = movers.select("id_number", "village", now.days(draw).alias("letter_on"))
    frame = pl.concat([home, movers]).unique("id_number", keep="first", maintain_order=True)
    draw = now.draw("transfers", frame.height)
    frame = frame.join(
        now.people.select("village", pl.col("place").alias("where")).unique(),
        on="village",
        maintain_order="left",
    )
    received = some(draw, "received", told_of["received"], later("letter_on", draw, "days", 3, 45))
    return frame.with_columns(
        *told(draw, told_of["columns"]),
        (pl.col("where") + told_of["branch"]).alias("to_org"),
        now.until_last(received).alias("received_on"),
        serial("ZZ", 6).alias("transfer_no"),
    )
