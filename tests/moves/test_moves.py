"""A file changes hands between two stations that do not see each other's files."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.moves import actions
from yizhou.moves.models import Move, MoveStatus
from yizhou.moves.rules import Wish
from yizhou.orgs.queries import work_calendar
from yizhou.people.actions import correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.models import FileChange, Person
from yizhou.portal.tasks import WORKLISTS
from yizhou.visits.models import ContactAssignment

ADDRESS = "望澜区云墩镇云墩村8组21号"
FORM = {
    "id_number": county.id_number("19600803"),
    "name": "陈国梁",
    "to_area": county.OTHER_VILLAGE,
    "address": ADDRESS,
    "moved_on": "2026-02-20",
    "document_no": "准迁00123",
    "words": "随子女居住",
    "is_residence": "1",
}
WISH = Wish(
    county.id_number("19600803"),
    "陈国梁",
    county.OTHER_VILLAGE,
    ADDRESS,
    dt.date(2026, 2, 20),
    "准迁00123",
    is_residence=True,
)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "divisions")]


class Browser(PoliceClient):
    """A browser and who sits before it."""

    actor: Actor


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


@pytest.fixture
def person() -> Person:
    return county.person()


@pytest.fixture
def here() -> Browser:
    """The browser of the station that holds the file."""
    client = Browser()
    client.actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    return client


@pytest.fixture
def there() -> Browser:
    """The browser of the station to which the person came."""
    client = Browser()
    client.actor = county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    return client


@pytest.fixture
def asker() -> Actor:
    return county.actor_of(county.account("TOWN_STATION", county.OTHER_TOWN))


@pytest.fixture
def holder() -> Actor:
    return county.actor_of(county.account("TOWN_STATION", county.TOWN))


def stored() -> Move:
    return Move.objects.everywhere("tests").get()


def again(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def done() -> list[str]:
    found = Event.objects.everywhere("tests").filter(outcome=Outcome.DONE, kind__startswith="move.")
    return list(found.order_by("id").values_list("kind", flat=True))


def contact(person: Person, assigned_on: str) -> ContactAssignment:
    row = ContactAssignment(
        person=person,
        staff_index=crypto.blind_index(keyring(), county.id_number("19700101")),
        assigned_on=assigned_on,
    )
    row.save(force_insert=True)
    return row


def unchanged(person: Person) -> bool:
    """The file stands where it stood, and nothing was added to its ledger of changes."""
    now = again(person)
    kept = not FileChange.objects.everywhere("tests").filter(person=person).exists()
    return kept and (now.household_area, bytes(now.secret)) == (person.household_area, bytes(person.secret))


def test_a_file_goes_over_through_the_pages(person: Person, here: Browser, there: Browser) -> None:
    contact(person, "2025-01-01")
    assert there.get(person.get_absolute_url()).status_code == 404
    asked = there.post("/moves/new/", FORM)
    move = stored()
    assert asked.headers["Location"] == move.get_absolute_url()
    seen = there.get(move.get_absolute_url()).content.decode()
    assert "陈国梁" in seen
    assert FORM["id_number"] not in seen, "the number stays masked"
    assert person.get_absolute_url() not in seen
    assert there.get(person.get_absolute_url()).status_code == 404, "asking opens nothing"
    assert there.get(f"/moves/{move.uid}/sheet/").status_code == 404

    [task] = WORKLISTS["moves"].tasks(here.actor, 5)
    assert task.url == move.get_absolute_url()
    sheet = here.get(f"/moves/{move.uid}/sheet/").content.decode()
    assert "一对一联系人" in sheet
    assert here.post(f"/moves/{move.uid}/confirm/", {"note": "已核对"}).status_code == 302

    now = again(person)
    assert (now.household_area, now.residence_area) == (county.OTHER_VILLAGE, county.OTHER_VILLAGE)
    assert now.opened()["household_address"] == ADDRESS
    assert there.get(person.get_absolute_url()).status_code == 200
    assert "户籍市内迁移" in there.get(person.get_absolute_url()).content.decode()
    assert here.get(person.get_absolute_url()).status_code == 404
    left = here.get(move.get_absolute_url())
    assert left.status_code == 200, "what was agreed stays to be read"
    assert person.get_absolute_url() not in left.content.decode()
    assert here.get(f"/moves/{move.uid}/sheet/").status_code == 404
    assert there.get(f"/moves/{move.uid}/sheet/").status_code == 200
    assert WORKLISTS["moves"].count(here.actor) == 0


def test_the_change_of_the_file_is_a_correction_by_two(person: Person, asker: Actor, holder: Actor) -> None:
    old, later = contact(person, "2025-01-01"), contact(person, "2026-05-01")
    move = actions.ask_move(WISH, actor=asker)
    actions.confirm_move(move, actor=holder)
    [change] = FileChange.objects.everywhere("tests").filter(person=person)
    assert (change.actor, change.approved_by) == (asker.name, holder.name)
    assert move.number in change.reason
    assert set(change.fields.split(";")) == {
        "household_area",
        "household_address",
        "residence_area",
        "residence_address",
    }
    assert done() == ["move.asked", "move.confirmed", "move.arrived"]
    assert Event.objects.everywhere("tests").filter(kind="person.corrected", person_id=person.pk).count() == 1
    for row in (old, later):
        row.refresh_from_db(from_queryset=ContactAssignment.objects.everywhere("tests"))
    assert old.ended_on == clock.today()
    assert later.ended_on == later.assigned_on, "what was to begin later never does"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"name": "陈国良"}, "another name"),
        ({"id_number": county.id_number("19600803", 103)}, "another number"),
        ({"name": "陈国"}, "a part of the name"),
    ],
)
def test_whoever_is_not_found_is_answered_alike(
    said: dict[str, str], why: str, person: Person, there: Browser
) -> None:
    answer = there.post("/moves/new/", {**FORM, **said})
    assert answer.status_code == 422, why
    assert "没有找到，或已在本辖区建档" in answer.content.decode()
    assert not Move.objects.everywhere("tests").exists()
    assert done() == []
    [tried] = Event.objects.everywhere("tests").filter(kind="moves.ask_move")
    assert (tried.outcome, tried.account_id) == (Outcome.REFUSED, there.actor.account_id)
    assert FORM["id_number"] not in f"{tried.reason}{tried.data}"


def test_a_file_of_one_s_own_is_answered_in_the_same_words(person: Person, holder: Actor) -> None:
    wish = replace(WISH, to_area=county.SECOND_VILLAGE)
    with pytest.raises(Refused) as own:
        actions.ask_move(wish, actor=holder)
    with pytest.raises(Refused) as nobody:
        actions.ask_move(replace(wish, name="无此人"), actor=holder)
    assert own.value.blockers == nobody.value.blockers
    assert done() == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"to_area": county.VILLAGE}, "TO_AREA"),
        ({"to_area": county.OTHER_TOWN}, "TO_AREA"),
        ({"to_area": ""}, "TO_AREA"),
        ({"address": " "}, "ADDRESS"),
        ({"moved_on": None}, "MOVED_ON"),
        ({"moved_on": dt.date(2026, 3, 9)}, "MOVED_ON"),
        ({"document_no": ""}, "DOCUMENT"),
        ({"words": "长" * 201}, "WORDS"),
        ({"id_number": ""}, "WHO"),
    ],
)
def test_what_is_missing_is_said_before_anybody_is_looked_for(
    said: dict[str, Any], code: str, person: Person, asker: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        actions.ask_move(replace(WISH, **said), actor=asker)
    assert [blocker.code for blocker in refused.value.blockers] == [code]
    with pytest.raises(Refused) as nobody:
        actions.ask_move(replace(WISH, name="无此人", **said), actor=asker)
    assert nobody.value.blockers == refused.value.blockers, "what is wrong with the form tells of nobody"
    assert not Move.objects.everywhere("tests").exists()
    assert done() == []


def test_one_open_request_a_person(person: Person, asker: Actor) -> None:
    move = actions.ask_move(WISH, actor=asker)
    with pytest.raises(Conflict):
        actions.ask_move(WISH, actor=asker)
    twin = {f.attname: getattr(move, f.attname) for f in Move._meta.concrete_fields if f.name != "id"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Move(**{**twin, "uid": person.uid, "number": "QY-2"}).save(force_insert=True)
    actions.withdraw_move(move, actor=asker)
    assert actions.ask_move(WISH, actor=asker).status == MoveStatus.REQUESTED


def test_the_asker_cannot_answer_himself(person: Person) -> None:
    asker = county.actor_of(county.account("TOWN_STATION", county.OTHER_TOWN))
    move = actions.ask_move(WISH, actor=asker)
    elsewhere = replace(asker, areas=(county.COUNTY[:6],))
    for verb in (actions.confirm_move, actions.refuse_move):
        with pytest.raises(Refused) as refused:
            verb(stored(), "户籍未迁出", actor=elsewhere)
        assert [blocker.code for blocker in refused.value.blockers] == ["SAME_PERSON"]
    assert WORKLISTS["moves"].count(elsewhere) == 0
    assert stored().status == MoveStatus.REQUESTED
    assert unchanged(person)
    assert done() == ["move.asked"]
    mine = Move.objects.everywhere("tests").filter(pk=move.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        mine.update(status="CONFIRMED", decided_by_id=asker.account_id)


def test_only_the_side_of_the_file_answers(person: Person, asker: Actor, there: Browser) -> None:
    move = actions.ask_move(WISH, actor=asker)
    assert "确认迁出" not in there.get(move.get_absolute_url()).content.decode()
    assert there.post(f"/moves/{move.uid}/confirm/").status_code == 409
    assert there.post(f"/moves/{move.uid}/refuse/", {"note": "户籍未迁出"}).status_code == 409
    village = county.actor_of(county.account("VILLAGE_STATION", county.VILLAGE))
    with pytest.raises(Forbidden):
        actions.confirm_move(move, actor=village)
    third = PoliceClient()
    county.sign_in(third, "TOWN_STATION", "339902003000")
    assert third.get(move.get_absolute_url()).status_code == 404
    assert unchanged(person)
    assert done() == ["move.asked"]


def test_sent_back_with_a_reason_and_nothing_changes(person: Person, asker: Actor, here: Browser) -> None:
    row = contact(person, "2025-01-01")
    move = actions.ask_move(WISH, actor=asker)
    assert here.post(f"/moves/{move.uid}/refuse/", {"note": ""}).status_code == 422
    assert stored().status == MoveStatus.REQUESTED
    assert here.post(f"/moves/{move.uid}/refuse/", {"note": "户籍未迁出"}).status_code == 302
    assert (stored().status, stored().note) == (MoveStatus.REFUSED, "户籍未迁出")
    assert unchanged(person)
    row.refresh_from_db(from_queryset=ContactAssignment.objects.everywhere("tests"))
    assert row.ended_on is None
    assert done() == ["move.asked", "move.refused"]


def test_whoever_comes_second_is_told(person: Person, asker: Actor, holder: Actor) -> None:
    move = actions.ask_move(WISH, actor=asker)
    first, second, third = stored(), stored(), stored()
    actions.confirm_move(first, actor=holder)
    with pytest.raises(Conflict):
        actions.confirm_move(second, actor=holder)
    with pytest.raises(Conflict):
        actions.refuse_move(second, "户籍未迁出", actor=holder)
    with pytest.raises(Conflict):
        actions.withdraw_move(third, actor=asker)
    assert stored().status == MoveStatus.CONFIRMED
    assert FileChange.objects.everywhere("tests").filter(person=person).count() == 1
    assert done() == ["move.asked", "move.confirmed", "move.arrived"]
    assert move.number == stored().number


def test_only_who_asked_withdraws(person: Person, asker: Actor, there: Browser) -> None:
    move = actions.ask_move(WISH, actor=asker)
    answer = there.post(f"/moves/{move.uid}/withdraw/")
    assert answer.status_code == 422
    assert "只有申请人可以撤回" in answer.content.decode()
    assert stored().status == MoveStatus.REQUESTED
    actions.withdraw_move(stored(), actor=asker)
    assert done() == ["move.asked", "move.withdrawn"]
    assert unchanged(person)


def test_a_file_that_went_elsewhere_meanwhile(person: Person, asker: Actor, holder: Actor) -> None:
    actions.ask_move(WISH, actor=asker)
    cells = {"household_area": county.SECOND_VILLAGE}
    correct_person(person, cells, "户口簿", actor=holder, seen=state_of(again(person)), accept_doubts=True)
    with pytest.raises(Conflict):
        actions.confirm_move(stored(), actor=holder)
    assert stored().status == MoveStatus.REQUESTED
    assert again(person).household_area == county.SECOND_VILLAGE
    assert done() == ["move.asked"]


def test_nobody_who_is_gone_goes_over(person: Person, asker: Actor, here: Browser) -> None:
    Person.objects.everywhere("tests").filter(pk=person.pk).update(died_on="2026-02-01")
    move = actions.ask_move(WISH, actor=asker)
    assert move.status == MoveStatus.REQUESTED, "the asker is not told of it"
    assert "不能迁移" in here.get(move.get_absolute_url()).content.decode()
    assert here.post(f"/moves/{move.uid}/confirm/").status_code == 422
    assert stored().status == MoveStatus.REQUESTED
    assert unchanged(again(person))
    assert done() == ["move.asked"]


@pytest.mark.parametrize(
    ("side", "query", "is_listed"),
    [
        ("here", "", True),
        ("there", "", True),
        ("here", "way=out", True),
        ("here", "way=in", False),
        ("there", "way=in", True),
        ("there", "way=out", False),
        ("here", "state=REQUESTED", True),
        ("here", "state=CONFIRMED", False),
        ("here", "state=late", False),
        ("here", f"area={county.VILLAGE}", True),
        ("here", f"area={county.SECOND_VILLAGE}", False),
        ("there", f"area={county.OTHER_VILLAGE}&way=in", True),
        ("there", f"area={county.VILLAGE}&way=in", False),
    ],
)
def test_the_list_both_ways(
    side: str, query: str, is_listed: bool, person: Person, asker: Actor, request: pytest.FixtureRequest
) -> None:
    move = actions.ask_move(WISH, actor=asker)
    page = request.getfixturevalue(side).get(f"/moves/?{query}").content.decode()
    assert (move.number in page) is is_listed


def test_an_answer_that_is_overdue_says_so(person: Person, asker: Actor, here: Browser) -> None:
    move = actions.ask_move(WISH, actor=asker)
    assert move.answer_by == work_calendar().add(clock.today(), 10)
    with clock.at(clock.now() + dt.timedelta(days=30)):
        [task] = WORKLISTS["moves"].tasks(here.actor, 5)
        page = here.get("/moves/?state=late").content.decode()
    assert "已逾期" in task.step
    assert move.number in page
