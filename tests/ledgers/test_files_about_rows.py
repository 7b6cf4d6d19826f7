"""Files about rows of a ledger: as closed as the ledger, and always where the row lies."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases.web import signed_in
from tests.indicators.makers import FAR_VILLAGE, TOWN, VILLAGE
from tests.ledgers.by_hand import file_in, only, staff, state
from tests.ledgers.filled import Cells, needed_for, rows_for
from tests.support import county
from tests.support.county import actor_of
from yizhou.config.invariants import area_follows
from yizhou.core.refusal import Refused
from yizhou.files.actions import Keeping, store_file
from yizhou.files.models import StoredFile
from yizhou.files.queries import files_about, titles_kept
from yizhou.ledgers.actions import Correction, correct_row
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.writing_rows import keeping_about
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
TITLE = "低保证明"


@pytest.fixture(autouse=True)
def world(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path


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
    county.divisions()
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


@pytest.fixture
def sheets(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, list[Cells]]:
    """Rows of a ledger with all they need, stored."""
    made: dict[str, list[Cells]] = {}
    for bound in needed_for(LEDGERS[request.param]):
        made[bound.name] = rows_for(bound, made)
        assert file_in(bound, made[bound.name], tmp_path).rejected == 0
    return made


def attached(bound: Ledger, row: Any) -> StoredFile:
    """A scan kept about a row, as its page keeps it."""
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + bytes(100))
    return store_file(keeping_about(bound, row.uid, staff(), paper, TITLE), actor=staff())


def place(stored: StoredFile) -> tuple[int | None, str]:
    """With whom and where a file lies now."""
    stored.refresh_from_db(from_queryset=StoredFile.objects.everywhere("test"))
    return stored.person_id, stored.area


def corrected(bound: Ledger, row: Any, **cells: str) -> None:
    """The row says something else now."""
    wanted = Correction(cells, "对照原件", state(bound, row.pk))
    correct_row(bound.name, row.uid, wanted, actor=staff())


@pytest.mark.parametrize("sheets", ["visits"], indirect=True)
def test_a_row_that_is_about_somebody_else_takes_its_file_along(sheets: dict[str, list[Cells]]) -> None:
    bound, row = LEDGERS["visits"], only(LEDGERS["visits"])
    stored = attached(bound, row)
    assert place(stored) == (row.person_id, row.person.household_area)
    other = Person.objects.everywhere("test").exclude(household_area=row.person.household_area).get()
    corrected(bound, row, id_number=f"uid:{other.uid}")
    assert place(stored) == (other.pk, other.household_area)
    assert area_follows() == (0, "")


@pytest.mark.parametrize("sheets", ["hall_receptions"], indirect=True)
@pytest.mark.parametrize("by_file", [False, True])
def test_a_row_that_moves_takes_its_file_along(
    sheets: dict[str, list[Cells]], by_file: bool, tmp_path: Path
) -> None:
    bound, row = LEDGERS["hall_receptions"], only(LEDGERS["hall_receptions"])
    stored = attached(bound, row)
    elsewhere = FAR_VILLAGE if row.area != FAR_VILLAGE else VILLAGE
    if by_file:
        cells = next(cells for cells in sheets[bound.name] if cells["接待编号"] == row.reception_no)
        assert file_in(bound, [cells | {"接待地区划": elsewhere}], tmp_path).updated == 1
    else:
        corrected(bound, row, area=elsewhere)
    assert place(stored) == (None, elsewhere)
    assert area_follows() == (0, "")


@pytest.mark.parametrize("sheets", ["petition_steps"], indirect=True)
def test_what_lies_with_another_row_moves_with_it(sheets: dict[str, list[Cells]]) -> None:
    step = only(LEDGERS["petition_steps"])
    stored, area = attached(LEDGERS["petition_steps"], step), step.petition.area
    elsewhere = FAR_VILLAGE if area != FAR_VILLAGE else VILLAGE
    corrected(LEDGERS["petitions"], step.petition, area=elsewhere)
    assert place(stored) == (None, elsewhere)


@pytest.mark.parametrize("sheets", ["interest_subsidies"], indirect=True)
def test_a_paper_about_a_loan_s_subsidy_lies_with_the_borrower(sheets: dict[str, list[Cells]]) -> None:
    subsidy = only(LEDGERS["interest_subsidies"])
    borrower = subsidy.loan.person
    stored = attached(LEDGERS["interest_subsidies"], subsidy)
    assert place(stored) == (borrower.pk, borrower.household_area)


@pytest.mark.parametrize("sheets", ["hall_receptions"], indirect=True)
def test_a_file_left_behind_is_seen(sheets: dict[str, list[Cells]]) -> None:
    stored = attached(LEDGERS["hall_receptions"], only(LEDGERS["hall_receptions"]))
    StoredFile.objects.everywhere("test").update(area=TOWN)
    assert area_follows() == (1, f"附件 {stored.pk}")


@pytest.mark.parametrize("sheets", ["people"], indirect=True)
def test_where_rows_have_pages_of_their_own_files_are_kept_there(sheets: dict[str, list[Cells]]) -> None:
    with pytest.raises(Refused) as caught:
        attached(LEDGERS["people"], only(LEDGERS["people"]))
    assert [blocker.code for blocker in caught.value.blockers] == ["OWN_PAGE"]
