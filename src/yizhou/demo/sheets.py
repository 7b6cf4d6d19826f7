"""Frames with a ledger's fields as a csv file with its headers, cut where one file would be too long."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from yizhou.ledgers.columns import layouts

LONGEST = 300_000
"""Rows of one file; the reader refuses files of more than 400,000."""


def write_sheet(folder: Path, ledger: str, frame: pl.DataFrame) -> tuple[str, Path]:
    """Write the columns that the ledger knows; returns the ledger's name and the file."""
    path = folder / f"{ledger}.csv"
    columns = [column for column in layouts()[ledger].columns if column.field in frame.columns]
    frame.select(pl.col(column.field).alias(column.header) for column in columns).write_csv(
        path, datetime_format="%Y-%m-%d %H:%M:%S"
    )
    return ledger, path


def write_sheets(folder: Path, ledger: str, frame: pl.DataFrame) -> list[tuple[str, Path]]:
    """The same in as many files as it takes."""
    files = []
    for part in range(0, max(frame.height, 1), LONGEST):
        name, path = write_sheet(folder, ledger, frame.slice(part, LONGEST))
        files.append((name, path.rename(folder / f"{ledger}-{part // LONGEST + 1}.csv")))
    return files
