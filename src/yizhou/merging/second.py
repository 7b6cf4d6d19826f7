"""The second opinion on files without a trusted identity number: asked for where it is installed (ADR 0018).

What is weighed goes to the scorer's process through a pipe and is never written down.
"""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
from importlib.util import find_spec

import polars as pl

from yizhou.core.configured import parameter
from yizhou.merging.rules import PROBABLE, SECOND, agreeing
from yizhou.merging.weighing import candidates

logger = logging.getLogger("yizhou")
MOST = 50_000
"""Files without a trusted number that are weighed in one search; a county with more has another problem."""
SECONDS = 600
LIBRARIES = ("splink", "duckdb", "pyarrow")
WORD = {"PYTHONHASHSEED": "0", "POLARS_MAX_THREADS": "2"}


def is_installed() -> bool:
    """Whether there is anybody to ask."""
    return all(find_spec(name) is not None for name in LIBRARIES)


def second_pairs(people: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame | None:
    """Further pairs in the shape of ``find_pairs`` with ``percent`` and ``opinion``; None when no answer came.

    ``pairs`` are ours: what they hold is not asked for again.
    """
    files = candidates(people, MOST)
    if not files.height:
        return _shaped(people, pairs.clear())
    found = _asked(files, people.height)
    return None if found is None else _shaped(people, found.join(pairs, on=["a", "b"], how="anti"))


def _asked(files: pl.DataFrame, people: int) -> pl.DataFrame | None:
    sent = io.BytesIO()
    files.write_ipc_stream(sent)
    least = str(parameter("second_opinion_percent"))
    command = [sys.executable, "-m", "yizhou.merging.scorer", str(people), least]
    try:
        answer = subprocess.run(  # noqa: S603  # our own module
            command,
            input=sent.getvalue(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
            env={**os.environ, **WORD},
        )
    except subprocess.TimeoutExpired:
        logger.warning("the second opinion took more than %s seconds", SECONDS)
        return None
    except subprocess.CalledProcessError as problem:
        # The message of a library may hold what it was working on: only that it ended is told.
        logger.warning("the second opinion ended with %s", problem.returncode)
        return None
    return pl.read_ipc_stream(io.BytesIO(answer.stdout))


def _shaped(people: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    if not found.height:
        return EMPTY
    named = agreeing(people, found.select("a", "b"))
    return found.join(named, on=["a", "b"]).select(
        "a",
        "b",
        pl.lit(SECOND).alias("rules"),
        "agrees",
        pl.lit(PROBABLE).alias("strength"),
        "percent",
        "opinion",
    )


EMPTY = pl.DataFrame(
    schema={
        "a": pl.Int64,
        "b": pl.Int64,
        "rules": pl.String,
        "agrees": pl.String,
        "strength": pl.String,
        "percent": pl.Int16,
        "opinion": pl.String,
    }
)
