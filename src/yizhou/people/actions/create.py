"""Opening a person's file from a form."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from yizhou.core import crypto, id_numbers
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.ledgers.one_row import (
    Problem,
    after_load,
    as_blocker,
    check_cells,
    refuse_problems,
    sealed_values,
    stored_values,
)
from yizhou.people.actions.changing import people_ledger
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
    bound = people_ledger()
    checked, _ = check_cells(bound, cells, actor)
    rows, values = stored_values(bound, checked)
    if accept_doubts:
        values["doubts"] = ""
    person = Person(**values)
    person.seal(sealed_values(bound, checked))
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise Refused([as_blocker(TAKEN)]) from None
    after_load(bound, rows, person.pk, is_new=True)
    doubts = [problem.rule for problem in found]
    record(actor, "person.created", person, concern=Concern(person.pk, person.household_area), doubts=doubts)
    return person


def problems_of_new(cells: Mapping[str, str], actor: Actor) -> list[Problem]:
    """Everything that speaks against opening a file with these cells, errors and doubts."""
    checked, found = check_cells(people_ledger(), cells, actor)
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
