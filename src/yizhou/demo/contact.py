"""Who keeps in touch with whom, families, and what is given at the festivals."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import (
    ENDS,
    County,
    Facts,
    Sheets,
    facts_in,
    later,
    of_categories,
    on_register,
    serial,
    some,
    told,
    yes,
)
from yizhou.demo.draw import Draw
from yizhou.demo.identity import strangers
from yizhou.demo.work import with_contacts

KEY = pl.col("contact_class") == "KEY"
SOLDIER_IS = {"51": "20", "52": "20", "10": "10", "20": "51", "30": "51"}
"""What the serving soldier is to somebody who is his father, mother, wife, son or daughter."""

facts = facts_in("contact")


def sheets(before: County, now: County) -> Sheets:
    """Contacts, families, and the comfort of two years."""
    yield "contact_assignments", contacts(now)
    yield "family_members", families(now)
    for county in (before, now):
        yield "comfort_payments", comfort(county)


def contacts(now: County) -> pl.DataFrame:
    """Nearly everybody has a contact; whoever is looked after closely is given a new plan with the new year."""
    told_of = facts("contacts")
    draw = Draw(now.seed, "contacts", now.people.height)
    people = now.people.select(
        "id_number", "village", "contact_class", "collected_on", "died_on", "moved_out_on"
    )
    frame = with_contacts(people, now.staff).with_columns(
        pl.when(KEY).then("far").otherwise("near").alias("staff_id_number")
    )
    posts = now.staff.select(
        pl.col("id_number").alias("staff_id_number"), pl.col("started_on").alias("since")
    )
    frame = frame.join(posts, on="staff_id_number", how="left", maintain_order="left")
    frame = frame.with_columns(pl.max_horizontal("collected_on", "since").alias("from"))
    frame = frame.with_columns(
        now.until_last(later("from", draw, "assigned", 3, 60)).alias("assigned_on"),
        pl.coalesce("died_on", "moved_out_on").alias("ended_on"),
        pl.lit(draw.chance("signed", told_of["signed"])).alias("signs"),
        pl.lit(draw.chance("carried out", told_of["carried_out"])).alias("acts"),
        pl.lit(draw.one_of("measures", told_of["measures"])).alias("plan_measures"),
        pl.lit(draw.uniform("share")).alias("share"),
    ).filter(pl.lit(draw.chance("has", told_of["has"])))
    renewal = dt.date(now.year, 1, 5)
    renewed = KEY & (pl.col("assigned_on") < now.first)
    earlier = frame.filter(renewed).with_columns(
        pl.min_horizontal("ended_on", pl.lit(renewal)).alias("ended_on")
    )
    current = frame.with_columns(
        pl.when(renewed).then(pl.lit(renewal)).otherwise("assigned_on").alias("assigned_on")
    )
    parts = [_planned(earlier, now.year - 1), _planned(current, now.year)]
    both = pl.concat(parts).filter(
        pl.col("ended_on").is_null() | (pl.col("ended_on") > pl.col("assigned_on"))
    )
    signed = pl.col("assigned_on") + pl.duration(days=(pl.col("share") * 25).cast(pl.Int64))
    return both.with_columns(pl.when("signs").then(now.until_last(signed)).alias("card_signed_on"))


def _planned(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    """A plan of the year for those who are looked after closely, carried out by most."""
    first, last = dt.date(year, 1, 6), dt.date(year, 12, 31)
    begun = pl.max_horizontal("assigned_on", pl.lit(first))
    span = ((pl.lit(last) - begun).dt.total_days() * pl.col("share")).cast(pl.Int64)
    return frame.filter(pl.col("assigned_on") <= last).with_columns(
        pl.when(KEY).then("plan_measures").alias("plan_measures"),
        pl.when(KEY).then(begun).alias("plan_from"),
        pl.when(KEY).then(pl.lit(last)).alias("plan_to"),
        pl.when(KEY & pl.col("acts")).then(begun + pl.duration(days=span)).alias("plan_executed_on"),
    )


def families(now: County) -> pl.DataFrame:
    """Spouses and grown children, serving soldiers, and those of one household who are on the register together."""
    return pl.concat([_relatives(now), _soldiers(now), _households(now)], how="diagonal").unique(
        ["id_number", "member_id_number"], keep="first", maintain_order=True
    )


def _relatives(now: County) -> pl.DataFrame:
    told_of = facts("families")
    draw = Draw(now.seed, "relatives", now.people.height)
    member = strangers(draw, "339981", (1950, 2003)).rename(
        {"id_number": "member_id_number", "name": "member_name", "phone": "member_phone", "sex": "its_sex"}
    )
    member = member.rename({"birth_on": "its_birth_on"})
    frame = pl.concat([now.people.select("id_number", "sex", "birth_on"), member], how="horizontal")
    younger = frame["its_birth_on"].dt.year() - frame["birth_on"].dt.year()
    spouse = (pl.col("its_sex") != pl.col("sex")) & (pl.lit(younger).abs() <= 10)
    child = pl.lit(younger).is_between(22, 38)
    relation = (
        pl.when(spouse)
        .then(pl.lit("10"))
        .when(child & (pl.col("its_sex") == "1"))
        .then(pl.lit("20"))
        .when(child)
        .then(pl.lit("30"))
    )
    frame = frame.with_columns(
        relation.alias("relation"),
        pl.lit(draw.one_of("employer", told_of["employers"])).alias("employer"),
        pl.lit("否").alias("serving"),
    ).filter(pl.col("relation").is_not_null(), pl.lit(draw.chance("told", told_of["share"])))
    return _as_members(frame)


def _soldiers(now: County) -> pl.DataFrame:
    army = now.people.filter(pl.col("category") == "F01", pl.col("soldier_name").is_not_null())
    member = strangers(Draw(now.seed, "soldiers", army.height), "339982", (1994, 2005))
    army = army.drop("phone").with_columns(
        pl.col("soldier_name").alias("member_name"),
        pl.lit(member["id_number"]).alias("member_id_number"),
        pl.lit(member["phone"]).alias("member_phone"),
        pl.col("relation").replace_strict(SOLDIER_IS, default="97").alias("relation"),
        pl.lit("是").alias("serving"),
    )
    return _as_members(army.filter(pl.lit(member["sex"]) == "1"))


def _households(now: County) -> pl.DataFrame:
    """Father and son, or a soldier's parents, each in the other's family."""
    needed = ["id_number", "name", "phone", "household_no", "household_kind", "member"]
    pairs = now.people.select(needed).filter(pl.col("household_kind").is_in(["VET2", "ARMY2"]))
    other = pairs.select(
        "household_no",
        (1 - pl.col("member")).alias("member"),
        pl.col("id_number").alias("member_id_number"),
        pl.col("name").alias("member_name"),
        pl.col("phone").alias("member_phone"),
    )
    frame = pairs.join(other, on=["household_no", "member"], maintain_order="left")
    child = pl.when(pl.col("member") == 0).then(pl.lit("20")).otherwise(pl.lit("51"))
    relation = pl.when(pl.col("household_kind") == "VET2").then(child).otherwise(pl.lit("10"))
    return _as_members(frame.with_columns(relation.alias("relation"), pl.lit("否").alias("serving")))


def _as_members(frame: pl.DataFrame) -> pl.DataFrame:
    kept = ["id_number", "member_id_number", "relation", "employer", "serving"]
    return frame.select(
        *[name for name in kept if name in frame.columns],
        pl.col("member_name").alias("name"),
        pl.col("member_phone").alias("phone"),
    )


def comfort(county: County) -> pl.DataFrame:
    """Money and goods at the festivals of the year for those whom the facts name; nearly all is signed for."""
    told_of = facts("comfort")
    parts = [
        _festival(county, occasion, place, told_of)
        for place, occasion in enumerate(told_of["festivals"], start=1)
    ]
    return pl.concat(parts)


def _festival(county: County, occasion: str, place: int, told_of: Facts) -> pl.DataFrame:
    festival = told_of["festivals"][occasion]
    group = pl.lit(None, dtype=pl.String)
    for name in reversed(list(festival["yuan"])):
        one = told_of["groups"][name]
        suits = of_categories(*one.get("categories", [])) if "categories" in one else _hard_up()
        group = pl.when(suits).then(pl.lit(name)).otherwise(group)
    people = county.people.select(
        "id_number", "name", "kind", "age", "collected_on", *ENDS, group.alias("group")
    )
    frame = people.filter(pl.col("group").is_not_null())
    draw = county.draw(f"comfort {occasion}", frame.height)
    day = pl.lit(county.first) + pl.duration(days=pl.lit(draw.whole("day", festival["from"], festival["to"])))
    veteran = (pl.col("kind") == "VET") & (pl.col("age") >= told_of["activity_age"])
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        day.cast(pl.Date).alias("paid_on"),
        pl.lit(occasion).alias("occasion"),
        pl.col("group").replace_strict(festival["yuan"], return_dtype=pl.Int64).alias("amount"),
        pl.col("name").alias("signer"),
        yes(draw.chance("void", told_of["voided"])).alias("voided"),
        pl.when(veteran & pl.lit(value=occasion == "ARMY_DAY"))
        .then(pl.lit(told_of["activity"]))
        .alias("activity"),
    )
    frame = frame.with_columns(
        pl.when(pl.col("form") == "GOODS").then("goods").alias("goods"),
        some(draw, "signed", told_of["signed"], later("paid_on", draw, "wait", 0, 4)).alias("signed_on"),
    )
    frame = frame.with_columns(pl.when(pl.col("signed_on").is_not_null()).then("signer").alias("signer"))
    frame = on_register(frame.with_columns(pl.col("paid_on").cast(pl.Datetime("us")).alias("at")), "at")
    return frame.with_columns(serial(f"WW{county.year}{place}-", 6).alias("payment_no"))


def _hard_up() -> pl.Expr:
    return pl.col("special_type").is_not_null() | (pl.col("lonely") == "是")
