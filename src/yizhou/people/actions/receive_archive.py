"""接收档案: the personnel file of a returning soldier has come in."""

from __future__ import annotations

import datetime as dt

from yizhou.core.actor import Actor
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.change_log import Origin, keep_change, texts_between
from yizhou.people.models import Person, Source
from yizhou.people.queries.facts import values_of


@action("people.receive_archive")
def receive_archive(
    person: Person, *, on: dt.date, is_complete: bool, note: str = "", actor: Actor
) -> Person:
    """Note that the paper file is there, and whether nothing is missing from it; the first day stays.

    依据: 退役军人保障法第16条 (档案由部队移交，要件齐全). ``archived_on`` (建档) is another matter and is not touched.
    """
    before = values_of(person)
    person.archive_complete, person.e_archive_on = is_complete, person.e_archive_on or on
    mine = Person.objects.everywhere("one person of the case").filter(pk=person.pk)
    mine.update(row_digest=None, archive_complete=is_complete, e_archive_on=person.e_archive_on)
    concern = Concern(person.pk, person.household_area)
    event = record(
        actor, "person.archive_received", person, concern=concern, reason=note, complete=is_complete
    )
    if texts := texts_between(before, values_of(person)):
        origin = Origin(Source.CASE, event, note, actor.account_id, actor.name)
        keep_change(person, texts, origin)
    return person
