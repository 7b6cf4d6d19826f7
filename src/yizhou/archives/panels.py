"""The tab 电子档案 of the person page."""

from yizhou.archives.queries.page import panel
from yizhou.core.actor import Actor
from yizhou.people.models import Person
from yizhou.people.plugs import PANELS, Panel


def _no_count(person: Person, actor: Actor) -> None:
    """No number on the tab: the page has queries enough."""


PANELS.add(
    "archive",
    Panel("archive", "电子档案", "archives.view_archive", _no_count, panel, "archives/_panel.html", order=25),
)
