"""办结归档: what closed cases brought is offered to the catalogue and taken in once."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cases.makers import actor, one_case, person
from yizhou.archives.actions import file_papers, open_archive
from yizhou.archives.actions.keeping import Arrival
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage
from yizhou.archives.queries.papers import offers
from yizhou.cases.models import Case, CaseMaterial
from yizhou.core import clock
from yizhou.core.refusal import Refused
from yizhou.events.models import Event
from yizhou.files.actions import Keeping, store_file
from yizhou.orgs.actions import seed_calendar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ground(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    seed_calendar([2026])


def closed_case_with_a_scan() -> tuple[Archive, Case, str]:
    who, clerk = person(), actor("CENTER_STAFF")
    case = one_case(who, item="RET-12")
    paper = case.application.materials.order_by("id").first()
    CaseMaterial.objects.filter(pk=paper.pk).update(state="PROVIDED", provided_on=clock.today())
    scan = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 scan")
    store_file(Keeping(scan, paper.name, who.pk, who.household_area), actor=clerk)
    archive = open_archive(who, Arrival(clock.today(), "12345 部队", "3 柜"), actor=clerk)
    assert offers(archive, clerk) == [], "the case is not closed yet"
    Case.objects.everywhere("tests").filter(pk=case.pk).update(
        status="CLOSED", completed_at=clock.now(), result="APPROVED"
    )
    return archive, case, paper.name


def test_scans_of_a_closed_case_become_lines_of_the_catalogue_once() -> None:
    archive, case, name = closed_case_with_a_scan()
    clerk = actor("CENTER_STAFF")
    [offer] = offers(archive, clerk)
    assert (offer.name, offer.case) == (name, case)
    with pytest.raises(Refused, match="没有选出"):
        file_papers(archive, [], actor=clerk)
    file_papers(archive, [offer.key], actor=clerk)
    [item] = ArchiveItem.objects.everywhere("tests")
    assert (item.title, item.case_id, item.is_copy) == (name, case.pk, True)
    assert ArchivePage.objects.everywhere("tests").get().item == item
    assert offers(archive, clerk) == []
    with pytest.raises(Refused):
        file_papers(archive, [offer.key], actor=clerk)
    [event] = Event.objects.everywhere("tests").filter(kind="archive.papers_filed")
    assert event.data == {"titles": [name], "cases": [case.case_no]}
