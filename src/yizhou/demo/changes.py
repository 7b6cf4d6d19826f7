"""Changes of files as stations make them: corrections, what waits for a second person, and what two people have changed."""

from __future__ import annotations

from collections.abc import Iterator

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.demo.live import Cast
from yizhou.people.actions import approve_change, correct_person, propose_correction
from yizhou.people.actions.changing import state_of
from yizhou.people.models import Person

CHANGED, WAITING, EVERY = 12, 6, 37
REASONS = ("本人出示新的户口簿", "来站核对，原录入有误", "走访时本人更正", "与社保数据比对后更正")
GIVEN = ("国良", "建华", "志强", "秀英")


def some_changes() -> int:
    """Correct some files and put others before a second person; returns how many were changed or are waiting."""
    cast, done = Cast(), 0
    for nth, (person, clerk, second) in enumerate(_chosen(cast)):
        if done == CHANGED + WAITING:
            return done
        reason = REASONS[nth % len(REASONS)]
        try:
            done += _changed(nth, person, clerk, second, reason, done)
        except Refused:
            # The file breaks a rule by itself; the next one will do.
            continue
    return done


def _changed(nth: int, person: Person, clerk: Actor, second: Actor, reason: str, done: int) -> int:
    cells = {"name": person.name[0] + GIVEN[nth % len(GIVEN)]}
    if nth % 3 == 0:
        cells = {"phone": f"139000{nth:05}", "residence_address": "新村 3 幢 201 室"}
        correct_person(person, cells, reason, actor=clerk, seen=state_of(person), accept_doubts=True)
        return 1
    proposal = propose_correction(
        person, cells, reason, actor=clerk, seen=state_of(person), accept_doubts=True
    )
    if done < CHANGED:
        approve_change(proposal, "已对照原件", actor=second)
    return 1


def _chosen(cast: Cast) -> Iterator[tuple[Person, Actor, Actor]]:
    """People here and there, with a clerk of their station and somebody of the county beside."""
    rows = Person.objects.everywhere("the demonstration").registered(clock.today()).order_by("id")
    for row_id in list(rows.values_list("id", flat=True))[5::EVERY]:
        person = Person.objects.everywhere("the demonstration").get(pk=row_id)
        area = person.household_area
        clerk = cast.somebody("VILLAGE_STATION", area) or cast.somebody("TOWN_STATION", area)
        second = cast.somebody("BUREAU_STAFF", area)
        if clerk and second:
            yield person, clerk, second
