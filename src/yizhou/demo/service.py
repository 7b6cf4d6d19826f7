"""Years of service, categories and disabilities, so that the rules of handbook §2 and §3 hold."""

from __future__ import annotations

from typing import Any

import polars as pl

from yizhou.demo.draw import Draw

Weights = dict[str, Any]
CONSCRIPT_RANKS = ["列兵", "上等兵"]
SERGEANTS = ["下士", "中士", "上士", "四级军士长", "三级军士长"]
OFFICERS = ["少尉", "中尉", "上尉", "少校", "中校", "上校"]
OFFICER_CATEGORIES = {
    "TRANSFER": "V01",
    "SELF_CAREER": "V02",
    "MONTHLY_PENSION": "V03",
    "RETIRE": "V05",
    "DEMOB": "V04",
}

SOLDIER_CATEGORIES = {
    "RETIRE": "V14",
    "MONTHLY_PENSION": "V13",
    "ASSIGN_JOB": "V12",
    "SELF_EMPLOYMENT": "V11",
}


def with_service(people: pl.DataFrame, draw: Draw, weights: Weights, year: int) -> pl.DataFrame:
    """``enlisted_on``, ``discharged_on`` and ``served`` (years) of veterans; discharged by the end of the year."""
    is_veteran = pl.col("kind") == "VET"
    people = people.with_columns(
        pl.when(is_veteran).then(pl.lit(draw.pick("veteran kind", weights["veteran_kinds"]))).alias("corps")
    )
    begun = pl.col("birth_on").dt.year().cast(pl.Int64) + 19 + pl.lit(draw.whole("enlist age", 0, 3))
    # The youngest came home in one of the last three years.
    begun = pl.min_horizontal(begun, year - 2 - pl.lit(draw.whole("home earlier", 0, 2)))
    term = pl.when(begun < 1978).then(5).when(begun < 1999).then(3).otherwise(2)
    extra = pl.lit(draw.pick("extra years", weights["extra_service_years"])).cast(pl.Int64)
    longer = pl.when(pl.col("corps") == "OFFICER").then(extra + 12).otherwise(extra)
    # Whoever would still serve left in one of the last years, not all of them in the last.
    earlier = pl.lit(draw.whole("left earlier", 0, 7))
    served = pl.min_horizontal(term + longer, pl.max_horizontal(year - begun - earlier, 2))
    month = pl.when(begun < 2013).then(12).when(begun < 2021).then(9).otherwise(3)
    people = people.with_columns(
        pl.when(is_veteran).then(begun).alias("begun"),
        pl.when(is_veteran).then(served).alias("served"),
        pl.when(is_veteran).then(month).alias("month"),
    )
    left = pl.col("begun") + pl.col("served")
    return people.with_columns(
        pl.when(is_veteran).then(pl.date("begun", "month", 10)).alias("enlisted_on"),
        pl.when(is_veteran).then(pl.date(left, "month", 1)).alias("discharged_on"),
        left.alias("left"),
    )


def with_categories(people: pl.DataFrame, draw: Draw, weights: Weights) -> pl.DataFrame:
    """Categories, placement, rank, branch, disability; every category of codes.tsv occurs in a large population."""
    people = _with_placement(people, draw, weights)
    people = _with_disability(people, draw)
    others = pl.concat_list(list(_further(draw))).list.drop_nulls()
    return people.with_columns(
        others.list.join(";").replace("", None).alias("other_categories"),
        pl.when(pl.col("kind") == "VET")
        .then(pl.lit(draw.whole("unit", 10_000, 99_999)).cast(pl.String))
        .alias("unit_code"),
        _branch(draw, weights).alias("branch"),
        # One in fifty relatives is entered without the relation: a doubt of the check.
        pl.when(~pl.lit(draw.chance("relation forgotten", 0.02)))
        .then(pl.col("relation"))
        .alias("soldier_relation"),
    )


def _with_placement(people: pl.DataFrame, draw: Draw, weights: Weights) -> pl.DataFrame:
    """``category``, ``placement_mode`` and ``rank``."""
    people = people.with_columns(_mode(draw, weights).alias("mode"))
    survivor = pl.lit(draw.pick("survivor", weights["survivor_categories"]))
    other = pl.lit(draw.pick("other", weights["other_categories"]))
    kind = pl.col("kind")
    category = (
        pl.when(kind == "VET")
        .then(_veteran_category(draw))
        .when(kind == "ARMY")
        .then(pl.lit("F01"))
        .when(kind == "SURV")
        .then(survivor)
        .otherwise(other)
    )
    people = people.with_columns(category.alias("category"))
    special = pl.col("category").replace_strict(
        {"V15": "SUPPORT", "V16": "DEMOB", "V18": "DEMOB"}, default=None
    )
    rest = pl.when(kind == "VET").then(pl.lit("RETIRE"))
    return people.with_columns(
        pl.coalesce(special, "mode", rest).alias("placement_mode"), _rank(draw).alias("rank")
    )


def _mode(draw: Draw, weights: Weights) -> pl.Expr:
    """How somebody was placed, by corps, years of service and the year in which the way existed."""
    served, left = pl.col("served"), pl.col("left")
    drawn = pl.lit(draw.pick("officer mode", weights["officer_modes"]))
    # Monthly pensions took the place of own careers in 2021, for those with sixteen years of service.
    long = (left >= 2021) & (served >= 16)
    neither = ((drawn == "MONTHLY_PENSION") & ~long) | (
        (drawn == "SELF_CAREER") & ~left.is_between(2001, 2020)
    )
    officer = (
        pl.when(long & (drawn == "SELF_CAREER"))
        .then(pl.lit("MONTHLY_PENSION"))
        .when(neither)
        .then(pl.lit("TRANSFER"))
        .otherwise(drawn)
    )
    soldier = (
        pl.when(served >= 30)
        .then(pl.lit("RETIRE"))
        .when((served >= 16) & (left >= 2021))
        .then(pl.lit("MONTHLY_PENSION"))
        .when((served >= 12) | pl.lit(draw.chance("honoured", 0.06)))
        .then(pl.lit("ASSIGN_JOB"))
        .otherwise(pl.lit("SELF_EMPLOYMENT"))
    )
    corps = pl.col("corps")
    return pl.when(corps == "OFFICER").then(officer).when(corps == "SOLDIER").then(soldier)


def _veteran_category(draw: Draw) -> pl.Expr:
    old = pl.col("begun") < 1955
    corps, mode = pl.col("corps"), pl.col("mode")
    return (
        pl.when(corps == "CIVILIAN")
        .then(pl.lit("V17"))
        .when(corps == "OFFICER")
        .then(mode.replace_strict(OFFICER_CATEGORIES, default="V01"))
        .when(old & pl.lit(draw.chance("red", 0.02)))
        .then(pl.lit("V18"))
        .when(old)
        .then(pl.lit("V16"))
        .when(pl.lit(draw.chance("supported", 0.001)))
        .then(pl.lit("V15"))
        .otherwise(mode.replace_strict(SOLDIER_CATEGORIES, default="V11"))
    )


def _rank(draw: Draw) -> pl.Expr:
    years = pl.col("served")
    sergeant = pl.lit(pl.Series(SERGEANTS)).gather(((years - 3) // 5).clip(0, 4))
    officer = pl.lit(pl.Series(OFFICERS)).gather(((years - 8) // 4).clip(0, 5))
    conscript = pl.lit(draw.one_of("conscript rank", CONSCRIPT_RANKS))
    return (
        pl.when(pl.col("corps") == "OFFICER")
        .then(officer)
        .when((pl.col("corps") == "SOLDIER") & (years > 5))
        .then(sergeant)
        .when(pl.col("corps") == "SOLDIER")
        .then(conscript)
    )


def _branch(draw: Draw, weights: Weights) -> pl.Expr:
    usual = pl.lit(draw.pick("branch", weights["branches"]))
    newer = pl.lit(draw.pick("new branch", weights["rocket_branches"]))
    is_new = (pl.col("left") >= 2016) & pl.lit(draw.chance("new", 0.08))
    return pl.when(pl.col("kind") == "VET").then(pl.when(is_new).then(newer).otherwise(usual))


def _with_disability(people: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """Disability of one veteran in twenty and of those whose category says so; by illness only grades one to six."""
    own = (pl.col("kind") == "VET") & pl.lit(draw.chance("disabled", 0.05))
    is_so = own | pl.col("category").is_in(["D02", "D03", "D04", "D05", "V15"])
    cause = pl.lit(draw.pick("cause", {"1": 22, "2": 58, "3": 20}))
    mild = pl.lit(draw.pick("grade", {"05": 3, "06": 6, "07": 20, "08": 26, "09": 26, "10": 16}))
    severe = pl.lit(draw.pick("grave grade", {"01": 1, "02": 2, "03": 3, "04": 4, "05": 30, "06": 60}))
    grade = pl.when((cause == "3") | (pl.col("category") == "V15")).then(severe).otherwise(mild)
    number = pl.lit(draw.whole("disability number", 100_000, 999_999)).cast(pl.String)
    return people.with_columns(
        pl.when(is_so).then(cause).alias("disability_cause"),
        pl.when(is_so).then(grade).alias("disability_level"),
        pl.when(is_so).then(pl.lit("浙残演") + number).alias("disability_cert_no"),
        (own & (pl.col("category") != "V15")).alias("is_disabled_soldier"),
    )


def _further(draw: Draw) -> list[pl.Expr]:
    """Further categories of veterans: disabled, ill since service, in a war, at nuclear tests, old and rural, before 1954."""
    begun, left = pl.col("begun"), pl.col("left")
    soldier = pl.col("corps") == "SOLDIER"
    in_war = (begun <= 1988) & (left >= 1979) & (begun >= 1960) & pl.lit(draw.chance("war", 0.22))
    korea = (begun <= 1953) & pl.lit(draw.chance("korea", 0.5))
    tests = (begun <= 1990) & (left >= 1964) & pl.lit(draw.chance("tests", 0.012))
    ill = soldier & (pl.col("age") >= 40) & pl.lit(draw.chance("ill", 0.035)) & ~pl.col("is_disabled_soldier")
    rural = ~pl.col("urban") | pl.lit(draw.chance("rural once", 0.3))
    paid = pl.col("is_disabled_soldier") | in_war | ill | tests
    aged = soldier & (pl.col("age") >= 60) & rural & (begun >= 1955) & (begun < 2011) & ~paid
    is_veteran = pl.col("kind") == "VET"
    flags = {
        "D01": pl.col("is_disabled_soldier"),
        "A01": ill,
        "A02": in_war | korea,
        "A03": tests,
        "A04": aged & (pl.col("category") == "V11"),
        "A06": (begun < 1955) & (pl.col("category") == "V16"),
    }
    return [pl.when(is_veteran & flag).then(pl.lit(code)) for code, flag in flags.items()]
