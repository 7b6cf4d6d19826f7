"""The process that weighs files with splink on DuckDB: ``python -m yizhou.merging.scorer``, the files on its input.

A process of its own: its libraries weigh 200 MB, so the pages never load them, and its memory goes back when it ends.
The database lives in memory, spills nothing to disk, reads no files and loads no extensions.
"""

from __future__ import annotations

import ctypes
import resource
import signal
import sys
from collections.abc import Iterator

import duckdb
import polars as pl
from splink import DuckDBAPI, Linker, SettingsCreator
from splink import comparison_level_library as levels
from splink.blocking_rule_library import CustomRule
from splink.comparison_library import CustomComparison

from yizhou.merging.weighing import BLOCKS, ELSE, FACTS, UNKNOWN, Fact, prior

MEMORY = "1500MB"
ADDRESS_SPACE = 6 << 30
CLOSED = (
    "SET temp_directory = ''",
    f"SET memory_limit = '{MEMORY}'",
    "SET threads = 2",
    "SET autoinstall_known_extensions = false",
    "SET autoload_known_extensions = false",
    "SET enable_external_access = false",
)
"""In this order: the last one shuts the door to files and to the network for good."""
PR_SET_PDEATHSIG = 1


def weigh(files: pl.DataFrame, people: int, least: float) -> pl.DataFrame:
    """Pairs ``a < b`` with ``percent`` and ``opinion`` that are one person's with at least this probability."""
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        probability_two_random_records_match=prior(people),
        blocking_rules_to_generate_predictions=[CustomRule(rule) for rule in _blocks()],
        comparisons=[_comparison(fact) for fact in FACTS],
        retain_matching_columns=True,
    )
    with duckdb.connect(":memory:") as connection:
        for statement in CLOSED:
            connection.execute(statement)
        api = DuckDBAPI(connection)
        linker = Linker(api.register(files.to_arrow()), settings, log_level=None)
        likely = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
        found = pl.DataFrame(likely.as_duckdbpyrelation().to_arrow_table())
    return _told(found)


def _blocks() -> Iterator[str]:
    for block in BLOCKS:
        same = " and ".join(f'l."{name}" = r."{name}"' for name in block)
        yield f"{same} and (l.bare or r.bare)"


def _comparison(fact: Fact) -> CustomComparison:
    graded = [
        (levels.ElseLevel() if level.condition == ELSE else levels.CustomLevel(level.condition)).configure(
            m_probability=level.same, u_probability=level.any_two
        )
        for level in fact.levels
    ]
    return CustomComparison([levels.NullLevel(fact.name), *graded], output_column_name=fact.name)


def _told(found: pl.DataFrame) -> pl.DataFrame:
    parts = []
    for fact in FACTS:
        # The most alike has the highest number, the rest is 0, what one of the files lacks -1.
        codes = {len(fact.levels) - 1 - place: level.code for place, level in enumerate(fact.levels)}
        named = pl.col(f"gamma_{fact.name}").replace_strict({**codes, -1: UNKNOWN}, return_dtype=pl.String)
        parts.append(pl.format(f"{fact.name}={{}}", named))
    # Two files whose names have nothing in common are of a household or of a comrade.
    return found.filter(pl.col("gamma_name") > 0).select(
        pl.min_horizontal("id_l", "id_r").alias("a"),
        pl.max_horizontal("id_l", "id_r").alias("b"),
        (pl.col("match_probability") * 100).floor().cast(pl.Int16).alias("percent"),
        pl.concat_str(parts, separator=";").alias("opinion"),
    )


def main() -> None:
    """Read the files from the input, write the pairs to the output, both as Arrow streams."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    files = pl.read_ipc_stream(sys.stdin.buffer)
    found = weigh(files, int(sys.argv[1]), int(sys.argv[2]) / 100)
    found.write_ipc_stream(sys.stdout.buffer)


if __name__ == "__main__":
    main()
