"""Monthly benefits, help for the hard-up, insurance made good."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.demo.county import County, Facts, Sheets, facts_in, later, of_categories, serial, some, told, yes
from yizhou.demo.draw import Draw
from yizhou.ledgers.columns import code_table
from yizhou.policy.queries import standard, vocabulary

HARD_UP = pl.col("special_type").is_not_null()
CODED = {
    "disability_level": "disability_level",
    "disability_cause": "disability_cause",
    "category": "person_category",
}
"""Fields of a person that a standard may ask for, with their code tables."""

facts = facts_in("care")


def sheets(before: County, now: County) -> Sheets:
    """Aid and benefits of two years."""
    yield "aid_families", families(now)
    for county in (before, now):
        yield "aid_cases", aid(county)
    yield "insurance_supplements", insurance(before, now)
    for county in (before, now):
        yield "benefit_payments", benefits(county)
        yield "benefit_payments", single_payments(county)


def families(now: County) -> pl.DataFrame:
    """The families of those with a hardship, from some time after they came on the register."""
    told_of = facts("families")
    heads = now.people.filter(HARD_UP).unique("household_no", keep="first", maintain_order=True)
    draw = Draw(now.seed, "aid families", heads.height)
    frame = heads.with_columns(
        *told(draw, told_of["columns"]),
        pl.col("id_number").alias("head_id_number"),
        later("collected_on", draw, "listed", 10, 700).alias("listed_on"),
    ).with_columns(
        some(
            draw, "exit", told_of["exited"], now.until_last(later("listed_on", draw, "exited", 300, 900))
        ).alias("left_on")
    )
    ended = pl.coalesce("died_on", "moved_out_on")
    frame = frame.with_columns(pl.min_horizontal("left_on", ended).alias("exited_on"))
    frame = frame.filter(
        pl.col("listed_on") <= now.last,
        pl.col("exited_on").is_null() | (pl.col("exited_on") >= pl.col("listed_on")),
    )
    return frame.with_columns(serial("KN", 6).alias("family_no"))


def aid(county: County) -> pl.DataFrame:
    """Money for those with a hardship; what is urgent is paid before it is approved."""
    told_of = facts("aid")
    frame, draw = county.chosen("aid", county.count(told_of["per_thousand"], least=8), HARD_UP)
    low = {kind: span[0] for kind, span in told_of["hundreds"].items()}
    high = {kind: span[1] for kind, span in told_of["hundreds"].items()}
    frame = frame.with_columns(*told(draw, told_of["columns"]), county.days(draw).alias("applied_on"))
    kind, luck = pl.col("kind"), pl.lit(draw.uniform("amount"))
    least, most = (kind.replace_strict(bound, return_dtype=pl.Int64) for bound in (low, high))
    hundreds = least + ((most - least + 1) * luck).floor().cast(pl.Int64)
    urgent = kind == "EMERGENCY"
    frame = frame.with_columns(
        hundreds.alias("hundreds"),
        yes(urgent).alias("urgent"),
        county.until_last(later("applied_on", draw, "approved", 5, 25)).alias("approved_on"),
        yes(draw.chance("cancelled", told_of["cancelled"])).alias("cancelled"),
    )
    usual = later("approved_on", draw, "paid", 3, 20)
    at_once = later("applied_on", draw, "at once", 0, 2)
    paid = county.until_last(pl.when(urgent).then(at_once).otherwise(usual))
    return frame.with_columns(
        (pl.col("hundreds") * 100).alias("amount"),
        pl.when(pl.col("cancelled") == "否").then(paid).alias("paid_on"),
        serial(f"BF{county.year}-").alias("aid_no"),
    )


def insurance(before: County, now: County) -> pl.DataFrame:
    """Pension years of earlier soldiers made good, in the batch of either year; one row a person and insurance."""
    told_of = facts("insurance")
    earlier = (pl.col("left") < told_of["left_before"]) & pl.col("age").is_between(*told_of["ages"])
    count = 2 * now.count(told_of["per_thousand"], least=6)
    frame, draw = now.chosen("insurance", count, pl.col("kind") == "VET", earlier)
    first_batch = pl.lit(draw.chance("first batch", told_of["first_batch"]))
    days = [pl.lit(county.days(draw, "day", (0.1, 0.6))) for county in (before, now)]
    frame = frame.with_columns(
        *told(draw, told_of["columns"]),
        pl.when(first_batch).then(days[0]).otherwise(days[1]).alias("applied_on"),
        pl.lit(draw.gamma("amount", 3, 9000)).round(2).alias("amount"),
        yes(draw.chance("withdrawn", told_of["withdrawn"])).alias("withdrawn"),
    )
    month, day = told_of["cutoff"]
    pending = pl.col("review_result") == "PENDING"
    frame = frame.with_columns(
        pl.when(~pending).then(later("applied_on", draw, "reviewed", 5, 30)).alias("reviewed_on"),
        pl.date(pl.col("applied_on").dt.year(), month, day).alias("cutoff_on"),
    )
    done = some(draw, "done", told_of["done"], later("reviewed_on", draw, "finished", 10, 60))
    return frame.with_columns(pl.when(pl.col("review_result") == "PASS").then(done).alias("done_on"))


def entitled(county: County) -> pl.DataFrame:
    """Everybody with one monthly benefit: ``benefit`` and its ``fen`` a month by the standards in force."""
    kind = pl.lit(None, dtype=pl.String)
    known = facts("benefits")["monthly"]
    for name in reversed(list(known)):
        kind = pl.when(of_categories(*known[name]["categories"])).then(pl.lit(name)).otherwise(kind)
    # A city's year has many rows: only what they need is taken along.
    frame = county.people.select(
        "id_number", "collected_on", "died_on", "moved_out_on", "served", *CODED, kind.alias("benefit")
    ).filter(pl.col("benefit").is_not_null())
    asked = frame.select("benefit", *CODED).unique(maintain_order=True)
    names = {field: code_table(codes).names for field, codes in CODED.items()}
    fen = [_monthly(county.first, known[row["benefit"]], row, names) for row in asked.iter_rows(named=True)]
    asked = asked.with_columns(pl.Series("fen", fen, dtype=pl.Int64))
    frame = frame.join(asked, on=["benefit", *CODED], how="left", nulls_equal=True, maintain_order="left")
    by_years = [name for name, one in known.items() if one.get("by_years_served")]
    years = pl.when(pl.col("benefit").is_in(by_years)).then(pl.col("served").fill_null(1)).otherwise(1)
    return frame.with_columns(pl.col("fen") * years).filter(pl.col("fen").is_not_null())


def _monthly(on: dt.date, known: Facts, row: Facts, names: dict[str, dict[str, str]]) -> int | None:
    """What the standard gives in a month; nothing where it has no rate for somebody."""
    at = [names[part].get(row[part] or "", "") if part in CODED else part for part in known.get("at", [])]
    rate = standard(known["standard"], on, *at)
    if rate is None or rate.fen is None:
        return None
    return rate.fen // 12 if vocabulary().standards.by_name[known["standard"]].unit == "元/年" else rate.fen


def benefits(county: County) -> pl.DataFrame:
    """Twelve months for whoever lives; what a bank sends back is paid with the next month; one payment is reversed."""
    told_of = facts("benefits")
    months = _months(county, told_of["pay_day"])
    frame = entitled(county).join(months, how="cross")
    lives = [
        pl.col(end).is_null() | (pl.col(end) >= pl.col("month_on")) for end in ("died_on", "moved_out_on")
    ]
    frame = frame.filter(pl.col("collected_on") < pl.col("month_on"), *lives)
    draw = county.draw("benefits", frame.height)
    frame = frame.with_columns(*told(draw, told_of["columns"]), (pl.col("fen") / 100).alias("base_amount"))
    sent_back = pl.col("status").shift(1).over("id_number", order_by="pay_month") == "RETURNED"
    paid = pl.col("status") == "PAID"
    frame = frame.with_columns(
        sent_back.alias("sent_back"), pl.int_range(1, pl.len() + 1).over("pay_month").alias("line")
    )
    frame = frame.with_columns(
        pl.when(paid & pl.col("sent_back")).then("base_amount").alias("arrears_amount"),
        pl.when(paid)
        .then(some(draw, "deducted", told_of["deducted"], pl.lit(told_of["deduct_yuan"])))
        .alias("deduct_amount"),
        pl.when(paid).then("pay_on").alias("paid_on"),
        (pl.col("pay_month").str.replace("-", "") + "-" + _six_digits("line")).alias("line_no"),
    )
    return pl.concat([frame, _reversed(frame, months, told_of)], how="diagonal")


def _six_digits(number: str) -> pl.Expr:
    return pl.col(number).cast(pl.String).str.zfill(6)


def _months(county: County, day: int) -> pl.DataFrame:
    firsts = [dt.date(county.year, month, 1) for month in range(1, 13)]
    return pl.DataFrame(
        {
            "month_on": firsts,
            "pay_month": [first.strftime("%Y-%m") for first in firsts],
            "pay_on": [county.calendar.next_workday(first.replace(day=day)) for first in firsts],
        }
    )


def _reversed(frame: pl.DataFrame, months: pl.DataFrame, told_of: Facts) -> pl.DataFrame:
    """A payment of the named month taken back in the month after: the same amount below nothing."""
    month, following = (months.row(told_of["reversed_month"] - 1 + n, named=True) for n in (0, 1))
    wrong = frame.filter(
        (pl.col("pay_month") == month["pay_month"])
        & (pl.col("status") == "PAID")
        & pl.col("deduct_amount").is_null()
    ).head(1)
    return wrong.with_columns(
        -pl.col("base_amount"),
        pl.lit(None, dtype=pl.Float64).alias("arrears_amount"),
        pl.lit(following["pay_on"]).alias("paid_on"),
        (pl.col("line_no") + "-R").alias("line_no"),
    )


def single_payments(county: County) -> pl.DataFrame:
    """What is paid once: to conscripts' families in the year, and after the death of a beneficiary."""
    told_of = facts("benefits")
    parts = [_to_families(county, told_of["conscript_family"])]
    parts += [_after_death(county, name, one) for name, one in told_of["after_death"].items()]
    return pl.concat(parts)


def _to_families(county: County, told_of: Facts) -> pl.DataFrame:
    rate = standard(told_of["standard"], county.first)
    homes = county.standing(pl.col("category") == "F01").unique(
        "household_no", keep="first", maintain_order=True
    )
    draw = county.draw("conscripts", homes.height)
    homes = homes.filter(draw.chance("conscript", told_of["share"]))
    day = county.calendar.next_workday(dt.date(county.year, *told_of["on"]))
    return homes.select(
        "id_number",
        serial(f"{county.year}-YWB-").alias("line_no"),
        pl.lit(day.strftime("%Y-%m")).alias("pay_month"),
        pl.lit("CONSCRIPT_FAMILY").alias("benefit"),
        pl.lit((rate.fen or 0) / 100 if rate else 0.0).alias("base_amount"),
        pl.lit("PAID").alias("status"),
        pl.lit(day).alias("paid_on"),
        pl.lit("FISCAL").alias("fund_source"),
    )


def _after_death(county: County, name: str, told_of: Facts) -> pl.DataFrame:
    dead = county.people.filter(
        of_categories(*told_of["categories"]), pl.col("died_on").is_between(county.first, county.last)
    )
    draw = county.draw(name, dead.height)
    dead = dead.with_columns(county.until_last(later("died_on", draw, "paid", 20, 60)).alias("paid_on"))
    return dead.filter(pl.col("paid_on").is_not_null()).select(
        "id_number",
        serial(f"{county.year}-{name}-").alias("line_no"),
        pl.col("paid_on").dt.strftime("%Y-%m").alias("pay_month"),
        pl.lit(name).alias("benefit"),
        pl.lit(float(told_of["yuan"])).alias("base_amount"),
        pl.lit("PAID").alias("status"),
        "paid_on",
        pl.lit("FISCAL").alias("fund_source"),
    )
