"""办结归档: scans that came with closed cases become lines of the catalogue (FT123)."""

from __future__ import annotations

from collections.abc import Collection

from yizhou.archives.actions.keeping import Line, added_line, note_on
from yizhou.archives.models import Archive, ArchivePage
from yizhou.archives.queries.papers import clock_day, offers
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action


@action("archives.file_papers")
def file_papers(archive: Archive, keys: Collection[str], *, actor: Actor) -> Archive:
    """Take the chosen offers in. The scan stays where the case has it: one file, a page of the archive as well."""
    chosen = [offer for offer in offers(archive, actor) if offer.key in keys]
    pages = ArchivePage.objects.everywhere("a scan is a page once")
    taken = set(pages.filter(file__in=[offer.file for offer in chosen]).values_list("file_id", flat=True))
    fresh = {offer.file.pk: offer for offer in chosen if offer.file.pk not in taken}
    chosen = list(fresh.values())
    if not chosen:
        raise Refused([Blocker("NOTHING_CHOSEN", "没有选出要归档的材料", "勾选后再归档；已归档的不必再归")])
    for offer in chosen:
        line = Line(offer.kind, offer.name, made_on=clock_day(offer.file.stored_at), is_copy=True)
        item = added_line(archive, line, case=offer.case)
        ArchivePage.objects.create(item=item, position=1, file=offer.file)
    titles, numbers = [offer.name for offer in chosen], sorted({offer.case.case_no for offer in chosen})
    note_on(archive, actor, "archive.papers_filed", archive, titles=titles, cases=numbers)
    return archive
