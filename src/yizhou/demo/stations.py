"""Centres, stations, windows and who works in them, as files of their ledgers."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from yizhou.demo import identity
from yizhou.demo.draw import Draw
from yizhou.demo.places import of_level
from yizhou.demo.sheets import write_sheet

LEVELS = (("县", "COUNTY", "ZX"), ("乡镇街道", "TOWN", "ZZ"), ("村社区", "VILLAGE", "CZ"))
DIGITS = {"COUNTY": 6, "TOWN": 9, "VILLAGE": 12}
STAFF = {
    "COUNTY": ["STATION_HEAD", "WINDOW", "WINDOW", "WINDOW", "WINDOW", "SOCIAL_WORKER", "OTHER"],
    "TOWN": ["STATION_HEAD", "FULL_TIME", "FULL_TIME", "WINDOW", "SOCIAL_WORKER"],
    "VILLAGE": ["PART_TIME", "COMMUNITY_CADRE", "GRID_WORKER", "GROUP_LEADER", "LOCAL_WORTHY"],
}
ROOMS = (
    "has_office",
    "has_reception",
    "has_honour_room",
    "has_study_room",
    "has_mediation_room",
    "has_hall",
    "has_window",
)

AGENTS = ["FULL_TIME", "PART_TIME", "COMMUNITY_CADRE", "GRID_WORKER"]
"""Kinds of posts that also run errands for others (代办员)."""
COUNTY_WINDOWS = ("综合受理", "优抚待遇", "安置就业", "褒扬纪念", "权益维护", "军休服务")
TOWN_WINDOWS = ("综合受理", "政策咨询")


def stations(seed: int) -> pl.DataFrame:
    """One centre a county, one station a town and a village; smaller ones lack some of the seven rooms."""
    rows = [
        (
            f"{mark}{place.code[: DIGITS[level]]}",
            f"{place.name}退役军人服务{'中心' if level == 'COUNTY' else '站'}",
            level,
            place.code,
        )
        for name, level, mark in LEVELS
        for place in of_level(name)
    ]
    frame = pl.DataFrame(rows, schema=["station_no", "name", "level", "area"], orient="row")
    draw = Draw(seed, "stations", frame.height)
    small = pl.col("level") == "VILLAGE"
    rooms = [
        pl.when(small & pl.lit(draw.chance(room, 0.03)))
        .then(pl.lit("否"))
        .otherwise(pl.lit("是"))
        .alias(room)
        for room in ROOMS
    ]
    founded = pl.date(
        2019, pl.lit(draw.whole("founded month", 1, 6)), pl.lit(draw.whole("founded day", 1, 28))
    )
    branch = pl.date(2020, pl.lit(draw.whole("branch month", 1, 12)), 1)
    return frame.with_columns(
        founded.alias("founded_on"),
        pl.when(~small | pl.lit(draw.chance("branch", 0.4))).then(branch).alias("party_branch_on"),
        pl.format("0570-8{}", draw.whole("phone", 100_000, 999_999)).alias("phone"),
        *rooms,
    )


def staff(seed: int) -> pl.DataFrame:
    """The people in the posts, one row a post; numbers of a district of their own, so that nobody is also a veteran."""
    rows = [
        (station, area, level, post)
        for station, area, level in stations(seed).select("station_no", "area", "level").iter_rows()
        for post in STAFF[level]
    ]
    frame = pl.DataFrame(rows, schema=["station_no", "area", "level", "post_type"], orient="row")
    draw = Draw(seed, "staff", frame.height)
    return pl.concat([frame, identity.strangers(draw, "339900")], how="horizontal").with_columns(
        pl.date(pl.lit(draw.whole("since", 2019, 2021)), pl.lit(draw.whole("since month", 7, 12)), 1).alias(
            "started_on"
        ),
        pl.when(pl.col("post_type").is_in(AGENTS))
        .then(pl.lit("是"))
        .otherwise(pl.lit("否"))
        .alias("is_agent"),
        pl.when(pl.col("post_type") == "SOCIAL_WORKER").then(pl.lit("助理社会工作师")).alias("certificate"),
    )


def windows() -> pl.DataFrame:
    """Windows: six in the hall of a county, two in that of a town, two in one incubator's hall."""
    rows = []
    for place in of_level("县"):
        hall = (f"DT{place.code[:6]}", f"{place.name}退役军人服务大厅", "GENERAL", place.code)
        rows += [(f"{place.code[:6]}-{n:02}", *hall, title) for n, title in enumerate(COUNTY_WINDOWS, 1)]
    for place in of_level("乡镇街道"):
        hall = (f"DT{place.code[:9]}", f"{place.name}服务厅", "GENERAL", place.code)
        rows += [(f"{place.code[:9]}-{n:02}", *hall, title) for n, title in enumerate(TOWN_WINDOWS, 1)]
    first = of_level("县")[0]
    hall = (f"FH{first.code[:6]}", "退役军人创业孵化基地大厅", "INCUBATOR_EXCLUSIVE", first.code)
    rows += [(f"{first.code[:6]}-FH{n:02}", *hall, "创业服务") for n in (1, 2)]
    names = ["window_no", "hall_no", "hall_name", "hall_type", "area", "window_name"]
    opened = pl.lit("2019-07-01").alias("opened_on")
    return pl.DataFrame(rows, schema=names, orient="row").with_columns(opened)


def write_stations(folder: Path, seed: int) -> list[tuple[str, Path]]:
    """The files of ``stations``, ``staff_posts`` and ``service_windows``, in the order in which they are imported."""
    return [
        write_sheet(folder, "stations", stations(seed)),
        write_sheet(folder, "staff_posts", staff(seed)),
        write_sheet(folder, "service_windows", windows()),
    ]
