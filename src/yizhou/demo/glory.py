"""Plaques, merit, archives, pictures, awards, martyrs and their memorials."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import (
    VETERAN,
    County,
    Sheets,
    county_of,
    facts_in,
    later,
    listed,
    of_categories,
    serial,
    table,
    told,
    yes,
)
from yizhou.demo.draw import Draw
from yizhou.demo.identity import strangers

OLD_SOLDIER = VETERAN & ((pl.col("age") >= 68) | (pl.col("joined_war") == "是"))

facts = facts_in("glory")


def sheets(before: County, now: County) -> Sheets:
    """What honours people have, and who is remembered."""
    yield "honour_archives", archives(before, now)
    for county in (before, now):
        yield "media_assets", media(county)
    yield "plaques", plaques(now)
    for county in (before, now):
        yield "merit_notices", merits(county)
    yield "awards", awards(now)
    yield "martyrs", martyrs(before, now)
    yield "memorials", table(listed(facts("memorials")["rows"], now.year))


def archives(before: County, now: County) -> pl.DataFrame:
    """Archives of old soldiers, completed in either year, or still begun."""
    told_of = facts("archives")
    count = 2 * now.count(told_of["per_thousand"], least=10)
    frame, draw = now.chosen("archives", count, OLD_SOLDIER)
    earlier = pl.lit(draw.chance("earlier", 0.47))
    days = [pl.lit(county.days(draw, "day", (0.0, 0.8))) for county in (before, now)]
    frame = frame.with_columns(
        *told(draw, told_of["columns"]), pl.when(earlier).then(days[0]).otherwise(days[1]).alias("opened_on")
    )
    complete = pl.col("status").is_in(["COMPLETE", "PUBLISHED"])
    done = now.until_last(later("opened_on", draw, "completed", 10, 45))
    return frame.with_columns(
        pl.when(complete).then(done).alias("completed_on"),
        pl.when(complete).then("video_items").otherwise(0).alias("video_items"),
        yes(complete).alias("consent"),
    )


def media(county: County) -> pl.DataFrame:
    """Albums, portraits, documents and recorded memories of the year; recordings come in parts."""
    told_of = facts("media")
    parts = []
    for kind, one in told_of["kinds"].items():
        frame, draw = county.chosen(kind, county.count(one["per_thousand"], least=one["least"]), OLD_SOLDIER)
        frame = frame.with_columns(
            *told(draw, told_of["columns"]),
            pl.lit(kind).alias("kind"),
            (serial(f"{one['mark']}{county.year}-", 4)).alias("work_no"),
            (pl.lit(one["before"]) + pl.col("name") + pl.lit(one["after"])).alias("title"),
            pl.lit(draw.whole("pieces", *one["pieces"])).alias("pieces"),
            county.days(draw).alias("made_on"),
            county_of().alias("area"),
            pl.int_ranges(1, pl.lit(draw.whole("parts", 1, one["parts"])) + 1).alias("part"),
        ).explode("part")
        parts.append(frame)
    frame = pl.concat(parts)
    return frame.with_columns(pl.format("{}-{}", "work_no", "part").alias("asset_no"))


def plaques(now: County) -> pl.DataFrame:
    """One plaque a family; those who came home last wait for theirs, which the cases under way hang."""
    told_of = facts("plaques")
    needed = [
        "category",
        "other_categories",
        "kind",
        "left",
        "discharged_on",
        "collected_on",
        "household_address",
    ]
    people = now.people.select("id_number", "household_no", *needed)
    veterans = people.filter(VETERAN).sort("discharged_on", "id_number")
    fresh = veterans.filter(pl.col("left") >= now.year)
    waiting = pl.concat([fresh, veterans.tail(told_of["waiting"])])["household_no"]
    survivor, family = of_categories("S01", "S02", "S03"), pl.col("category") == "F01"
    kind = (
        pl.when(survivor)
        .then(pl.lit("BEREAVED"))
        .when(family)
        .then(pl.lit("SERVING"))
        .when(VETERAN)
        .then(pl.lit("VETERAN"))
    )
    frame = people.filter(~pl.col("household_no").is_in(waiting.implode())).with_columns(kind.alias("kind"))
    frame = frame.filter(pl.col("kind").is_not_null()).unique(
        "household_no", keep="first", maintain_order=True
    )
    draw = Draw(now.seed, "plaques", frame.height)
    hung = pl.max_horizontal("collected_on", pl.lit(dt.date(*told_of["since"])))
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        hung.alias("from"),
        pl.col("household_address").alias("address"),
    ).with_columns(now.until_last(later("from", draw, "hung", 1, 200)).alias("hung_on"))
    changed = now.until_last(later("hung_on", draw, "changed", 100, 900))
    frame = frame.with_columns(pl.when(pl.col("status") == "CHANGED").then(changed).alias("changed_on"))
    frame = frame.filter(pl.lit(draw.chance("has", told_of["has"])), pl.col("hung_on").is_not_null())
    return frame.with_columns(serial("GRP", 7).alias("plaque_no"))


def merits(county: County) -> pl.DataFrame:
    """Good news from the army brought to soldiers' families; a few are still to be delivered."""
    told_of = facts("merits")
    relative = (pl.col("category") == "F01") & pl.col("soldier_name").is_not_null()
    frame, draw = county.chosen("merits", county.count(told_of["per_thousand"], least=3), relative)
    frame = frame.with_columns(*told(draw, told_of["columns"]), county.days(draw).alias("approved_on"))
    return frame.with_columns(
        county.until_last(later("approved_on", draw, "delivered", 10, 60)).alias("delivered_on"),
        pl.col("grade").replace_strict(told_of["bonus"], return_dtype=pl.Int64).alias("bonus"),
        serial(f"XB{county.year}-", 4).alias("notice_no"),
    )


def awards(now: County) -> pl.DataFrame:
    """Awards as the facts list them; a person who is awarded is a veteran or the head of a station."""
    rows = listed(facts("awards")["rows"], now.year)
    frame = table(rows).with_columns(pl.col("awarded_on").str.to_date(), serial("BZ", 4).alias("award_no"))
    draw = Draw(now.seed, "awards", frame.height)
    heads = now.staff.filter(pl.col("post_type") == "STATION_HEAD").select("id_number", "name")
    good = now.standing(VETERAN, pl.col("politics") == "01").select("id_number", "name")
    head, veteran = (
        pool[draw.whole(what, 0, pool.height - 1)] for what, pool in (("head", heads), ("who", good))
    )
    person = pl.col("recipient_type") == "PERSON"
    by_head = pl.col("recipient") == "HEAD"
    number = pl.when(by_head).then(pl.lit(head["id_number"])).otherwise(pl.lit(veteran["id_number"]))
    name = pl.when(by_head).then(pl.lit(head["name"])).otherwise(pl.lit(veteran["name"]))
    return frame.with_columns(
        pl.when(person).then(number).alias("id_number"),
        pl.when(person).then(name).otherwise("recipient").alias("recipient"),
    )


def martyrs(before: County, now: County) -> pl.DataFrame:
    """Martyrs of other times; the texts on their lives were approved in either year or are being written."""
    told_of = facts("martyrs")
    draw = Draw(now.seed, "martyrs", told_of["count"])
    village = now.people.select("village").unique().sort("village")["village"].to_list()
    frame = strangers(draw, "339984", (told_of["born"][0], told_of["born"][1]))
    frame = frame.with_columns(
        *told(draw, told_of["columns"]), pl.lit(draw.one_of("where", village)).alias("native_area")
    )
    age = pl.duration(days=pl.lit(draw.whole("age", 19 * 365, 29 * 365)))
    earlier = pl.lit(draw.chance("earlier", 0.45))
    days = [pl.lit(county.days(draw, "day")) for county in (before, now)]
    official = pl.col("bio_status") == "OFFICIAL"
    return frame.with_columns(
        pl.col("birth_on").alias("born_on"),
        (pl.col("birth_on") + age).alias("sacrificed_on"),
        pl.when(official).then(pl.when(earlier).then(days[0]).otherwise(days[1])).alias("bio_approved_on"),
        pl.when(pl.col("bio_status") != "DRAFT").then("bio_sources").alias("bio_sources"),
        serial("LS", 4).alias("martyr_no"),
    )
