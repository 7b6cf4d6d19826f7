"""The limits of exports, read once: the busiest page names one of them."""

from __future__ import annotations

from functools import cache

from yizhou.core.configured import parameter


@cache
def free_rows() -> int:
    """How many rows go out without a second person."""
    return parameter("export_free_rows")


@cache
def free_rows_a_day() -> int:
    """How many rows go out to one account in a day without a second person, all its exports together."""
    return parameter("export_free_rows_a_day")


@cache
def keep_days() -> int:
    """How many days a file is kept."""
    return parameter("export_keep_days")
