"""Every case of tests/policy/*.toml: judged for one person, and the same clauses as SQL over one row."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest
from django.db import connection

from tests.policy.cases import Case, read_cases
from yizhou.catalogue.queries import amount, clauses, judge_item
from yizhou.policy.queries import vocabulary
from yizhou.policy.rules import Columns, Value, all_of, amount_sql

CASES = read_cases()
IDS = [f"{case.item} {case.name}" for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_one_person(case: Case) -> None:
    judgement, fen = judge_item(case.item, case.facts, case.on)
    assert judgement.eligible is case.eligible
    assert tuple(v.label for v in judgement.verdicts if v.holds is False) == case.fails
    if case.eligible is None:
        missing = [v.missing for v in judgement.verdicts if v.holds is None]
        assert len(missing) == 1
        assert set(case.missing) <= set(missing[0])
        assert [v.fact for v in judgement.verdicts if v.holds is None] == list(case.missing)
    assert fen == case.amount_fen


def columns_of(case: Case) -> tuple[Columns, dict[str, object]]:
    """One column per known fact, named f0, f1 …; set facts as conditions; the rest unknown."""
    facts = vocabulary().facts
    mapped: dict[str, str] = {}
    values: dict[str, object] = {}
    sets = {}
    for number, (name, value) in enumerate(case.facts.items()):
        if facts[name].kind.startswith("set:"):
            held = frozenset(value) if isinstance(value, frozenset | tuple | list) else frozenset()
            sets[name] = lambda codes, held=held: "true" if held & set(codes) else "false"
        else:
            mapped[name] = f":f{number}"
            level = facts[name].kind.startswith("level:")
            values[f"f{number}"] = int(str(value)) if level and value is not None else plain(value)
    unknown = frozenset(facts) - set(mapped) - set(sets)
    return Columns(mapped, sets, unknown), values


def plain(value: Value) -> object:
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_same_text_as_sql(case: Case) -> None:
    columns, values = columns_of(case)
    nodes = [clause.node for clause in clauses(case.item, case.on)]
    formula = amount(case.item, case.on)
    paid = amount_sql(formula, "sqlite", columns, case.on) if formula else "null"
    sql = f"select {all_of(nodes, 'sqlite', columns, case.on)}, {paid}"
    eligible, fen = sqlite3.connect(":memory:").execute(sql, values).fetchone()
    assert eligible == (None if case.eligible is None else int(case.eligible))
    assert (None if case.eligible is False else fen) == case.amount_fen


POSTGRES_TYPES = {"date": "date", "bool": "boolean", "number": "integer", "level": "integer"}


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_the_same_text_on_postgresql(case: Case) -> None:
    columns, values = columns_of(case)
    facts = vocabulary().facts
    typed = {
        name: f"cast(%({column[1:]})s as {POSTGRES_TYPES.get(facts[name].kind.partition(':')[0], 'text')})"
        for name, column in columns.facts.items()
    }
    columns = Columns(typed, columns.sets, columns.unknown)
    nodes = [clause.node for clause in clauses(case.item, case.on)]
    formula = amount(case.item, case.on)
    paid = amount_sql(formula, "postgres", columns, case.on) if formula else "null"
    values |= {f: bool(values[f]) for f in values if values[f] in (0, 1) and is_bool(case, f)}
    with connection.cursor() as cursor:
        cursor.execute(f"select {all_of(nodes, 'postgres', columns, case.on)}, {paid}", values)
        eligible, fen = cursor.fetchone()
    assert eligible is case.eligible
    assert (None if case.eligible is False else fen) == case.amount_fen


def is_bool(case: Case, column: str) -> bool:
    return vocabulary().facts[list(case.facts)[int(column[1:])]].kind == "bool"
