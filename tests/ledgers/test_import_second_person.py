"""A file that changes identity, category, benefit or account is stored after a second person has looked at it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.people.models import FileChange, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


def person() -> Person:
    return Person.objects.everywhere("tests").get()


def content(**cells: str) -> bytes:
    return county.write_csv(Path(settings.IMPORTS_DIR) / "sent.csv", [county.row(**cells)]).read_bytes()


def confirmed(client: Client, **cells: str) -> ImportBatch:
    batch = worker(batch_of(upload(client, content(**cells))))
    assert client.post(f"/ledgers/imports/{batch.uid}/confirm/").status_code == 302
    return again(batch)


def test_a_new_file_and_an_open_field_need_nobody_else(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert worker(confirmed(client)).status == BatchStatus.DONE
    assert worker(confirmed(client, 联系电话="13900139222")).status == BatchStatus.DONE
    [change] = FileChange.objects.everywhere("tests")
    assert (change.names, change.approved_by, change.row_no) == (["phone"], "", 2)
    assert change.before() == {"phone": "13800138000"}


def test_a_changed_name_waits_for_a_second_person(client: PoliceClient) -> None:
    county.person()
    uploader = county.sign_in(client, "TOWN_STATION", county.TOWN)
    batch = confirmed(client, name="陈国良")
    assert (batch.status, batch.guarded) == (BatchStatus.AWAITING, 1)
    own = client.get(batch.get_absolute_url()).content.decode()
    assert "姓名：陈国梁 → 陈国良" in own
    assert "等另一人复核" in own
    assert client.post(f"/ledgers/imports/{batch.uid}/approve/").status_code == 422
    assert person().name == "陈国梁"
    second = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "待复核的导入" in client.get("/").content.decode()
    assert client.post(f"/ledgers/imports/{batch.uid}/approve/").status_code == 302
    assert worker(again(batch)).status == BatchStatus.DONE
    assert person().name == "陈国良"
    [change] = FileChange.objects.everywhere("tests")
    assert (change.actor, change.approved_by, change.batch) == (uploader.name, second.name, batch.uid.hex)


def test_a_second_person_who_says_no_leaves_everything(client: PoliceClient) -> None:
    county.person()
    uploader = county.account("TOWN_STATION", county.TOWN)
    client.force_login(uploader, county.BACKEND)
    batch = confirmed(client, name="陈国良")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.post(f"/ledgers/imports/{batch.uid}/refuse/", {"note": ""}).status_code == 422
    assert again(batch).status == BatchStatus.AWAITING
    assert client.post(f"/ledgers/imports/{batch.uid}/refuse/", {"note": "没有依据"}).status_code == 302
    assert again(batch).status == BatchStatus.CANCELLED
    client.force_login(uploader, county.BACKEND)
    assert "没有依据" in client.get(batch.get_absolute_url()).content.decode()
    assert person().name == "陈国梁"


def test_nobody_from_elsewhere_is_the_second_person(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    batch = confirmed(client, name="陈国良")
    for role, area in (("TOWN_STATION", county.OTHER_TOWN), ("TOWN_STATION", county.TOWN)):
        county.sign_in(client, role, area)
        assert client.post(f"/ledgers/imports/{batch.uid}/approve/").status_code == 404
    assert again(batch).status == BatchStatus.AWAITING


def test_what_came_to_need_a_second_person_after_the_check_is_not_stored(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    batch = worker(batch_of(upload(client, content(联系电话="13900139222"))))
    assert batch.guarded == 0
    county.take_in(county.row(name="陈国良"))
    client.post(f"/ledgers/imports/{batch.uid}/confirm/")
    failed = worker(again(batch))
    assert failed.status == BatchStatus.FAILED
    assert "须另一人复核" in failed.error
    assert person().name == "陈国良"
    client.post(f"/ledgers/imports/{batch.uid}/retry/")
    assert worker(again(batch)).guarded == 1
