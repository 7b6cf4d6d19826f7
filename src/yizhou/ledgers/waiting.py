"""Rows that refer to what is not there yet: kept apart with the reason, taken in when it has arrived.

A file's uploader chooses between that and rejection, which is what happens otherwise (ledgers.md §4 REF).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.events.recording import record
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.models import WaitingRow
from yizhou.ledgers.problems import ERROR

BREAK = "\x1f"


@dataclass(frozen=True)
class Held:
    """Rows that wait: their cells by header, and why, by row number."""

    cells: pl.DataFrame
    reasons: dict[int, str]

    @property
    def count(self) -> int:
        """How many rows wait."""
        return self.cells.height


def waitable(checked: Checked) -> pl.DataFrame:
    """Numbers of the rows that nothing speaks against but a reference to what is not there."""
    errors = checked.problems.filter(pl.col("level") == ERROR)
    others = errors.filter(pl.col("rule") != "REF").select("row_no")
    return errors.select("row_no").unique().join(others, on="row_no", how="anti").sort("row_no")


def set_apart(checked: Checked, frame: pl.DataFrame) -> tuple[Checked, Held]:
    """The outcome without the rows that can wait, and those rows as the file has them."""
    numbers = waitable(checked)
    told = checked.problems.join(numbers, on="row_no", how="semi", maintain_order="left")
    reasons: dict[int, str] = {}
    for row_no, header, message in told.select("row_no", "header", "message").iter_rows():
        reasons[row_no] = "；".join(filter(None, [reasons.get(row_no, ""), f"{header}：{message}"]))
    left = checked.problems.join(numbers, on="row_no", how="anti", maintain_order="left")
    cells = frame.join(numbers, on="row_no", how="semi", maintain_order="left")
    without = Checked(checked.rows - cells.height, checked.accepted, left, checked.repeated)
    return without, Held(cells, reasons)


def hold_rows(bound: Ledger, held: Held, actor: Actor) -> None:
    """Keep them, inside the transaction of their import; each once, however often it is brought."""
    if held.count:
        WaitingRow.objects.bulk_create(_to_keep(bound, held, actor), ignore_conflicts=True)
        record(actor, "waiting.held", ledger=bound.name, rows=held.count)


def forget_arrived(ids: Sequence[int]) -> int:
    """Rows that went into their ledger wait no more; returns how many. Their events are those of the ledger."""
    found = WaitingRow.objects.everywhere("rows that were just taken in").filter(pk__in=list(ids))
    return found.delete()[0]


def note_reasons(reasons: Mapping[int, str]) -> None:
    """What rows wait for now."""
    for pk, reason in reasons.items():
        rows = WaitingRow.objects.everywhere("rows that were just tried").filter(pk=pk)
        rows.update(reason=reason[:500])


def _to_keep(bound: Ledger, held: Held, actor: Actor) -> list[WaitingRow]:
    """The rows as they are stored: sealed, each with its fingerprint."""
    headers = [header for header in bound.layout.headers if header in held.cells.columns]
    rows = list(held.cells.select("row_no", *headers).iter_rows(named=True))
    texts = [BREAK.join(str(row[header] or "") for header in headers) for row in rows]
    digests = crypto.row_digest_many(keyring(), texts)
    area = actor.areas[0].ljust(12, "0") if actor.areas and actor.areas[0] else ""
    made = []
    for row, digest in zip(rows, digests, strict=True):
        kept = WaitingRow(
            ledger=bound.name,
            digest=digest,
            title=_title(bound, row),
            reason=held.reasons[row["row_no"]][:500],
            account_id=actor.account_id,
            actor=actor.name,
            area=area,
            areas=list(actor.areas),
            waiting_since=clock.now(),
        )
        kept.seal({header: row[header] for header in headers})
        made.append(kept)
    return made


def _title(bound: Ledger, row: dict[str, Any]) -> str:
    shown = [masked(column, str(row.get(column.header) or "")) for column in bound.layout.keys]
    return " · ".join(filter(None, shown))[:200]


def frame_of(bound: Ledger, rows: Sequence[WaitingRow]) -> pl.DataFrame:
    """Waiting rows as a sheet: row numbers from 1 on, one text column a header."""
    cells = [row.opened() for row in rows]
    columns = {
        header: pl.Series([texts.get(header) for texts in cells], dtype=pl.String)
        for header in bound.layout.headers
    }
    return pl.DataFrame({"row_no": pl.Series(range(1, len(rows) + 1), dtype=pl.UInt32), **columns})


def referring_to(name: str) -> Iterable[str]:
    """Ledgers with a column that refers to this one; its own rows may wait for each other."""
    for layout in layouts().values():
        if any(c.kind == "ref" and c.argument.startswith(f"{name}.") for c in layout.columns):
            yield layout.name
