"""How the work itself is run: assessments of stations, tasks, policy documents."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import County, Sheets, county_codes, facts_in, listed, serial, table
from yizhou.demo.draw import Draw

facts = facts_in("running")


def sheets(before: County, now: County, stations: pl.DataFrame) -> Sheets:
    """Assessments, the tasks of two years, and the documents in force."""
    yield "station_checks", checks(now, stations)
    for county in (before, now):
        yield "tasks", tasks(county)
    yield "policy_docs", table(listed(facts("policy_docs")["rows"], now.year))


def checks(now: County, stations: pl.DataFrame) -> pl.DataFrame:
    """Rounds of assessments as the facts list them: which share of the stations of a level, and how it ended."""
    parts = []
    for number, one in enumerate(listed(facts("station_checks")["rounds"], now.year)):
        pool = stations.filter(pl.col("level") == one["level"]).select("station_no")
        draw = Draw(now.seed, f"check {one['program']} {one['level']}", pool.height)
        luck = pl.lit(draw.uniform("luck"))
        pool = pool.with_columns(luck.alias("luck")).sort("luck", "station_no").drop("luck")
        # Rounds of one programme take the stations in the same order, so that a later round reaches further.
        chosen = pool.slice(one.get("after", 0), one["count"])
        draw = Draw(now.seed, f"check {number}", chosen.height)
        passed = pl.lit(draw.chance("passed", one["passed"]))
        good, bad = pl.lit(draw.whole("good", 86, 99)), pl.lit(draw.whole("bad", 62, 79))
        concluded = dt.date.fromisoformat(one["concluded"])
        parts.append(
            chosen.with_columns(
                pl.lit(one["program"]).alias("program"),
                pl.lit(concluded - dt.timedelta(days=one["days"])).alias("started_on"),
                pl.lit(concluded).alias("concluded_on"),
                pl.when(passed).then(pl.lit(one["good"])).otherwise(pl.lit("FAILED")).alias("conclusion"),
                pl.when(passed).then(good).otherwise(bad).alias("score"),
            )
        )
    return pl.concat(parts).with_columns(serial("PD", 5).alias("check_no"))


def tasks(county: County) -> pl.DataFrame:
    """The year's tasks: those of the city once, those of the counties in each; one in thirty is late or open."""
    told_of = facts("tasks")
    rows = listed(told_of["city"], county.year)
    for area in county_codes():
        rows += [{**row, "area": area} for row in listed(told_of["counties"], county.year)]
        for quarter, (begun, due) in enumerate(told_of["quarters"], start=1):
            rows += [
                {
                    **row,
                    "title": f"{row['title']}（第{quarter}季度）",
                    "area": area,
                    "started_on": f"{county.year}-{begun}",
                    "due_on": f"{county.year}-{due}",
                }
                for row in told_of["quarterly"]
            ]
    frame = table(rows).with_columns(pl.col("started_on").str.to_date(), pl.col("due_on").str.to_date())
    draw = county.draw("tasks", frame.height)
    luck = pl.lit(draw.uniform("luck"))
    span = (pl.col("due_on") - pl.col("started_on")).dt.total_days()
    at = (span * pl.when(luck < told_of["late"]).then(1.15).otherwise(luck * 0.3 + 0.68)).cast(pl.Int64)
    done = county.until_last(pl.col("started_on") + pl.duration(days=at))
    dropped = pl.lit(draw.chance("dropped", told_of["cancelled"])) & (pl.col("period") != "YEAR")
    return frame.with_columns(
        pl.lit(draw.one_of("owner", told_of["owners"])).alias("owner"),
        pl.when(~dropped).then(done).alias("done_on"),
        pl.when(dropped).then(pl.col("started_on") + pl.duration(days=20)).alias("cancelled_on"),
        serial(f"RW{county.year}-", 4).alias("task_no"),
    )
