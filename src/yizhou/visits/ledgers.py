"""Ledgers of contact, visits and comfort payments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl

from yizhou.ledgers.ledger import bind
from yizhou.ledgers.problems import WARN, RowRule
from yizhou.visits.models import ComfortPayment, ContactAssignment, Visit


def overlap_rules() -> Sequence[RowRule]:
    """One contact at a time (handbook §12): a further one that begins before the last ended is doubted."""
    began, person = pl.col("assigned_on"), "id_number"
    earlier_end = pl.col("ended_on").fill_null(dt.date.max).shift(1).over(person, order_by="assigned_on")
    return [
        RowRule(
            "CONTACT_OVERLAP",
            "联系起始日期",
            (earlier_end > began).fill_null(value=False),
            "与本文件中同一服务对象的上一名联系人时段重叠",
            "更换联系人时，先填上一名的联系解除日期",
            WARN,
        )
    ]


def repeat_rules() -> Sequence[RowRule]:
    """One payment a person, occasion and year; a second one that is not void is doubted."""
    counts = ~pl.col("voided").fill_null(value=False)
    same = ["id_number", "occasion", pl.col("paid_on").dt.year()]
    first = pl.col("row_no").filter(counts).min().over(same)
    return [
        RowRule(
            "COMFORT_REPEAT",
            "节点",
            counts & (pl.col("row_no") > first),
            "同一对象当年同一节点在本文件中已有一笔慰问",
            "核对是否重复发放；重复的填“是否作废”",
            WARN,
        )
    ]


bind(
    "contact_assignments",
    ContactAssignment,
    "contact_assignment",
    links={"id_number": "person"},
    indexed={"staff_id_number": "staff_index"},
    date_field="assigned_on",
    rules=overlap_rules,
    ring="care",
)
bind(
    "visits",
    Visit,
    "visit",
    links={"id_number": "person"},
    indexed={"staff_id_number": "staff_index"},
    date_field="visited_at",
    list_fields=("id_number", "visited_at", "purpose", "method", "occasion", "completed", "both_signed"),
    ring="care",
    on_axis=False,
)
bind(
    "comfort_payments",
    ComfortPayment,
    "comfort_payment",
    links={"id_number": "person"},
    date_field="paid_on",
    rules=repeat_rules,
    ring="care",
    tells="occasion",
)
