"""What archives and cases owe each other, and the door of the pages: they open only with a purpose, by ``look_at_page``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from yizhou.archives.actions.pages import ABOUT
from yizhou.archives.queries.papers import scanned_papers
from yizhou.cases.papers import PAPERS
from yizhou.files.doors import DOORS


@PAPERS.register("archives")
def papers(person_id: int, names: Sequence[str]) -> Mapping[str, dt.date | None]:
    """Papers of which the archive holds scanned pages."""
    return scanned_papers(person_id, names)


DOORS.add(ABOUT, "archives.keep_pages")
