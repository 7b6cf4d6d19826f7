"""Schools, lectures, what was printed, written and filmed; volunteer teams and their points."""

from __future__ import annotations

import datetime as dt

import polars as pl

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
    table,
    told,
    yes,
)
from yizhou.demo.draw import Draw
from yizhou.demo.identity import strangers
from yizhou.demo.places import of_level

facts = facts_in("outreach")


def sheets(before: County, now: County, stations: pl.DataFrame) -> Sheets:
    """Publicity of two years; teams, volunteers and points."""
    known = schools(now)
    yield "honour_walls", known
    for county in (before, now):
        yield "publicity_events", lectures(county, known)
        yield "publicity_events", events(county)
        yield "publicity_materials", materials(county)
        yield "media_articles", articles(county)
    yield "videos", videos(now)
    of_station = teams(now, stations)
    yield "volunteer_teams", of_station
    yield "volunteers", volunteers(now, of_station)
    for county in (before, now):
        yield "points_events", points(county)


def schools(now: County) -> pl.DataFrame:
    """The schools of every town and county with their walls of honour; the last of them are still to be built."""
    told_of = facts("schools")
    rows = [
        {
            "name": f"{place.name}{one['name']}",
            "stage": one["stage"],
            "area": place.code,
            "required": one["required"],
        }
        for one in told_of["rows"]
        for place in of_level(one["of"])
    ]
    draw = Draw(now.seed, "schools", len(rows))
    opened = dt.date(now.year - told_of["years"], 3, 1)
    built = pl.lit(opened) + pl.duration(days=pl.lit(draw.whole("built", 0, 365 * (told_of["years"] + 1))))
    frame = table(rows).with_columns(
        now.until_last(built.cast(pl.Date)).alias("built_on"), serial("XX", 4).alias("school_no")
    )
    frame = frame.with_columns(pl.when(pl.col("required") == "是").then("built_on").alias("built_on"))
    return frame.with_columns(
        now.until_last(later("built_on", draw, "accepted", 20, 90)).alias("accepted_on")
    )


def lectures(county: County, known: pl.DataFrame) -> pl.DataFrame:
    """Old soldiers tell of their lives in the schools."""
    told_of = facts("lectures")
    count = max(county.count(told_of["per_thousand"]), known.height)
    draw = county.draw("lectures", count)
    at = known.select("school_no", "name", "area")[draw.whole("school", 0, known.height - 1)]
    return at.with_columns(
        *told(draw, told_of["columns"]),
        pl.lit("SCHOOL_LECTURE").alias("kind"),
        (pl.lit(draw.one_of("topic of it", told_of["titles"])) + "·" + pl.col("name")).alias("title"),
        county.days(draw).alias("held_on"),
        serial(f"JXY{county.year}-", 4).alias("event_no"),
    )


def events(county: County) -> pl.DataFrame:
    """Lectures, meetings and exhibitions on the law and other topics in the counties."""
    told_of = facts("events")
    draw = county.draw("events", county.count(told_of["per_thousand"], least=24))
    frame = pl.DataFrame({"area": draw.one_of("area", county_codes())}).with_columns(
        *told(draw, told_of["columns"]), county.days(draw).alias("held_on")
    )
    law = pl.col("topic") == "VETERANS_LAW"
    return frame.with_columns(
        pl.when(law).then("line").alias("line"),
        pl.col("topic").replace_strict(told_of["titles"]).alias("title"),
        serial(f"HD{county.year}-", 4).alias("event_no"),
    )


def materials(county: County) -> pl.DataFrame:
    """What was printed in the year and how much of it was given out."""
    told_of = facts("materials")
    draw = county.draw("materials", county.count(told_of["per_thousand"], least=16))
    frame = pl.DataFrame({"area": draw.one_of("area", county_codes())}).with_columns(
        *told(draw, told_of["columns"]),
        (pl.lit(draw.whole("hundreds", *told_of["hundreds"])) * 100).alias("printed"),
        county.days(draw).alias("issued_on"),
    )
    given = pl.lit(draw.uniform("given")) * 0.3 + 0.7
    return frame.with_columns(
        (pl.col("printed") * given).round(0).cast(pl.Int64).alias("issued"),
        (
            pl.col("topic").replace_strict(told_of["topics"])
            + pl.col("kind").replace_strict(told_of["kinds"])
        ).alias("title"),
        serial(f"XC{county.year}-", 4).alias("issue_no"),
    )


def articles(county: County) -> pl.DataFrame:
    """What newspapers and bulletins took of the county's news."""
    told_of = facts("articles")
    draw = county.draw("articles", county.count(told_of["per_thousand"], least=24))
    frame = pl.DataFrame({"area": draw.one_of("area", county_codes())}).with_columns(
        *told(draw, told_of["columns"]),
        county.days(draw).alias("published_on"),
        yes(draw.chance("adopted", told_of["adopted"])).alias("adopted"),
        serial(f"GJ{county.year}-", 4).alias("article_no"),
    )
    media = [
        pl.when(pl.col("level") == level).then(pl.lit(draw.one_of(f"media {level}", names)))
        for level, names in told_of["media"].items()
    ]
    return frame.with_columns(pl.coalesce(media).alias("media"))


def videos(now: County) -> pl.DataFrame:
    """Films on several platforms, counted every half year: clicks only ever grow."""
    told_of = facts("videos")
    works = table(listed(told_of["works"], now.year)).with_columns(
        pl.col("published_on").str.to_date(), serial("SP", 3).alias("work_no")
    )
    frame = works.join(table(told_of["platforms"]), how="cross")
    counted = pl.DataFrame({"snapshot_on": [row["on"] for row in listed(told_of["counted"], now.year)]})
    frame = frame.join(counted.with_columns(pl.col("snapshot_on").str.to_date()), how="cross")
    days = (pl.col("snapshot_on") - pl.col("published_on")).dt.total_days()
    grown = (days / (days + told_of["half_after"])) * pl.col("liked") * pl.col("reach")
    return frame.with_columns(grown.cast(pl.Int64).alias("views")).filter(days >= 0)


def teams(now: County, stations: pl.DataFrame) -> pl.DataFrame:
    """A team at nearly every station; most have been given their flag."""
    told_of = facts("teams")
    draw = Draw(now.seed, "teams", stations.height)
    founded = pl.lit(dt.date(*told_of["since"])) + pl.duration(
        days=pl.lit(draw.whole("founded", 0, told_of["days"]))
    )
    frame = stations.with_columns(
        (pl.col("name").str.replace("退役军人服务(站|中心)$", "") + told_of["suffix"]).alias("name"),
        now.until_last(founded.cast(pl.Date)).alias("founded_on"),
        (pl.lit("ZY") + pl.col("station_no")).alias("team_no"),
    )
    every = pl.col("level") != "VILLAGE"
    frame = frame.filter(every | pl.lit(draw.chance("has", told_of["has"])))
    draw = Draw(now.seed, "flags", frame.height)
    flag = some(draw, "flag", told_of["flag"], later("founded_on", draw, "flag day", 5, 200))
    return frame.filter(pl.col("founded_on").is_not_null()).with_columns(
        now.until_last(flag).alias("flag_on")
    )


def volunteers(now: County, of_station: pl.DataFrame) -> pl.DataFrame:
    """Veterans in the team of their village, and neighbours who are none."""
    told_of = facts("volunteers")
    village = of_station.filter(pl.col("level") == "VILLAGE").select(
        pl.col("area").alias("village"), "team_no", "founded_on"
    )
    ages = pl.col("age") <= told_of["age"]
    count = now.count(told_of["per_thousand"], least=40)
    veterans, _ = now.chosen("volunteers", count, VETERAN, ages)
    veterans = veterans.select("id_number", "name", "village", pl.lit("是").alias("is_veteran"))
    draw = Draw(now.seed, "neighbours", now.count(told_of["others_per_thousand"], least=10))
    others = strangers(draw, "339985").select(
        "id_number",
        "name",
        draw.one_of("village", village["village"].to_list()),
        pl.lit("否").alias("is_veteran"),
    )
    frame = pl.concat([veterans, others]).join(village, on="village", maintain_order="left")
    draw = Draw(now.seed, "volunteers", frame.height)
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        yes(draw.chance("real name", told_of["real_name"])).alias("real_name"),
        now.until_last(later("founded_on", draw, "joined", 0, told_of["days"])).alias("joined_on"),
    ).filter(pl.col("joined_on").is_not_null())
    left = some(draw.also("leavers", frame.height), "left", told_of["left"], pl.lit(now.last))
    return frame.with_columns(pl.when(pl.col("joined_on") < now.last).then(left).alias("left_on"))


def points(county: County) -> pl.DataFrame:
    """What veterans did for their village in the year, in points; a breach costs some."""
    told_of = facts("points")
    people, _ = county.chosen("points", county.count(told_of["per_thousand"], least=20), VETERAN)
    people = pl.concat([people.select("id_number")] * told_of["each"])
    draw = county.draw("points", people.height)
    return people.with_columns(
        *told(draw, told_of["columns"]),
        county.days(draw).alias("occurred_on"),
    ).with_columns(
        pl.col("kind").replace_strict(told_of["worth"], return_dtype=pl.Int64).alias("points"),
        serial(f"JF{county.year}-", 6).alias("event_no"),
    )
