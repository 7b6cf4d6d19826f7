"""Files about rows of a ledger: closed like the ledger, and where the row lies."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases.web import signed_in
from tests.support import county
from tests.support.county import actor_of
from yizhou.files.actions import Keeping, store_file
from yizhou.files.models import StoredFile
from yizhou.files.queries import files_about, titles_kept
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
TITLE = "低保证明"


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    county.divisions()


def kept_about(ledger: str, who: Person) -> StoredFile:
    """A scan about a row of that ledger, which lies where its person does."""
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + bytes(100))
    keeping = Keeping(paper, TITLE, who.pk, who.household_area, ledger, uuid4())
    return store_file(keeping, actor=actor_of(county.account("BUREAU_STAFF", county.COUNTY)))


@pytest.mark.parametrize(
    ("ledger", "role", "is_open"),
    [
        ("aid_cases", "CENTER_STAFF", False),
        ("aid_cases", "TOWN_STATION", True),
        ("visits", "CENTER_STAFF", True),
    ],
)
def test_a_file_is_as_closed_as_the_ledger_of_its_row(ledger: str, role: str, is_open: bool) -> None:
    who = county.person()
    stored = kept_about(ledger, who)
    area = county.TOWN if role == "TOWN_STATION" else county.COUNTY
    browser, reader = signed_in(role, area=area), actor_of(county.account(role, area))
    tab = browser.get(reverse("people:panel", args=[who.uid, "files"])).content.decode()
    assert (TITLE in tab) is is_open
    assert stored.about_uid is not None
    assert files_about(stored.about_uid, reader) == ([stored] if is_open else [])
    assert titles_kept(who.pk, [TITLE], reader) == ({TITLE} if is_open else set())
    opened = browser.post(reverse("files:open", args=[stored.uid]))
    assert opened.status_code == (200 if is_open else 404)
