"""The ledgers ``cases`` and ``ratings`` bound to their tables."""

from __future__ import annotations

import polars as pl

from yizhou.cases.models import Case, Rating
from yizhou.catalogue.queries import catalogue
from yizhou.ledgers.ledger import bind
from yizhou.people.queries.columns import column_of


def with_state(rows: pl.DataFrame) -> pl.DataFrame:
    """Status from acceptance, pause, completion and result; division, department and promise beside it."""
    ids = rows["person_id"].unique().drop_nulls().to_list()
    areas = column_of("household_area", ids)
    versions = {code: item.newest for code, item in catalogue().items.items()}
    items = pl.DataFrame(
        {
            "item": list(versions),
            "department": [version.lead_dept for version in versions.values()],
            "promised_days": [version.promised_days for version in versions.values()],
            "item_since": [version.since for version in versions.values()],
        }
    )
    rows = rows.join(items, on="item", how="left", maintain_order="left")
    ended = {"DONE": "CLOSED", "REFUSED": "CLOSED"}
    done = pl.col("completed_at").is_not_null()
    return rows.with_columns(
        pl.Series("area", [areas.get(person, "") for person in rows["person_id"]], dtype=pl.String),
        pl.when(done)
        .then(pl.col("result").replace(ended))
        .when(pl.col("accepted_at").is_null())
        .then(pl.lit("SUBMITTED"))
        .when(pl.col("paused_since").is_not_null())
        .then(pl.lit("SUSPENDED"))
        .otherwise(pl.lit("IN_PROGRESS"))
        .alias("status"),
    )


CASES = bind(
    "cases",
    Case,
    "case",
    links={"id_number": "person"},
    indexed={"agent_id_number": "agent_index"},
    derive=with_state,
    date_field="applied_at",
    list_fields=("case_no", "item", "applied_at", "result"),
    ring="axis",
    by_hand=False,
    on_axis=False,
)

RATINGS = bind(
    "ratings",
    Rating,
    "rating",
    links={"case_no": "case"},
    person="",
    date_field="rated_on",
    list_fields=("rating_no", "rated_on", "level"),
    ring="smart",
    by_hand=False,
    on_axis=False,
)
