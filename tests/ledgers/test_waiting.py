"""Rows that refer to what is not there yet: rejected, or kept until it arrives, as was chosen."""

from pathlib import Path

import pytest
from django.urls import reverse

from tests.indicators.makers import COUNTY, FAR_TOWN
from tests.ledgers.filled import Cells, needed_for, rows_for
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event
from yizhou.ledgers.actions import discard_waiting
from yizhou.ledgers.arriving import take_all_arrived, take_arrived
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import WaitingRow
from yizhou.ledgers.waiting import referring_to
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person
from yizhou.visits.models import Visit

pytestmark = pytest.mark.django_db
Sheets = dict[str, list[Cells]]


@pytest.fixture
def sheets(tmp_path: Path) -> Sheets:
    """Sheets up to the visits; all but the people are stored."""
    made: Sheets = {}
    for bound in needed_for(LEDGERS["visits"]):
        made[bound.name] = rows_for(bound, made)
        if bound.name not in ("people", "visits"):
            file_in(bound.name, made, tmp_path)
    return made


def path_of(name: str, sheets: Sheets, folder: Path) -> Path:
    """The sheet as a file."""
    path = folder / f"{name}.csv"
    export_rows(path, LEDGERS[name].layout.headers, [list(row.values()) for row in sheets[name]])
    return path


def file_in(name: str, sheets: Sheets, folder: Path, *, hold: bool = False) -> Report:
    """Import a sheet."""
    return import_file(Request(name, path_of(name, sheets, folder), hold=hold), actor=console_actor())


def waiting() -> list[WaitingRow]:
    """Everything that waits."""
    return list(WaitingRow.objects.everywhere("test").order_by("id"))


def visits() -> int:
    """How many visits are stored."""
    return Visit.objects.everywhere("test").count()


def test_unless_it_is_chosen_such_rows_are_rejected_and_told_to_be_able_to_wait(
    sheets: Sheets, tmp_path: Path
) -> None:
    report = file_in("visits", sheets, tmp_path)
    assert (report.rejected, report.can_wait, report.waiting) == (3, 3, None)
    assert "waiting" not in report.as_json()
    assert waiting() == []


def test_they_wait_and_go_in_when_the_person_arrives(sheets: Sheets, tmp_path: Path) -> None:
    report = file_in("visits", sheets, tmp_path, hold=True)
    assert (report.rows, report.created, report.rejected, report.waiting) == (3, 0, 0, 3)
    assert report.as_json()["waiting"] == 3
    assert "服务对象身份证号：" in waiting()[0].reason
    assert sheets["visits"][0]["服务对象身份证号"] not in waiting()[0].title
    sheets["people"].pop()
    file_in("people", sheets, tmp_path)
    assert list(referring_to("people")).count("visits") == 1
    assert take_arrived(referring_to("people")) == 2
    assert (visits(), len(waiting())) == (2, 1)
    imported = Event.objects.everywhere("test").filter(kind="visit.imported")
    assert {event.actor for event in imported} == {console_actor().name}
    assert take_arrived(["visits"]) == 0
    assert (visits(), len(waiting())) == (2, 1)


def test_the_same_file_again_lets_no_row_wait_twice(sheets: Sheets, tmp_path: Path) -> None:
    for _ in range(2):
        file_in("visits", sheets, tmp_path, hold=True)
    assert len(waiting()) == 3


def test_rows_with_other_faults_do_not_wait(sheets: Sheets, tmp_path: Path) -> None:
    sheets["visits"][0]["走访目的"] = "散步"
    report = file_in("visits", sheets, tmp_path, hold=True)
    assert (report.rejected, report.waiting, report.rows) == (1, 2, 3)


def test_a_row_that_breaks_a_rule_when_its_person_arrives_goes_on_waiting_and_says_why(
    sheets: Sheets, tmp_path: Path
) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    twice = waiting()[1]
    cells = twice.opened()
    twice.seal(cells | {"走访目的": "散步"})
    twice.save()
    file_in("people", sheets, tmp_path)
    assert take_all_arrived() == 2
    (left,) = waiting()
    assert left.reason.startswith("“散步”不在代码表")


def test_they_go_in_as_by_who_brought_them(sheets: Sheets, tmp_path: Path, client: PoliceClient) -> None:
    account = county.sign_in(client, "TOWN_STATION", FAR_TOWN)
    data = path_of("visits", sheets, tmp_path).read_bytes()
    batch = worker(batch_of(upload(client, data, ledger="visits")))
    page = client.get(batch.get_absolute_url()).text
    assert "有 3 行只差所引用的人或站点还没有" in page
    client.post(reverse("ledgers:confirm", args=[batch.uid]), {"hold": "1"})
    worker(again(batch))
    assert again(batch).waiting == 3
    assert "待补引用" in client.get(batch.get_absolute_url()).text
    file_in("people", sheets, tmp_path)
    inside = Person.objects.everywhere("test").filter(household_area__startswith=FAR_TOWN[:9]).count()
    assert 0 < inside < 3
    assert take_all_arrived() == inside
    assert visits() == inside
    assert {event.account_id for event in Event.objects.everywhere("test").filter(kind="visit.imported")} == {
        account.account_id
    }
    assert all("不在您的管辖范围内" in row.reason for row in waiting())


def test_a_row_is_given_up_with_a_reason(sheets: Sheets, tmp_path: Path, client: PoliceClient) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    WaitingRow.objects.everywhere("test").update(area=COUNTY)
    staff = county.sign_in(client, "BUREAU_STAFF", COUNTY)
    row = waiting()[0]
    listed = client.get(reverse("ledgers:waiting"))
    assert row.title in listed.text
    address = reverse("ledgers:discard", args=[row.uid])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert len(waiting()) == 3
    assert client.post(address, {"reason": "查无此人"}).status_code == 302
    assert len(waiting()) == 2
    event = Event.objects.everywhere("test").get(kind="waiting.discarded")
    assert (event.reason, event.account_id) == ("查无此人", staff.account_id)
    with pytest.raises(Conflict):
        discard_waiting(row, "查无此人", actor=staff)
    with pytest.raises(Refused):
        discard_waiting(waiting()[0], " ", actor=staff)
