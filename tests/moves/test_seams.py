"""Where payment passes from one station to the other: what nobody paid, what was paid twice."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import Client

from tests.benefits.makers import line
from tests.support import county
from yizhou.benefits.models import BenefitPayment
from yizhou.core.actor import Actor
from yizhou.moves.models import Move, MoveStatus
from yizhou.moves.rules import seam
from yizhou.moves.seams import lines_of, torn_moves
from yizhou.people.models import Person
from yizhou.people.sensitive import VIEW_SPECIAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "divisions")]
MOVED = dt.date(2025, 6, 3)
YEAR = [f"2025-{month:02d}" for month in range(1, 13)]


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


@pytest.fixture
def person() -> Person:
    return county.person(户籍地区划=county.OTHER_VILLAGE)


@pytest.fixture
def move(person: Person) -> Move:
    """The person moved last summer, and this year the new station pays."""
    return Move.objects.create(
        number="QY20250610-1",
        person=person,
        from_area=county.VILLAGE,
        to_area=county.OTHER_VILLAGE,
        moved_on=MOVED,
        document_no="1",
        asked_by="申请人",
        asked_at=dt.datetime(2025, 6, 5, tzinfo=dt.UTC),
        answer_by="2025-06-20",
        status=MoveStatus.CONFIRMED,
    )


@pytest.fixture
def clerk() -> Actor:
    return county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))


def paid(person: Person, *months: str, **values: object) -> None:
    for month in months:
        line(person, pay_month=month, **values)


def test_the_year_of_the_move_is_there_and_january_is_here() -> None:
    one = seam([*YEAR, "2026-01"], MOVED, "2026-01")
    assert (one.last_before, one.first_after, one.is_torn) == ("2025-12", "2026-01", False)
    assert seam(YEAR, MOVED, "2025-12").is_torn is False
    assert seam(YEAR, MOVED, "2026-01").missing == ["2026-01"], "January is for the place he went to"
    assert seam([*YEAR[:11], "2026-01"], MOVED, "2026-01").missing == ["2025-12"], "December is not"
    assert seam([*YEAR, "2025-12", "2026-01", "2026-01"], MOVED, "2026-01").doubled == ["2025-12", "2026-01"]
    assert seam(["2024-03", "2024-12", *YEAR], MOVED, "2025-12").missing == [], "long ago is another matter"
    assert seam(["2024-12", *YEAR[1:]], MOVED, "2025-12").missing == ["2025-01"]


def test_a_gap_is_listed_and_nothing_is_stopped(person: Person, move: Move, clerk: Actor) -> None:
    paid(person, *YEAR[:11], "2026-02")
    [(found, benefit, one)], is_cut = torn_moves(clerk)
    assert (found, benefit, is_cut) == (move, "DISABILITY", False)
    assert (one.missing, one.doubled) == (["2025-12", "2026-01"], [])
    assert set(BenefitPayment.objects.everywhere("tests").values_list("status", flat=True)) == {"PAID"}
    lines = lines_of(move, clerk) or []
    assert [row["tag"] for row in lines] == ["断档 2 个月"]
    assert "断档 2025-12 至 2026-01。迁出地末次 2025-11" in lines[0]["note"]


def test_paid_twice_is_listed_and_what_was_taken_back_is_not(
    person: Person, move: Move, clerk: Actor
) -> None:
    paid(person, *YEAR, "2026-01", "2026-02", "2026-02")
    assert [one.doubled for _, _, one in torn_moves(clerk)[0]] == [["2026-02"]]
    paid(person, "2026-02", base_amount_fen=-100_000)
    assert torn_moves(clerk)[0] == []


def test_what_does_not_join_is_no_matter_of_these(person: Person, move: Move, clerk: Actor) -> None:
    paid(person, *YEAR, "2026-01", "2026-02")
    paid(person, "2025-03", benefit="FUNERAL")
    assert torn_moves(clerk)[0] == [], "neither a grant of one time nor the month that runs"
    paid(person, "2026-03", status="RETURNED")
    assert torn_moves(clerk)[0] == []


def test_nothing_is_missing_after_a_death(person: Person, move: Move, clerk: Actor) -> None:
    paid(person, *YEAR)
    assert len(torn_moves(clerk)[0]) == 1
    Person.objects.everywhere("tests").filter(pk=person.pk).update(died_on="2025-12-30")
    assert torn_moves(clerk)[0] == []


@pytest.mark.parametrize(
    ("values", "why"),
    [({"status": "REFUSED"}, "not confirmed"), ({"moved_on": "2024-12-31"}, "long ago")],
)
def test_moves_that_are_not_looked_at(
    values: dict[str, str], why: str, person: Person, move: Move, clerk: Actor
) -> None:
    paid(person, *YEAR[:6])
    assert len(torn_moves(clerk)[0]) == 1, why
    Move.objects.everywhere("tests").filter(pk=move.pk).update(**values)
    assert torn_moves(clerk)[0] == []


def test_who_may_see_it(person: Person, move: Move, clerk: Actor) -> None:
    paid(person, *YEAR[:6])
    before = county.actor_of(county.account("BUREAU_STAFF", county.TOWN))
    assert torn_moves(before)[0] == [], "the station that let the file go no longer sees what is paid"
    closed = replace(clerk, permissions=clerk.permissions - {VIEW_SPECIAL})
    assert lines_of(move, closed) is None
    assert lines_of(move, clerk)
    for role, area, status, is_told in (
        ("BUREAU_STAFF", county.COUNTY, 200, True),
        ("BUREAU_STAFF", county.TOWN, 200, False),
        ("VILLAGE_STATION", county.OTHER_VILLAGE, 403, False),
    ):
        client = Client()
        county.sign_in(client, role, area)
        answer = client.get("/moves/seams/")
        assert answer.status_code == status, (role, area)
        assert ("断档" in answer.content.decode() and "陈国梁" in answer.content.decode()) is is_told
        if is_told:
            assert "断档" in client.get(move.get_absolute_url()).content.decode()
        elif area == county.TOWN:
            assert "迁出地末次" not in client.get(move.get_absolute_url()).content.decode()
