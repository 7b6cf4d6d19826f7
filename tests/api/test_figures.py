"""Indicators, the report and people over the API."""

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.support.calling import Caller
from tests.support.staff import account, token_of
from tests.trust.world import COUNTIES, WHEN, Corner, build, number_of
from yizhou.core import clock
from yizhou.indicators.facts import facts
from yizhou.people.sensitive import HIDDEN

pytestmark = pytest.mark.django_db
YEAR = "from=2025-01-01&to=2025-12-31"
FILED = "bundle_items"


@pytest.fixture
def corners() -> Iterator[list[Corner]]:
    made = build()
    with clock.at(WHEN):
        yield made


@pytest.fixture
def call(corners: list[Corner]) -> Caller:
    return Caller(token_of(account("CENTER_STAFF", COUNTIES[0])), Client())


def test_every_indicator_has_its_definition_and_its_value(call: Caller) -> None:
    listed = call("GET", "indicators").json()
    assert [one["code"] for one in listed] == list(facts())
    assert all(one["definition"] for one in listed)
    told = call("GET", f"indicators/values?{YEAR}").json()
    assert list(told["values"]) == list(facts())
    assert (told["from"], told["to"], told["area"]) == ("2025-01-01", "2025-12-31", COUNTIES[0])
    some = call("GET", f"indicators/values?{YEAR}&code=hall_visit_times&code={FILED}").json()["values"]
    assert some == {code: told["values"][code] for code in ("hall_visit_times", FILED)}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"{YEAR}&code=nonsense", 422),
        ("from=2025-01-01", 422),
        ("from=2025-02-01&to=2025-01-01", 422),
        (f"{YEAR}&area={COUNTIES[1]}", 404),
        (f"{YEAR}&area=339977000000", 404),
    ],
)
def test_what_cannot_be_measured_is_said(call: Caller, query: str, status: int) -> None:
    assert call("GET", f"indicators/values?{query}").status_code == status


def test_a_number_opens_into_its_rows(call: Caller, corners: list[Corner]) -> None:
    value = call("GET", f"indicators/values?{YEAR}&code=hall_visit_times").json()["values"][
        "hall_visit_times"
    ]
    opened = call("GET", f"indicators/hall_visit_times/rows?{YEAR}&limit=1").json()
    assert opened["ledger"] == "hall_receptions"
    seen = [row["uid"] for row in opened["rows"]]
    while opened["next"]:
        opened = call("GET", opened["next"]).json()
        seen += [row["uid"] for row in opened["rows"]]
    assert (len(set(seen)), len(seen)) == (value["value"], 2)
    assert set(seen) == {str(corner.reception.uid) for corner in corners[:2]}
    assert call("GET", f"indicators/nonsense/rows?{YEAR}").status_code == 404


def test_the_annual_report_is_that_of_the_page(call: Caller) -> None:
    # That somebody took a report out is logged, as an export of a ledger is.
    call = Caller(call.token, Client())
    report = call("GET", "reports/annual/2025")
    assert (report.status_code, report.headers["Content-Type"]) == (200, "application/json")
    assert (report.json()["year"], report.json()["area"]) == (2025, COUNTIES[0])
    assert call("GET", "reports/annual/1999").status_code == 404
    assert call("GET", "reports/quarterly/2024/3").json()["year"] == 2024
    assert call("GET", "reports/quarterly/2024/5").status_code == 404
    assert call("GET", f"reports/annual/2025?area={COUNTIES[1]}").status_code == 404


def test_people_are_found_and_shown_masked(call: Caller, corners: list[Corner]) -> None:
    mine, number = corners[0].person, number_of(0)
    found = call("POST", "people/search", {"text": number}, Idempotency_Key="").json()
    assert [(one["uid"], one["name"]) for one in found] == [(str(mine.uid), mine.name)]
    assert found[0]["id_number"] != number
    assert call("POST", "people/search", {"text": number_of(2)}).json() == []
    file = call("GET", f"people/{mine.uid}")
    assert (file.status_code, file.json()["fields"]["name"]) == (200, mine.name)
    assert number not in file.content.decode()
    assert call("GET", f"people/{corners[2].person.uid}").status_code == 404


def test_what_is_special_is_shown_to_posts_of_the_highest_sensitivity_alone(
    call: Caller, corners: list[Corner]
) -> None:
    mine = corners[0].person
    type(mine).objects.everywhere("test").filter(pk=mine.pk).update(monthly_income_fen=150_000)
    bureau = Caller(token_of(account("BUREAU_STAFF", COUNTIES[0])), Client())
    shown = [one("GET", f"people/{mine.uid}").json()["fields"]["monthly_income"] for one in (call, bureau)]
    assert shown == [HIDDEN, "1500.00"]
