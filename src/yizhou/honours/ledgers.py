"""Ledgers of honours bound to their tables."""

from __future__ import annotations

import polars as pl

from yizhou.honours.models import Award, HonourArchive, MediaAsset, MeritNotice, Plaque
from yizhou.ledgers.ledger import bind
from yizhou.people.queries.columns import column_of


def with_household(rows: pl.DataFrame) -> pl.DataFrame:
    """The number of the household at which the plaque hangs: one plaque a family."""
    found = column_of("household_no", rows["person_id"].drop_nulls().unique().to_list())
    numbers = [found.get(person, "") for person in rows["person_id"]]
    return rows.with_columns(pl.Series("household_no", numbers, dtype=pl.String))


bind(
    "plaques",
    Plaque,
    "plaque",
    links={"id_number": "person"},
    derive=with_household,
    date_field="hung_on",
    ring="glory",
    on_axis=False,
)
bind(
    "honour_archives",
    HonourArchive,
    "honour_archive",
    links={"id_number": "person"},
    date_field="opened_on",
    ring="glory",
    tells="status",
)
bind(
    "media_assets",
    MediaAsset,
    "media_asset",
    links={"id_number": "person"},
    date_field="made_on",
    ring="glory",
    tells="kind",
)
bind(
    "merit_notices",
    MeritNotice,
    "merit_notice",
    links={"id_number": "person"},
    date_field="approved_on",
    ring="glory",
    tells="grade",
)
bind(
    "awards",
    Award,
    "award",
    date_field="awarded_on",
    ring="glory",
    tells="award_kind",
)
