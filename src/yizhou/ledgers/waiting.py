"""Rows that refer to what is not there yet: kept apart with the reason, taken in when it has arrived.

A file's uploader chooses between that and rejection, which is what happens otherwise (ledgers.md §4 REF).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import polars as pl

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.recording import record
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import masked
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.models import WaitingRow
from yizhou.ledgers.problems import ERROR
from yizhou.orgs.queries import console_actor, holder_of

BREAK = "\x1f"
SLICE = 800
NO_POST = "上传人已没有可以导入它的任职。请现任人员重新上传这一行"


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
    reasons = reasons_of(checked.problems.join(numbers, on="row_no", how="semi", maintain_order="left"))
    left = checked.problems.join(numbers, on="row_no", how="anti", maintain_order="left")
    cells = frame.join(numbers, on="row_no", how="semi", maintain_order="left")
    without = Checked(checked.rows - cells.height, checked.accepted, left, checked.repeated)
    return without, Held(cells, reasons)


def reasons_of(found: pl.DataFrame) -> dict[int, str]:
    """What speaks against rows and what to do about it, by row number."""
    reasons: dict[int, str] = {}
    for row_no, header, message, remedy in found.select("row_no", "header", "message", "remedy").iter_rows():
        told = [reasons.get(row_no, ""), f"{header}：{message}。{remedy}"]
        reasons[row_no] = "；".join(filter(None, told))[:500]
    return reasons


def waiting_rows(actor: Actor) -> ScopedQuerySet[WaitingRow]:
    """What waits within the actor's areas on ledgers that are open to the actor's post."""
    open_ledgers = [name for name, bound in LEDGERS.items() if actor.may(bound.browse_permission)]
    return WaitingRow.objects.visible_to(actor).filter(ledger__in=open_ledgers)


def hold_rows(bound: Ledger, held: Held, actor: Actor) -> None:
    """Keep them, inside the transaction of their import; each once, however often it is brought."""
    if held.count:
        kept = _to_keep(bound, held, actor)
        WaitingRow.objects.bulk_create(kept, ignore_conflicts=True)
        _take_over(bound, kept, actor)
        record(actor, "waiting.held", ledger=bound.name, rows=held.count)


def _take_over(bound: Ledger, kept: Sequence[WaitingRow], actor: Actor) -> None:
    """Rows that waited already are taken in as by who brings them now, unless the first may still and reaches further."""
    held = WaitingRow.objects.everywhere("whoever brought the same rows before").filter(ledger=bound.name)
    for start in range(0, len(kept), SLICE):
        digests = [row.digest for row in kept[start : start + SLICE]]
        for first, rows in by_bringer(bound, held.filter(digest__in=digests)):
            if first is None or all(actor.covers(area) for area in first.areas):
                for row in rows:
                    row.account_id, row.actor, row.areas = actor.account_id, actor.name, list(actor.areas)
                    # Whoever saw it waiting goes on seeing it.
                    row.area = row.area if actor.covers(row.area) else kept[0].area
                held.bulk_update(rows, ["account_id", "actor", "areas", "area"], batch_size=SLICE)


def by_bringer(bound: Ledger, rows: Iterable[WaitingRow]) -> Iterator[tuple[Actor | None, list[WaitingRow]]]:
    """Rows of a ledger by who brought them, as far as that person's post is still held and may import it."""

    def whose(row: WaitingRow) -> tuple[int, list[str]]:
        return row.account_id or 0, row.areas

    for (account_id, areas), group in groupby(sorted(rows, key=whose), key=whose):
        may = bound.import_permission
        yield holder_of(account_id, areas, may, clock.today()) if account_id else console_actor(), list(group)


def forget_arrived(ids: Sequence[int]) -> int:
    """Rows that went into their ledger wait no more; returns how many. Their events are those of the ledger."""
    found = WaitingRow.objects.everywhere("rows that were just taken in").filter(pk__in=list(ids))
    return found.delete()[0]


def note_reasons(rows: Iterable[WaitingRow], reasons: Mapping[int, str]) -> None:
    """What rows wait for now, by inner id; written only where that has changed."""
    changed = [row for row in rows if reasons.get(row.pk, row.reason) != row.reason]
    for row in changed:
        row.reason = reasons[row.pk]
    tried = WaitingRow.objects.everywhere("rows that were just tried")
    tried.bulk_update(changed, ["reason"], batch_size=SLICE)


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
            reason=held.reasons[row["row_no"]],
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
    """What the row is known by, and whom or what it refers to: somebody has to go and find that."""
    wanted = [c for c in bound.layout.columns if c.key or c.kind == "ref"]
    shown = [masked(column, str(row.get(column.header) or "")) for column in wanted]
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
