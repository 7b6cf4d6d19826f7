"""Rows that refer to what is not there yet: rejected, or kept until it arrives, as was chosen."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.indicators.makers import COUNTY, FAR_TOWN, TOWN, VILLAGE
from tests.ledgers.by_hand import staff
from tests.ledgers.filled import Cells, needed_for, rows_for
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.core.refusal import Refused
from yizhou.events.models import Event
from yizhou.ledgers import arriving, running
from yizhou.ledgers.actions import confirm_import, discard_waiting, upload_file, void_row
from yizhou.ledgers.arriving import take_all_arrived, take_arrived
from yizhou.ledgers.batch_files import file_of
from yizhou.ledgers.columns import code_table
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import BatchStatus, ImportBatch, WaitingRow
from yizhou.ledgers.waiting import NO_POST, referring_to
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.actions import appoint, disable_account
from yizhou.orgs.models import Account
from yizhou.orgs.queries import actor_for, console_actor
from yizhou.people.models import Person
from yizhou.visits.models import Visit

pytestmark = pytest.mark.django_db
Sheets = dict[str, list[Cells]]
PURPOSES = code_table("visit_purpose").names.values()


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
    number, other = (sheets["visits"][0][header] for header in ("服务对象身份证号", "走访人身份证号"))
    assert number not in waiting()[0].title
    assert f"{number[:6]}********{number[-4:]}" in waiting()[0].title
    assert f"{other[:6]}********{other[-4:]}" in waiting()[0].title
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
    assert left.reason.startswith("走访目的：“散步”不在代码表")


def test_they_go_in_as_by_who_brought_them(sheets: Sheets, tmp_path: Path, client: PoliceClient) -> None:
    account = county.sign_in(client, "TOWN_STATION", FAR_TOWN)
    data = path_of("visits", sheets, tmp_path).read_bytes()
    batch = worker(batch_of(upload(client, data, ledger="visits")))
    page = client.get(batch.get_absolute_url()).text
    assert "有 3 行只差所写的人或站点还没有" in page
    assert "存着等" in page
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


def brought_by(user: Account, areas: list[str]) -> None:
    """Whatever waits was brought by that account."""
    WaitingRow.objects.everywhere("test").update(account_id=user.pk, areas=areas, actor=user.name)


def test_they_go_in_only_as_by_a_post_that_may_import(sheets: Sheets, tmp_path: Path) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    user = county.account("AUDITOR", COUNTY)
    brought_by(user, [COUNTY[:6]])
    sheets["people"] = [row | {"户籍地区划": VILLAGE} for row in sheets["people"]]
    file_in("people", sheets, tmp_path)
    assert (take_all_arrived(), visits()) == (0, 0)
    assert {row.reason for row in waiting()} == {NO_POST}
    appoint(user, "CENTER_STAFF", COUNTY, since=county.SINCE)
    assert (take_all_arrived(), visits(), waiting()) == (3, 3, [])


def confirmed(path: Path, user: Account) -> ImportBatch:
    """The visits' file of somebody in the newest post, uploaded, checked and to be stored with what can wait."""
    actor = actor_for(user, user.appointments.order_by("-id").first())
    with path.open("rb") as file:
        batch = worker(upload_file("visits", file, path.name, path.stat().st_size, actor=actor))
    return confirm_import(batch, actor=actor, hold=True)


def test_a_file_is_taken_in_in_the_post_that_may(sheets: Sheets, tmp_path: Path) -> None:
    user = county.account("AUDITOR", COUNTY)
    appoint(user, "CENTER_STAFF", COUNTY, since=county.SINCE)
    batch = worker(confirmed(path_of("visits", sheets, tmp_path), user))
    assert (batch.status, batch.waiting) == (BatchStatus.DONE, 3)


def test_killed_after_storing_and_before_saying_so_the_rows_that_wait_are_told(
    sheets: Sheets, tmp_path: Path
) -> None:
    batch = confirmed(path_of("visits", sheets, tmp_path), county.account("CENTER_STAFF", COUNTY))
    stored = Request("visits", file_of(batch), batch=batch.uid, hold=True)
    import_file(stored, actor=county.actor_of(Account.objects.get(pk=batch.account_id)))
    batch = worker(batch)
    assert (batch.waiting, batch.can_wait, batch.rejected, batch.unchanged) == (3, 3, 0, 0)


def test_a_stored_file_is_gone_whatever_becomes_of_what_waited(
    sheets: Sheets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = confirmed(path_of("visits", sheets, tmp_path), county.account("CENTER_STAFF", COUNTY))

    def fail(_: object) -> int:
        raise MemoryError

    monkeypatch.setattr(running, "take_arrived", fail)
    with pytest.raises(MemoryError):
        worker(batch)
    assert (again(batch).status, file_of(batch).exists()) == (BatchStatus.DONE, False)


def test_all_are_tried_however_many_wait_before_them(
    sheets: Sheets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arriving, "AT_ONCE", 1)
    file_in("visits", sheets, tmp_path, hold=True)
    sheets["people"].pop(0)
    file_in("people", sheets, tmp_path)
    assert (take_all_arrived(), visits(), len(waiting())) == (2, 2, 1)


def test_what_was_written_meanwhile_is_not_overwritten(sheets: Sheets, tmp_path: Path) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    file_in("people", sheets, tmp_path)
    sheets["visits"][0]["走访目的"] = next(p for p in PURPOSES if p != sheets["visits"][0]["走访目的"])
    file_in("visits", sheets, tmp_path)
    assert (take_all_arrived(), visits()) == (0, 3)
    (left,) = waiting()
    assert "台账里已有" in left.reason
    assert not Event.objects.everywhere("test").filter(kind="visit.updated").exists()


def test_what_was_taken_out_meanwhile_comes_not_back(sheets: Sheets, tmp_path: Path) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    file_in("people", sheets, tmp_path)
    file_in("visits", sheets, tmp_path)
    voided = Visit.objects.everywhere("test").order_by("id")[0]
    void_row("visits", voided.uid, "重复登记", actor=staff())
    assert (take_all_arrived(), visits(), waiting()) == (0, 2, [])


def test_who_brings_a_row_again_takes_it_over_where_the_first_may_no_longer(
    sheets: Sheets, tmp_path: Path
) -> None:
    path = path_of("visits", sheets, tmp_path)
    users = [county.account("CENTER_STAFF", COUNTY) for _ in range(2)]
    for user in users:
        import_file(Request("visits", path, hold=True), actor=county.actor_of(user))
    assert {row.account_id for row in waiting()} == {users[1].pk}
    town = county.account("TOWN_STATION", TOWN)
    import_file(Request("visits", path, hold=True), actor=county.actor_of(town))
    assert {row.account_id for row in waiting()} == {users[1].pk}
    disable_account(users[1])
    import_file(Request("visits", path, hold=True), actor=county.actor_of(town))
    assert {(row.account_id, row.area, tuple(row.areas)) for row in waiting()} == {
        (town.pk, TOWN, (TOWN[:9],))
    }


def test_reasons_are_told_like_at_first_and_written_only_when_they_differ(
    sheets: Sheets, tmp_path: Path
) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    before, events = [row.reason for row in waiting()], Event.objects.everywhere("test").count()
    with CaptureQueriesContext(connection) as asked:
        assert take_all_arrived() == 0
    assert [row.reason for row in waiting()] == before
    assert not [q for q in asked.captured_queries if q["sql"].startswith("UPDATE")]
    assert Event.objects.everywhere("test").count() == events


def test_rows_of_a_ledger_closed_to_the_post_are_neither_counted_nor_given_up(
    sheets: Sheets, tmp_path: Path, client: PoliceClient
) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    WaitingRow.objects.everywhere("test").update(area=COUNTY)
    WaitingRow.objects.everywhere("test").filter(pk=waiting()[0].pk).update(ledger="petitions")
    county.sign_in(client, "CENTER_STAFF", COUNTY)
    assert "有 2 行待补引用" in client.get(reverse("ledgers:list")).text
    address = reverse("ledgers:discard", args=[waiting()[0].uid])
    assert client.post(address, {"reason": "查无此人"}).status_code == 404
    assert len(waiting()) == 3


def test_a_row_is_given_up_with_a_reason(sheets: Sheets, tmp_path: Path, client: PoliceClient) -> None:
    file_in("visits", sheets, tmp_path, hold=True)
    WaitingRow.objects.everywhere("test").update(area=COUNTY)
    clerk = county.sign_in(client, "BUREAU_STAFF", COUNTY)
    row = waiting()[0]
    listed = client.get(reverse("ledgers:waiting"))
    assert row.title in listed.text
    address = reverse("ledgers:discard", args=[row.uid])
    refused = client.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "没有写明原因" in refused.text
    assert row.title in refused.text
    assert len(waiting()) == 3
    sent = {"reason": "查无此人", "once": "twice"}
    for _ in range(2):
        assert client.post(address, sent).status_code == 302
        assert len(waiting()) == 2
    event = Event.objects.everywhere("test").get(kind="waiting.discarded")
    assert (event.reason, event.account_id) == ("查无此人", clerk.account_id)
    with pytest.raises(LookupError):
        discard_waiting(row.uid, "查无此人", actor=clerk)
    with pytest.raises(Refused):
        discard_waiting(waiting()[0].uid, " ", actor=clerk)
