"""整本采集表: every ledger of the form as a sheet of one workbook, of one person or of a whole division, masked."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.core.scope import is_code
from yizhou.dossier.facts import form
from yizhou.exports.limits import free_rows
from yizhou.exports.sources import Asked, Source
from yizhou.ledgers.blank import write_blank_workbook
from yizhou.ledgers.counting import counts
from yizhou.ledgers.editing import UPLOAD
from yizhou.ledgers.exporting import Choice, cells_of, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger, in_order
from yizhou.ledgers.reading import STAFF
from yizhou.ledgers.writing.sheets import TextSheet
from yizhou.orgs.queries import child_names, division_names, full_division_name
from yizhou.people.models import Person
from yizhou.people.sensitive import HIDDEN, hidden_from

Query = Mapping[str, str]
NAME, PEOPLE = "dossier", "people"
EXPORT = "dossier.export_form"


def ledgers_of_form() -> list[Ledger]:
    """The people ledger and those that the sections ask, in the order of import."""
    asked = {PEOPLE, *(name for section in form().sections for name in section.ledgers)}
    return [bound for bound in in_order() if bound.name in asked]


def workbook_page(actor: Actor) -> dict[str, Any]:
    """Context of ``dossier/workbook.html``."""
    areas = [(code.ljust(12, "0"), actor.area_label) for code in actor.areas if code]
    below = [one for code in actor.areas for one in child_names(code)]
    return {
        "title": "整本采集表",
        "note": "一本工作簿，一种台账一张表：下载空白模板带到村里填，一次导入",
        "sheets": [bound.title for bound in ledgers_of_form()],
        "areas": areas + below,
        "template_url": reverse("dossier:template"),
        "export_url": reverse("dossier:export") if actor.may(EXPORT) else "",
        "upload_url": reverse("ledgers:upload_workbook") if actor.may(UPLOAD) else "",
        "free_rows": free_rows(),
        "megabytes": STAFF.file_bytes >> 20,
    }


def template_file() -> IO[bytes]:
    """The blank workbook, open for reading and already gone from its folder."""
    with tempfile.TemporaryDirectory(dir=settings.EXPORTS_DIR) as folder:
        path = Path(folder) / "blank.xlsx"
        write_blank_workbook(ledgers_of_form(), path)
        return path.open("rb")


def asked(query: Query, actor: Actor) -> Asked:
    """One person, or one division. Raises ``Refused`` for neither, and for what the actor cannot see."""
    if person := _person(query, actor):
        words = f"{person.name}一人的整本采集表（{full_division_name(person.household_area)}）"
        return Asked({"person": str(person.uid)}, words)
    area = query.get("area", "")
    if not is_code(area) or not actor.covers(area):
        raise Refused([Blocker("AREA", "没有选要导出哪里的采集表", "选一个镇街或村社区")])
    return Asked({"area": area}, f"{division_names([area]).get(area, area)}的整本采集表")


def _person(query: Query, actor: Actor) -> Person | None:
    try:
        uid = uuid.UUID(query.get("person", ""))
    except ValueError:
        return None
    return Person.objects.visible_to(actor).filter(uid=uid).first()


def chosen(query: Query, actor: Actor) -> dict[str, QuerySet[Any]]:
    """The rows of each ledger that is open to the actor; nobody's for a person who is out of sight by now."""
    opened = [bound for bound in ledgers_of_form() if actor.may(bound.browse_permission)]
    if "person" not in query:
        return {bound.name: rows_of(bound, actor, Choice(query["area"])) for bound in opened}
    person = _person(query, actor)
    pk = person.pk if person else None
    return {
        bound.name: rows_of(bound, actor, Choice()).filter(
            **{"pk" if bound.name == PEOPLE else "person_id": pk}
        )
        for bound in opened
    }


def count(query: Query, actor: Actor, most: int) -> int:
    """Rows of all sheets together."""
    return min(sum(counts(chosen(query, actor), most).values()), most)


def headers(query: Query, actor: Actor) -> Sequence[str]:
    """The names of the sheets."""
    return [LEDGERS[name].title for name in chosen(query, actor)]


def sheets(query: Query, actor: Actor) -> list[TextSheet]:
    """Each ledger under its title with the headers of its template, those without rows too."""
    return [
        TextSheet(LEDGERS[name].title[:31], LEDGERS[name].layout.headers, masked(LEDGERS[name], found, actor))
        for name, found in chosen(query, actor).items()
    ]


def masked(bound: Ledger, found: QuerySet[Any], actor: Actor) -> Iterator[list[str]]:
    """Masked cells; columns of the file beyond the actor's sensitivity say so instead of their value."""
    beyond = hidden_from(actor) if bound.name == PEOPLE else frozenset[str]()
    closed = [place for place, column in enumerate(bound.layout.columns) if column.field in beyond]
    for row in cells_of(bound, found, plain=False):
        for place in closed:
            row[place] = HIDDEN if row[place] else ""
        yield row


def rows(query: Query, actor: Actor) -> Iterator[Sequence[str]]:
    """All sheets one after the other, for whoever wants one list."""
    return chain.from_iterable(
        masked(LEDGERS[name], found, actor) for name, found in chosen(query, actor).items()
    )


WORKBOOK = Source(NAME, "整本采集表", EXPORT, asked, count, headers, rows, sheets)
