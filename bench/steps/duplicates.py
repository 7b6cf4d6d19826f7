"""One search for people who are filed twice, by us or by splink, over columns that are ready in memory."""

from __future__ import annotations

import os

import polars as pl

from bench.harness import Answer
from bench.measured import timed
from bench.twice import Twice, twice
from yizhou.core.pinyin import name_keys_many
from yizhou.merging.rules import find_pairs

LIKELY = 0.9


def ours(rows: str) -> Answer:
    """Masked keys and what else agrees."""
    planted = twice(int(rows))
    people, found = compared(planted.frame), []
    answer = timed(lambda: found.append(find_pairs(people)))
    return answer | told(planted, set(found[0].select("a", "b").iter_rows()))


def compared(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns as the product reads them."""
    keys = name_keys_many(frame["name"].to_list())
    return frame.select(
        "id",
        pl.col("number").str.slice(0, 17).cast(pl.Int64),
        "name",
        pl.Series("pinyin", [key.full.split(" ", 2)[0] for key in keys]),
        pl.col("born").str.to_date(strict=False).cast(pl.Int32),
        "village",
        pl.col("phone").cast(pl.Int64),
        pl.col("enlisted").str.to_date(strict=False).cast(pl.Int32),
    )


def splink(rows: str) -> Answer:
    """The usual probabilistic scorer on DuckDB, with blocks on what usually stays right."""
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on  # noqa: PLC0415  # only where it is installed
    from splink import comparison_library as cl  # noqa: PLC0415  # as above

    planted = twice(int(rows))
    frame = compared(planted.frame).with_columns(
        pl.col("number").cast(pl.String), pl.col("phone").cast(pl.String)
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=1e-6,
        blocking_rules_to_generate_predictions=[
            block_on("pinyin", "born"),
            block_on("phone"),
            block_on("born", "village"),
            block_on("pinyin", "village"),
            block_on("pinyin", "substr(number, 1, 10)"),
        ],
        comparisons=[
            cl.DamerauLevenshteinAtThresholds("number", [1, 2]),
            cl.ExactMatch("pinyin"),
            cl.ExactMatch("born"),
            cl.ExactMatch("phone"),
            cl.ExactMatch("village"),
        ],
    )
    found: list[set[tuple[int, int]]] = []

    def work() -> None:
        api = DuckDBAPI()
        linker = Linker(api.register(frame.to_arrow()), settings)
        linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
        likely = linker.inference.predict(threshold_match_probability=LIKELY).as_duckdbpyrelation()
        found.append({(min(p), max(p)) for p in likely.project("id_l, id_r").fetchall()})

    answer = timed(work)
    return answer | told(planted, found[0]) | {"threads": os.cpu_count()}


def told(planted: Twice, found: set[tuple[int, int]]) -> Answer:
    """How much of the truth was found, and how much of what was found is true."""
    right = len(found & planted.truth)
    return {
        "pairs": len(found),
        "truth": len(planted.truth),
        "recall": right / len(planted.truth),
        "precision": right / max(len(found), 1),
    }
