"""One search for people who are filed twice, by us or by splink, over columns that are ready in memory."""

from __future__ import annotations

import os

import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink import comparison_library as cl

from bench.harness import Answer
from bench.measured import timed
from bench.twice import Twice, twice
from yizhou.core.pinyin import name_keys_many
from yizhou.merging.rules import find_pairs, trusted
from yizhou.merging.second import second_pairs

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
    born = frame.with_columns(pl.col("born").str.to_date(strict=False))
    return frame.select(
        "id",
        pl.col("number").str.slice(0, 17).cast(pl.Int64),
        "name",
        pl.Series("pinyin", [key.full.split(" ", 2)[0] for key in keys]),
        pl.col("born").str.to_date(strict=False).cast(pl.Int32),
        "village",
        pl.col("phone").cast(pl.Int64),
        pl.col("enlisted").str.to_date(strict=False).cast(pl.Int32),
        born.select(trusted("number", "born").alias("trusted")).to_series(),
    )


def second(rows: str) -> Answer:
    """The second opinion on copies that have no number, after our own rules; other mistakes stay in them."""
    planted = twice(int(rows))
    copies = pl.col("id").is_in(sorted(pair[1] for pair in planted.truth))
    people = compared(planted.frame).with_columns(
        pl.when(~copies).then("number").alias("number"), (~copies).alias("trusted")
    )
    mine, found = find_pairs(people), []
    answer = timed(lambda: found.append(second_pairs(people, mine)))
    by_rule, by_weight = (set(frame.select("a", "b").iter_rows()) for frame in (mine, found[0]))
    alone = told(planted, by_rule)["recall"]
    right = len(by_weight & planted.truth) / max(len(by_weight), 1)
    return (
        answer
        | told(planted, by_rule | by_weight)
        | {"alone": alone, "right": right, "second": len(by_weight)}
    )


def splink(rows: str) -> Answer:
    """The usual probabilistic scorer on DuckDB, with blocks on what usually stays right."""
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
