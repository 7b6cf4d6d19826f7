"""Drawing whole columns at once: the same seed gives the same column on every machine and version."""

from __future__ import annotations

import math
import random
import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate

import polars as pl

STEP = 2.0**-53


class Draw:
    """Random columns of ``count`` rows. Each is named, so that a new column does not change the others."""

    def __init__(self, seed: int, purpose: str, count: int) -> None:
        self.count = count
        self._seed = seed
        self._source = f"{seed}:{purpose}"

    def also(self, purpose: str, count: int) -> Draw:
        """Columns of another length from the same seed."""
        return Draw(self._seed, purpose, count)

    def uniform(self, what: str) -> pl.Series:
        """Numbers from 0 (included) to 1 (excluded)."""
        # Bytes of the Mersenne Twister are promised to stay the same; a library's own hash is not.
        source = random.Random(f"{self._source}:{what}")  # noqa: S311  # nothing secret: it must be repeatable
        raw = source.randbytes(8 * self.count)
        whole = pl.Series(what, struct.unpack(f"<{self.count}Q", raw), dtype=pl.UInt64)
        return (whole // 2048).cast(pl.Float64) * STEP

    def chance(self, what: str, probability: float) -> pl.Series:
        """True with a probability."""
        return self.uniform(what) < probability

    def whole(self, what: str, low: int, high: int) -> pl.Series:
        """Whole numbers, both ends included."""
        return (self.uniform(what) * (high - low + 1)).floor().cast(pl.Int64) + low

    def pick(self, what: str, weights: Mapping[str, float]) -> pl.Series:
        """Keys in proportion to their weights."""
        bounds = pl.Series(list(accumulate(weights.values())), dtype=pl.Float64)
        at = bounds.search_sorted(self.uniform(what) * bounds[-1], side="right")
        return pl.Series(list(weights)).gather(at).alias(what)

    def one_of(self, what: str, values: Sequence[str]) -> pl.Series:
        """Values, all alike likely."""
        return pl.Series(list(values)).gather(self.whole(what, 0, len(values) - 1)).alias(what)

    def normal(self, what: str, mean: float, spread: float) -> pl.Series:
        """Numbers around ``mean`` (Box–Muller)."""
        radius = (-2.0 * (1.0 - self.uniform(f"{what} radius")).log()).sqrt()
        angle = (2 * math.pi * self.uniform(f"{what} angle")).cos()
        return (radius * angle * spread + mean).alias(what)

    def gamma(self, what: str, shape: int, scale: float) -> pl.Series:
        """Incomes and durations: a sum of ``shape`` exponential parts."""
        total = pl.Series(what, [0.0] * self.count)
        for part in range(shape):
            total = total - (1.0 - self.uniform(f"{what} {part}")).log() * scale
        return total.alias(what)
