"""外地迁入: what the letter of the former office says stands beside what is paid here, and nothing is stopped for it."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.benefits.models import BenefitPayment
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.moves import actions
from yizhou.moves.incoming_seams import torn_incoming
from yizhou.moves.models import Incoming
from yizhou.moves.rules import Letter
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "divisions")]
OFFICE = "邻省某县退役军人事务局"
FORM = {"moved_on": "2025-11-20", "former_office": OFFICE, "letter_no": "转函〔2025〕7 号", "words": ""}
LETTER = Letter(dt.date(2025, 11, 20), OFFICE, "转函〔2025〕7 号", paid={"DISABILITY": "2025-12"})


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


@pytest.fixture
def person() -> Person:
    return county.person()


def staff(role: str = "BUREAU_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def paid(person: Person, *months: str) -> None:
    for nth, month in enumerate(months):
        BenefitPayment.objects.create(
            line_no=f"{month}-{nth}",
            pay_month=month,
            person=person,
            benefit="DISABILITY",
            base_amount_fen=100_000,
            status="PAID",
        )


def kept() -> list[Incoming]:
    return list(Incoming.objects.everywhere("tests").order_by("id"))


def told(kind: str) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE).count()


def test_the_letter_is_noted_from_the_file_and_its_seam_is_told(client: PoliceClient, person: Person) -> None:
    paid(person, "2026-02")
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    address = reverse("moves:note_incoming", args=[person.uid])
    assert address in client.get(person.get_absolute_url()).content.decode()
    assert "迁出地末次发放月份" in client.get(address).content.decode()
    answer = client.post(address, {**FORM, "paid_DISABILITY": "2025-12"})
    [incoming] = kept()
    assert answer.headers["Location"] == incoming.get_absolute_url()
    page = client.get(incoming.get_absolute_url()).content.decode()
    for words in (OFFICE, "断档 1 个月", "断档 2026-01", "迁出地末次 2025-12 → 本地首次 2026-02"):
        assert words in page
    assert "2025-12" not in str(incoming.secret), "sealed"
    assert person.name in client.get(reverse("moves:incoming_list")).content.decode()
    assert "断档 1 个月" in client.get(reverse("moves:seams")).content.decode()
    assert told("incoming.noted") == 1


@pytest.mark.parametrize(
    ("months", "counts"),
    [
        (("2026-01", "2026-02"), []),
        (("2026-02",), ["断档 1 个月"]),
        (("2025-12", "2026-01", "2026-02"), ["重发 1 个月"]),
        ((), ["断档 2 个月"]),
    ],
    ids=["joined", "gap", "overlap", "nothing here yet"],
)
def test_gaps_and_overlaps_over_the_turn_of_the_year(
    person: Person, months: tuple[str, ...], counts: list[str]
) -> None:
    actor = staff()
    paid(person, *months)
    actions.note_incoming(person, LETTER, actor=actor)
    assert [row["counts"] for row in torn_incoming(actor)] == counts


def test_who_may_not_see_benefits_neither_types_nor_reads_months(
    client: PoliceClient, person: Person
) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    address = reverse("moves:note_incoming", args=[person.uid])
    shown = "迁出地末次发放月份" in client.get(address).content.decode()
    client.post(address, {**FORM, "paid_DISABILITY": "2025-12"})
    [incoming] = kept()
    page = client.get(incoming.get_absolute_url()).content.decode()
    assert (shown, bool(incoming.last_paid()), "接缝检查" in page) in {
        (False, False, False),
        (True, True, True),
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"moved_on": dt.date(2026, 3, 3)}, "在今天之后"),
        ({"moved_on": None}, "迁入日期没有填"),
        ({"former_office": ""}, "没有写迁出地主管部门"),
        ({"letter_no": " "}, "没有写转移函编号"),
        ({"paid": {"DISABILITY": "2025-13"}}, "读不出来"),
        ({"paid": {"DISABILITY": "2026-04"}}, "在本月之后"),
    ],
)
def test_a_letter_that_cannot_be_kept_changes_nothing(
    person: Person, change: dict[str, Any], why: str
) -> None:
    values = {"moved_on": LETTER.moved_on, "former_office": OFFICE, "letter_no": "7 号", **change}
    with pytest.raises(Refused, match=why):
        actions.note_incoming(person, Letter(**values), actor=staff())
    assert (kept(), told("incoming.noted")) == ([], 0)


def test_the_same_day_twice_is_refused_until_the_first_is_taken_back(person: Person) -> None:
    actor = staff()
    incoming = actions.note_incoming(person, LETTER, actor=actor)
    with pytest.raises(Refused, match="已登记过"):
        actions.note_incoming(person, LETTER, actor=actor)
    with pytest.raises(Refused, match="撤回原因"):
        actions.withdraw_incoming(incoming, "", actor=actor)
    actions.withdraw_incoming(incoming, "登记到了同名的人", actor=actor)
    with pytest.raises(Conflict, match="已撤回"):
        actions.withdraw_incoming(incoming, "登记到了同名的人", actor=actor)
    assert torn_incoming(actor) == []
    actions.note_incoming(person, LETTER, actor=actor)
    assert (len(kept()), told("incoming.withdrawn")) == (2, 1)


def test_another_town_and_a_post_without_the_right_do_not_get_there(person: Person) -> None:
    incoming = actions.note_incoming(person, LETTER, actor=staff())
    plain = Client()
    county.sign_in(plain, "TOWN_STATION", county.OTHER_TOWN)
    assert plain.get(incoming.get_absolute_url()).status_code == 404
    assert person.name not in plain.get(reverse("moves:incoming_list")).content.decode()
    with pytest.raises(Forbidden):
        actions.note_incoming(person, LETTER, actor=staff("VILLAGE_STATION", county.VILLAGE))
    assert len(kept()) == 1
