"""Ledgers of divisions, stations and posts bound to the tables of ``orgs``, and of assessments."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from yizhou.ledgers.ledger import bind
from yizhou.ledgers.problems import RowRule
from yizhou.orgs.models import Division, Level, StaffPost, Station
from yizhou.stations.models import StationCheck


def level_expr(code: str) -> pl.Expr:
    """The level that the zeros at the end of a division code speak of (ledgers.md §5.6)."""
    zeros = pl.col(code).str.len_chars() - pl.col(code).str.strip_chars_end("0").str.len_chars()
    return (
        pl.when(zeros >= 8)
        .then(pl.lit(Level.CITY.value))
        .when(zeros >= 6)
        .then(pl.lit(Level.COUNTY.value))
        .when(zeros >= 3)
        .then(pl.lit(Level.TOWN.value))
        .otherwise(pl.lit(Level.VILLAGE.value))
    )


def area_rules() -> Sequence[RowRule]:
    """The zeros of a code agree with its level, and a division lies inside the one above it."""
    parent, code = pl.col("parent_code"), pl.col("area_code")
    bare = parent.str.strip_chars_end("0")
    return [
        RowRule(
            "AREA_ZEROS",
            "区划代码",
            level_expr("area_code") != pl.col("level"),
            "代码末尾的零与层级不一致：市至少 8 个零、县 6 个、镇 3 个",
            "核对区划代码与层级，以统计用区划代码为准",
        ),
        RowRule(
            "AREA_PARENT",
            "上级代码",
            parent.is_not_null() & ~code.str.starts_with(bare),
            "区划代码不在上级代码之内",
            "核对区划代码与上级代码；飞地、功能区确属跨级管理的可不改",
            "WARN",
        ),
    ]


bind(
    "areas",
    Division,
    "area",
    rules=area_rules,
    list_fields=("area_code", "name", "level", "parent_code", "urban_rural"),
    import_permission="ledgers.import_setup",
    ring="govern",
)
bind(
    "stations",
    Station,
    "station",
    date_field="founded_on",
    list_fields=("station_no", "name", "level", "area", "founded_on", "closed_on"),
    import_permission="ledgers.import_setup",
    ring="govern",
)
bind(
    "staff_posts",
    StaffPost,
    "staff_post",
    links={"station_no": "station"},
    date_field="started_on",
    list_fields=("name", "id_number", "phone", "post_type", "station_no", "started_on", "left_on"),
    import_permission="ledgers.import_setup",
    ring="govern",
)
bind(
    "station_checks",
    StationCheck,
    "station_check",
    links={"station_no": "station"},
    date_field="concluded_on",
    ring="govern",
)
