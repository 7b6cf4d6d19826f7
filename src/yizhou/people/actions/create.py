"""Opening a person's file from a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl
from django.db import IntegrityError, transaction

from yizhou.core import crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.row import Problem, check_cells, people_ledger, sealed_values, stored_values
from yizhou.people.models import Person

TAKEN = Problem(
    "id_number",
    "身份证号",
    "DUP_KEY",
    "这个证件号已经建档",
    "从搜索进入已有档案；看不到的，请联系县中心",
    is_doubt=False,
)


@action("people.create_person")
def create_person(cells: Mapping[str, str], *, actor: Actor, accept_doubts: bool = False) -> Person:
    """Open a file from texts by ledger field.

    Doubts (WARN rules, a namesake born the same day in the same village) stop it unless ``accept_doubts``.
    Raises ``Refused`` with every problem; writes ``person.created``.
    """
    found = problems_of_new(cells, actor)
    refuse_problems(found, accept_doubts=accept_doubts)
    checked, _ = check_cells(cells, actor)
    rows, values = stored_values(checked)
    person = Person(**values)
    person.seal(sealed_values(checked))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise Refused([as_blocker(TAKEN)]) from None
    index_name(person, rows, is_new=True)
    doubts = [problem.rule for problem in found]
    record(actor, "person.created", person, concern=Concern(person.pk, person.household_area), doubts=doubts)
    return person


def problems_of_new(cells: Mapping[str, str], actor: Actor) -> list[Problem]:
    """Everything that speaks against opening a file with these cells, errors and doubts."""
    checked, found = check_cells(cells, actor)
    number = id_numbers.normalise(cells.get("id_number"))
    number = id_numbers.from_15(number) if id_numbers.is_15(number) else number
    key = crypto.blind_index(keyring(), number)
    if Person.objects.everywhere("an identity number is unique").filter(id_number_index=key).exists():
        return [TAKEN, *found]
    if checked.accepted.height and _namesakes(checked.accepted.row(0, named=True)):
        found.append(
            Problem(
                "name",
                "姓名",
                "SAME_PERSON",
                "本村已有同名、同日出生的人",
                "核对是否重复建档；确是两人则继续",
                is_doubt=True,
            )
        )
    return found


def _namesakes(row: Mapping[str, object]) -> bool:
    same = Person.objects.everywhere("suspected duplicates in one village")
    fields = ("household_area", "birth_on", "name")
    return same.filter(**{field: row[field] for field in fields}).exists()


def refuse_problems(found: Sequence[Problem], *, accept_doubts: bool) -> None:
    """Raise ``Refused`` for errors, and for doubts that nobody has accepted."""
    stopping = [p for p in found if not (p.is_doubt and accept_doubts)]
    if stopping:
        raise Refused([as_blocker(problem) for problem in stopping])


def as_blocker(problem: Problem) -> Blocker:
    """A problem in the form in which actions refuse."""
    return Blocker(problem.rule, f"{problem.label}：{problem.message}", problem.remedy)


def index_name(person: Person, rows: pl.DataFrame, *, is_new: bool) -> None:
    """Keep the index of names in line, the way the import does."""
    after_load = people_ledger().after_load
    assert after_load is not None
    indexed = rows.with_columns(pl.lit(person.pk, dtype=pl.Int64).alias("id"))
    nothing = indexed.clear()
    after_load(*((indexed, nothing) if is_new else (nothing, indexed)))
