"""The rows of a balance as frames: those of now, those of a confirmed opening, and where the others went."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from yizhou.balances.facts import Balance
from yizhou.balances.models import ConfirmedBalance
from yizhou.balances.rules import Outside, opening_of
from yizhou.core.scope import prefix_of
from yizhou.indicators.scope import Scope
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.models import VoidedRow

WHY = "平衡表按区划逐条核对，区划已在调用前核对"
NAMES = ("pk", "category", "area")
CHUNK = 2000


@dataclass(frozen=True)
class Opening:
    """Who stood on the day before: of a confirmed table, or as the dates of the records say now (``source`` None)."""

    names: pl.DataFrame
    source: ConfirmedBalance | None = None


def bound_of(balance: Balance) -> Ledger:
    """The ledger it is counted from."""
    return LEDGERS[balance.ledger]


def present(balance: Balance, scope: Scope) -> pl.DataFrame:
    """Every row inside the area, with the first day on which it no longer stands and the column that says so."""
    bound = bound_of(balance)
    objects: Any = bound.model._default_manager
    rows = scope.within(objects.all())
    ends = [end.field for end in balance.ends]
    category = [balance.category] if balance.category else []
    found = rows.order_by().values_list("pk", bound.area, balance.since, *ends, *category)
    schema = {"pk": pl.Int64, "area": pl.String, "since": pl.Date, **dict.fromkeys(ends, pl.Date)}
    schema |= {field: _type(balance) for field in category}
    frame = pl.DataFrame(list(found), schema=schema, orient="row")
    return frame.select(
        "pk", _category(balance), pl.col("area").fill_null(""), "since", *_until(balance)
    ).sort("pk")


def _type(balance: Balance) -> Any:
    return pl.Boolean if balance.layout[balance.category].kind == "bool" else pl.String


def _category(balance: Balance) -> pl.Expr:
    if not balance.category:
        return pl.lit("").alias("category")
    column = pl.col(balance.category)
    told = (
        pl.when(column).then(pl.lit("1")).otherwise(pl.lit("0")) if _type(balance) == pl.Boolean else column
    )
    return told.fill_null("").alias("category")


def _until(balance: Balance) -> list[pl.Expr]:
    days = [pl.col(end.field) + pl.duration(days=int(end.last_day)) for end in balance.ends]
    until = pl.min_horizontal(days)
    end = pl.lit(None, dtype=pl.String)
    for day, one in reversed(list(zip(days, balance.ends, strict=True))):
        end = pl.when(day == until).then(pl.lit(one.field)).otherwise(end)
    return [until.cast(pl.Date).alias("until"), end.alias("end")]


def packed(closing: pl.DataFrame) -> bytes:
    """The names of a close as they are kept."""
    stream = io.BytesIO()
    closing.select(NAMES).sort("pk").write_parquet(stream, compression="zstd")
    return stream.getvalue()


def opening_for(balance: Balance, scope: Scope, rows: pl.DataFrame) -> Opening:
    """The newest confirmed close of the day before, of the area or one around it; else what the dates say now."""
    day = scope.first - dt.timedelta(days=1)
    around = {scope.area, "", *(scope.area[:length].ljust(12, "0") for length in (4, 6, 9) if scope.area)}
    found = ConfirmedBalance.objects.everywhere(WHY).filter(balance=balance.name, last=day, area__in=around)
    source = found.order_by("-area", "-id").first()
    if source is None:
        return Opening(opening_of(rows, scope.first).select(NAMES))
    return Opening(pl.read_parquet(io.BytesIO(bytes(source.names))), source)


def outside(balance: Balance, scope: Scope, rows: pl.DataFrame, opening: Opening) -> Outside:
    """What became of the names of a confirmed opening that are not among the present rows."""
    if opening.source is None:
        return Outside()
    prefix = prefix_of(scope.area) if scope.area else ""
    inside = pl.col("area").str.starts_with(prefix)
    missing = opening.names.filter(inside).join(rows, on="pk", how="anti")["pk"].to_list()
    elsewhere = opening.names.filter(~inside)["pk"]
    bound = bound_of(balance)
    voided = VoidedRow.objects.everywhere(WHY).filter(ledger=bound.name, restored_at__isnull=True)
    return Outside(
        moved=frozenset(_known(bound.model._base_manager.values_list("pk", flat=True), "pk", missing)),
        voided=frozenset(_known(voided.values_list("row_id", flat=True), "row_id", missing)),
        elsewhere=frozenset(elsewhere.to_list()),
    )


def _known(rows: Any, name: str, pks: list[int]) -> Iterable[int]:
    for start in range(0, len(pks), CHUNK):
        yield from rows.filter(**{f"{name}__in": pks[start : start + CHUNK]})
