"""What a file leaves in doubt: the warnings of its rules by name, kept with the file for lists and sums (handbook §3)."""

from __future__ import annotations

import datetime as dt

import polars as pl

from yizhou.ledgers.problems import WARN
from yizhou.people.checks import people_rules

NOT_OF_ONE_FILE = frozenset({"SAME_PERSON", "COMPLETENESS"})
"""Warnings about several rows of a spreadsheet, and about gaps, which are counted by themselves."""


def doubts_expr(today: dt.date) -> pl.Expr:
    """Names of the warnings that a row of typed values deserves, each once, joined by ";"; empty without any."""
    found: dict[str, pl.Expr] = {}
    for rule in people_rules(today):
        if rule.level == WARN and rule.code not in NOT_OF_ONE_FILE:
            bad = rule.bad.fill_null(value=False)
            found[rule.code] = found[rule.code] | bad if rule.code in found else bad
    named = [pl.when(bad).then(pl.lit(code)) for code, bad in found.items()]
    return pl.concat_str(named, separator=";", ignore_nulls=True)
