"""Papers of cases and papers of archives: which are the same, and which wait to be filed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from yizhou.archives.catalogue import OTHER, kind_of_paper
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage
from yizhou.cases.models import Case, CaseMaterial
from yizhou.cases.rules.states import FINAL
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.files.models import StoredFile

MOST_OFFERED = 60


def scanned_papers(person_id: int, names: Sequence[str]) -> dict[str, dt.date | None]:
    """Of the papers that a case asks for, those whose kind has scanned pages in the person's archive."""
    wanted = {name: kind for name in names if (kind := kind_of_paper(name)) != OTHER}
    if not wanted:
        return {}
    pages = ArchivePage.objects.everywhere("whoever files a case need not see the page")
    standing = pages.filter(
        item__archive__person_id=person_id,
        item__kind__in=set(wanted.values()),
        item__removed_at__isnull=True,
        replaced_at__isnull=True,
    )
    since = dict(standing.order_by("file__stored_at").values_list("item__kind", "file__stored_at"))
    return {name: clock_day(since[kind]) for name, kind in wanted.items() if kind in since}


def clock_day(moment: dt.datetime) -> dt.date:
    """The day of a moment in Shanghai."""
    return dt.date.fromisoformat(clock.minute_of(moment)[:10])


@dataclass(frozen=True, slots=True)
class Offer:
    """A paper of a closed case whose scan is on file and that no catalogue holds yet (FT123 办结归档)."""

    case: Case
    name: str
    kind: str
    file: StoredFile

    @property
    def key(self) -> str:
        """Its name in the form."""
        return f"{self.case.pk}.{self.file.pk}"


def offers(archive: Archive, actor: Actor) -> list[Offer]:
    """What closed cases of the person brought: handed in, scanned under its name, not yet in the catalogue.

    Asked when the archive is opened, not written when a case closes: a scan may come later than the decision.
    """
    closed = Case.objects.visible_to(actor).filter(person_id=archive.person_id, status__in=FINAL)
    cases = {case.application_id: case for case in closed.order_by("pk")}
    papers = CaseMaterial.objects.filter(
        application_id__in=[pk for pk in cases if pk], state=CaseMaterial.State.PROVIDED
    ).order_by("pk")[:MOST_OFFERED]
    names = {paper.name for paper in papers}
    files = StoredFile.objects.visible_to(actor).filter(
        person_id=archive.person_id, about="", title__in=names
    )
    newest = {file.title: file for file in files.order_by("pk")}
    held = _held(archive)
    return [
        Offer(cases[paper.application_id], paper.name, kind_of_paper(paper.name), newest[paper.name])
        for paper in papers
        if paper.name in newest and (cases[paper.application_id].pk, paper.name) not in held
    ]


def _held(archive: Archive) -> set[tuple[int | None, str]]:
    items = ArchiveItem.objects.everywhere("the archive at hand").standing().filter(archive=archive)
    return set(items.values_list("case_id", "title"))
