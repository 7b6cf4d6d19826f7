"""The limit for a workbook: nothing but its reading."""

from __future__ import annotations

import fastexcel

from bench.harness import Answer
from bench.measured import peak_mb, timed


def read(file: str) -> Answer:
    """The bare reading of a workbook with every cell as text."""

    def work() -> None:
        fastexcel.read_excel(file).load_sheet(0, dtypes="string").to_polars()

    return {**timed(work), "peak_mb": peak_mb()}
