"""The ledgers ``cases`` and ``ratings`` bound to their tables."""

from __future__ import annotations

import polars as pl

from yizhou.cases.models import Case, Rating
from yizhou.catalogue.queries import catalogue
from yizhou.ledgers.ledger import Ledger, Link, ledger
from yizhou.people.models import Person

CHUNK = 800


def areas_by_person(ids: list[int]) -> dict[int, str]:
    """Division of the household by inner id of the person."""
    found: dict[int, str] = {}
    for start in range(0, len(ids), CHUNK):
        people = Person.objects.everywhere("owning division of ledger rows").filter(
            pk__in=ids[start : start + CHUNK]
        )
        found.update(people.values_list("pk", "household_area"))
    return found


def with_state(rows: pl.DataFrame) -> pl.DataFrame:
    """Status from acceptance, pause, completion and result; division, department and promise beside it."""
    ids = rows["person_id"].unique().drop_nulls().to_list()
    areas = areas_by_person(ids)
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


CASES = ledger(
    Ledger(
        name="cases",
        model=Case,
        code_noun="case",
        sealed=frozenset(Case.SEALED),
        indexed={"agent_id_number": "agent_index"},
        links={"id_number": Link("person_id", "people")},
        derive=with_state,
        area="area",
        person="person_id",
        date_field="applied_at",
        list_fields=("case_no", "item", "applied_at", "result"),
    )
)

RATINGS = ledger(
    Ledger(
        name="ratings",
        model=Rating,
        code_noun="rating",
        links={"case_no": Link("case_id", "cases")},
        area="area",
        date_field="rated_on",
        list_fields=("rating_no", "rated_on", "level"),
    )
)
