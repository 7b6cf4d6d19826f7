"""Memory during set-wise work: no search for cycles while hundreds of thousands of plain rows are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_cycle_search() -> Iterator[None]:
    """Switch Python's cyclic collector off for a bulk step and on again after it.

    A list of 340,000 rows makes the collector walk all of them again and again for cycles that are not
    there: half the time of the step. Reference counting goes on. Meant for import workers, not for requests.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
