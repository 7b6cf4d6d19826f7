"""The tab 采集表 of the person page, and the whole form as what can be exported."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.dossier.queries.form import PANEL
from yizhou.dossier.queries.page import form_panel
from yizhou.dossier.queries.workbook import NAME, WORKBOOK
from yizhou.exports.sources import SOURCES
from yizhou.people.models import Person
from yizhou.people.plugs import PANELS, Panel


def _no_count(person: Person, actor: Actor) -> None:
    """No number on the tab: it would cost a count of every ledger on every page of the file."""


PANELS.add(
    PANEL,
    Panel(PANEL, "采集表", "people.view_person", _no_count, form_panel, "dossier/_form.html", order=25),
)
SOURCES.add(NAME, WORKBOOK)
