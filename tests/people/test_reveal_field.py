"""Showing a sealed field: reason first, event before the value, a limit an hour and a day."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.plans import explained
from yizhou.core.actor import Actor
from yizhou.events.models import Event, Outcome, Submission
from yizhou.orgs.models import Account
from yizhou.people.actions import reveal as reveal_module
from yizhou.people.actions import reveal_field
from yizhou.people.models import Person
from yizhou.people.queries.reveals import reveals_since

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
PHONE = "13800138111"


def events(kind: str, outcome: int = Outcome.DONE) -> list[Event]:
    return list(Event.objects.everywhere("tests").filter(kind=kind, outcome=outcome).order_by("id"))


def address(person: Person, field: str = "phone") -> str:
    return f"/people/{person.uid}/reveal/{field}/"


def test_a_reason_shows_the_value_and_writes_the_event(client: PoliceClient) -> None:
    person = county.person(联系电话=PHONE)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    dialog = client.get(address(person)).content.decode()
    assert PHONE not in dialog
    assert "用途" in dialog
    assert events("person.revealed") == []
    answer = client.post(address(person), {"reason": "contact", "note": "走访前电话约时间"})
    assert PHONE in answer.content.decode()
    assert f"tel:{PHONE}" in answer.content.decode()
    [event] = events("person.revealed")
    assert (event.account_id, event.person_id, event.data) == (
        actor.account_id,
        person.pk,
        {"field": "phone"},
    )
    assert event.reason == "联系走访：走访前电话约时间"


def test_without_a_reason_nothing_is_shown_and_the_attempt_is_logged(client: PoliceClient) -> None:
    person = county.person(联系电话=PHONE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = client.post(address(person), {"reason": ""})
    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    assert "请选择查看“联系电话”的用途" in answer.content.decode()
    assert events("person.revealed") == []
    assert len(events("people.reveal_field", Outcome.REFUSED)) == 1


def test_when_the_event_cannot_be_written_the_value_is_not_shown(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = county.person(联系电话=PHONE)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise DatabaseError("disk full")

    monkeypatch.setattr(reveal_module, "record", broken)
    with pytest.raises(DatabaseError):
        reveal_field(person, "phone", "contact", actor=actor)


@pytest.mark.parametrize(("role", "field", "status"), [
    ("GRID", "phone", 403),
    ("BUREAU_LEADER", "phone", 403),
    ("CENTER_STAFF", "bank_account", 422),
    ("CENTER_STAFF", "phone", 200),
    ("TOWN_STATION", "bank_account", 200),
    ("TOWN_STATION", "name", 404),
])  # fmt: skip
def test_who_may_see_what(client: PoliceClient, role: str, field: str, status: int) -> None:
    person = county.person(联系电话=PHONE, 开户账号="6222020200112345679")
    county.sign_in(client, role, county.COUNTY)
    answer = client.post(address(person, field), {"reason": "contact"})
    assert answer.status_code == status
    shown = answer.content.decode()
    assert (PHONE in shown or "6222020200112345679" in shown) == (status == 200)
    assert len(events("person.revealed")) == (1 if status == 200 else 0)


def test_more_than_thirty_an_hour_raise_an_alarm_and_more_than_sixty_a_day_are_refused(
    client: PoliceClient, clock: Any
) -> None:
    person = county.person(联系电话=PHONE)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    for number in range(1, 61):
        assert client.post(address(person), {"reason": "contact"}).status_code == 200
        assert len(events("person.reveal_alarm")) == (1 if number > 30 else 0), number
    answer = client.post(address(person), {"reason": "contact"})
    assert answer.status_code == 422
    assert PHONE not in answer.content.decode()
    assert "24 小时内已查看 60 次" in answer.content.decode()
    assert len(events("person.revealed")) == 60
    clock.shift(dt.timedelta(days=1, minutes=1))
    client.force_login(Account.objects.get(pk=actor.account_id), county.BACKEND)
    assert client.post(address(person), {"reason": "contact"}).status_code == 200


def test_counting_them_is_one_partial_index_however_long_the_log_is() -> None:
    with CaptureQueriesContext(connection) as captured:
        reveals_since(Actor(1, "x", frozenset(), ("",)), dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert "event_reveal" in explained(captured.captured_queries[-1]["sql"])


def test_the_value_is_kept_nowhere_as_an_answer(client: PoliceClient) -> None:
    person = county.person(联系电话=PHONE)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    client.post(address(person), {"reason": "contact", "once": "a1"})
    assert [PHONE in f"{s.result}{s.fingerprint}" for s in Submission.objects.all()] == [False]
