"""The file's own tabs and cards, and its way into the search box."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.subjects import SUBJECTS
from yizhou.ledgers.columns import code_name
from yizhou.ledgers.picking import PICKERS, Pick
from yizhou.orgs.queries import division_names
from yizhou.people.actions.confirm import CONFIRM
from yizhou.people.confirming import quality_card
from yizhou.people.models import Person
from yizhou.people.plugs import ASIDES, PANELS, QUICK, Aside, Panel, Quick
from yizhou.people.queries.attachments import attachments_panel, count_attachments
from yizhou.people.queries.change_ledger import history, history_panel
from yizhou.people.queries.list_rows import SEX
from yizhou.people.queries.panels import basic_panel, household
from yizhou.people.queries.readers import readers_panel
from yizhou.people.queries.records import records_panel
from yizhou.people.queries.search import search_people
from yizhou.portal.search import FINDERS, Finder, Hit

MOST_PICKED = 8
VIEW, READERS = "people.view_person", "people.view_readers"


def _no_count(person: Person, actor: Actor) -> None:  # a tab without a number
    """No number on the tab."""


def _changes(person: Person, actor: Actor) -> int:
    return history(person, actor).count()


def _correct_url(person: Person) -> str:
    return reverse("people:correct", args=[person.uid])


def _confirm_url(person: Person) -> str:
    return reverse("people:confirm", args=[person.uid])


def find(text: str, actor: Actor) -> Sequence[Hit]:
    """Hits of the search box: one line a person, masked."""
    found = search_people(text, actor)
    places = division_names([hit.area for hit in found]) if found else {}
    year = clock.today().year
    return [
        Hit(
            title=hit.name,
            url=reverse("people:person", args=[hit.uid]),
            note=f"{SEX.get(hit.sex, '')} · {year - hit.birth_on.year} · {hit.id_number} · {places.get(hit.area, '')}",
            tag=code_name("person_category", hit.category),
            exact=hit.exact,
        )
        for hit in found
    ]


def subject(uid: uuid.UUID, actor: Actor) -> int | None:
    """Inner id behind a public one, for the filter of the log."""
    return Person.objects.visible_to(actor).filter(uid=uid).values_list("id", flat=True).first()


def pick(text: str, actor: Actor) -> list[Pick]:
    """Persons for a column of a ledger that refers to one."""
    found = [(hit.uid, hit.name, hit.id_number) for hit in search_people(text, actor, MOST_PICKED)]
    return [Pick(str(uid), name, number) for uid, name, number in found]


PICKERS.add("people", pick)
SUBJECTS.add("people", subject)
FINDERS.add("people", Finder("people", "一人一档", VIEW, find))
PANELS.add("basic", Panel("basic", "基本信息", VIEW, _no_count, basic_panel, "people/_basic.html", order=10))
PANELS.add(
    "history",
    Panel("history", "信息维护台账", VIEW, _changes, history_panel, "people/_history.html", order=90),
)
PANELS.add(
    "files",
    Panel("files", "附件", VIEW, count_attachments, attachments_panel, "people/_files.html", order=80),
)
PANELS.add(
    "readers",
    Panel("readers", "谁看过", READERS, _no_count, readers_panel, "people/_readers.html", order=95),
)
PANELS.add(
    "records",
    Panel(
        "records", "业务台账", "ledgers.browse_ledger", _no_count, records_panel, "people/_records.html", 30
    ),
)
QUICK.add("confirm", Quick("核实档案", CONFIRM, _confirm_url, order=85))
QUICK.add("correct", Quick("更正档案", "people.correct_person", _correct_url, order=90))
ASIDES.add("quality", Aside("quality", "档案质量", VIEW, quality_card, order=15))
ASIDES.add("household", Aside("household", "家庭与联系", VIEW, household, order=20))
