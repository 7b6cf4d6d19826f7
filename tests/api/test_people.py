"""Files of people over the API: opened, read and corrected by the rules of the page."""

from typing import Any

import pytest

from tests.support import county
from tests.support.calling import Caller
from tests.support.staff import account
from yizhou.events.models import Event
from yizhou.ledgers.columns import layouts
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def divisions() -> None:
    county.divisions()


@pytest.fixture
def call() -> Caller:
    return Caller.of(account("TOWN_STATION", county.TOWN))


def cells(**changes: str) -> dict[str, str]:
    """A whole file by field name, from the same row a spreadsheet would hold."""
    names = {column.header: column.field for column in layouts()["people"].columns}
    return {names[header]: text for header, text in county.row(**changes).items()}


def codes(answer: Any) -> list[str]:
    return [error["code"] for error in answer.json()["errors"]]


def kinds() -> list[str]:
    found = Event.objects.everywhere("test").filter(kind__startswith="person.").order_by("id")
    return list(found.values_list("kind", flat=True))


def test_a_file_from_first_to_last(call: Caller) -> None:
    added = call("POST", "people", {"fields": cells(联系电话="13800138111")})
    assert added.status_code == 201, added.content
    file = added.json()
    assert file["fields"]["phone"] == "138****8111"
    read = call("GET", f"people/{file['uid']}")
    assert (read.json(), read.headers["ETag"]) == (file, f'"{file["state"]}"')
    change = {"fields": {"phone": "13900139222"}, "reason": "本人来电"}
    done = call("PATCH", f"people/{file['uid']}", change, If_Match=read.headers["ETag"])
    assert done.status_code == 200, done.content
    assert done.json()["fields"] == {**file["fields"], "phone": "139****9222"}
    again = call("PATCH", f"people/{file['uid']}", change, If_Match=read.headers["ETag"])
    assert again.status_code == 409
    assert kinds() == ["person.created", "person.corrected"]


def test_the_same_key_opens_one_file(call: Caller) -> None:
    body = {"fields": cells()}
    first, second = (call("POST", "people", body, Idempotency_Key="one") for _ in range(2))
    assert first.json()["uid"] == second.json()["uid"]
    assert Person.objects.everywhere("test").count() == 1


def test_the_same_key_corrects_once(call: Caller) -> None:
    file = call("POST", "people", {"fields": cells()}).json()
    body = {"fields": {"phone": "13900139222"}, "reason": "本人来电", "seen": file["state"]}
    answers = [call("PATCH", f"people/{file['uid']}", body, Idempotency_Key="two") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert kinds() == ["person.created", "person.corrected"]


def test_what_is_refused(call: Caller) -> None:
    assert codes(call("POST", "people", {"fields": cells() | {"sex": "女"}})) == ["ID_SEX"]
    assert codes(call("POST", "people", {"fields": {"nonsense": "1"}})) == ["UNKNOWN_FIELD"]
    file = call("POST", "people", {"fields": cells()}).json()
    address = f"people/{file['uid']}"
    assert call("PATCH", address, {"fields": {"phone": "13900139222"}, "reason": "来电"}).status_code == 428
    unsaid = call("PATCH", address, {"fields": {"phone": "13900139222"}, "seen": file["state"]})
    assert codes(unsaid) == ["REASON"]
    assert kinds() == ["person.created"]


def test_columns_of_the_highest_sensitivity_are_for_posts_that_see_them() -> None:
    window = Caller.of(account("WINDOW", county.COUNTY))
    answer = window("POST", "people", {"fields": cells() | {"monthly_income": "3000"}})
    assert (answer.status_code, codes(answer)) == (422, ["CLOSED"])
    assert Person.objects.everywhere("test").count() == 0


def test_a_file_outside_the_area_is_absent(call: Caller) -> None:
    file = call("POST", "people", {"fields": cells()}).json()
    stranger = Caller.of(account("TOWN_STATION", county.OTHER_TOWN))
    assert stranger("GET", f"people/{file['uid']}").status_code == 404
    body = {"fields": {"phone": "13900139222"}, "reason": "来电", "seen": file["state"]}
    assert stranger("PATCH", f"people/{file['uid']}", body).status_code == 404
