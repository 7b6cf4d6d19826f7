"""Setting the contact class of many: the preview, the deed, what is left alone, and the way back."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event, Outcome
from yizhou.lists import actions
from yizhou.lists.actions import working
from yizhou.lists.models import BatchStatus, ClassBatch, ClassMove, MoveState
from yizhou.lists.queries import weighing
from yizhou.orgs.models import Appointment
from yizhou.people.actions import correct_person, propose_correction, reverse_change
from yizhou.people.actions.changing import state_of
from yizhou.people.models import FileChange, Person, Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)
REASON = "年度走访后重新分类"


@pytest.fixture(autouse=True)
def crowd(db: None) -> None:
    county.divisions()
    villages = (county.VILLAGE, county.SECOND_VILLAGE, county.OTHER_VILLAGE)
    given = ("一般", "关注", "重点")
    rows = [
        county.row(f"人{n}", serial=101 + 2 * n, 户籍地区划=villages[n % 3], 联系类别=given[n // 3])
        for n in range(9)
    ]
    assert county.take_in(*rows).created == 9


def people() -> list[Person]:
    return list(Person.objects.everywhere("test").order_by("id"))


def classes() -> list[str]:
    return [person.contact_class for person in people()]


def clerk(role: str = "CENTER_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def kinds() -> dict[str, int]:
    found = Event.objects.everywhere("test").filter(outcome=Outcome.DONE)
    codes = [
        c
        for c in found.values_list("kind", flat=True)
        if c.startswith("class_batch") or c == "person.corrected"
    ]
    return {code: codes.count(code) for code in codes}


def states(batch: ClassBatch) -> dict[str, int]:
    moves = list(ClassMove.objects.everywhere("test").filter(batch=batch).values_list("state", flat=True))
    return {state: moves.count(state) for state in moves}


def done(query: dict[str, str], actor: Actor, code: str = "KEY") -> ClassBatch:
    batch = actions.begin_class(query, code, REASON, actor=actor)
    ended = actions.carry_out(batch.pk)
    assert ended is not None
    return ClassBatch.objects.everywhere("test").get(pk=batch.pk)


def test_the_preview_tells_who_changes_from_what_and_writes_nothing(client: PoliceClient) -> None:
    Person.objects.everywhere("test").filter(pk=people()[0].pk).update(died_on=TODAY)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert 'formaction="/lists/classes/set/">设置联系类别' in client.get("/people/").content.decode()
    page = client.get("/lists/classes/set/?who=all&class=KEY").content.decode()
    told = re.findall(r'<span>([^<]+)</span>\s*<span class="quiet">([^<]+)</span>', page)
    assert dict(told) == {
        "一般 → 重点": "2 人",
        "关注 → 重点": "3 人",
        "不改：已是这一类别": "3 人",
        "不改：已不在册": "1 人",
    }
    assert "改 5 人" in page
    ticked = f"/lists/classes/set/?who=ticked&ids={people()[1].uid}&ids={people()[3].uid}&class=KEY"
    assert "改 2 人" in client.get(ticked).content.decode()
    assert not ClassBatch.objects.everywhere("test").exists()


def test_every_change_stands_in_the_ledger_of_changes_with_its_event(client: PoliceClient) -> None:
    first = people()[0]
    seen = state_of(first)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    asked = f"/lists/classes/set/?ids={first.uid},{people()[3].uid}"
    answer = client.post(asked, {"class": "KEY", "reason": REASON})
    [batch] = ClassBatch.objects.everywhere("test")
    assert answer.headers["Location"] == batch.get_absolute_url()
    assert (batch.status, batch.words, batch.total) == (BatchStatus.DONE, "勾选的 2 人", 2)
    assert classes() == ["KEY", "GENERAL", "GENERAL", "KEY", "FOCUS", "FOCUS", "KEY", "KEY", "KEY"]
    changes = list(FileChange.objects.everywhere("test").order_by("id"))
    assert [(c.person_id, c.before(), c.after(), c.reason, c.source) for c in changes] == [
        (first.pk, {"contact_class": "一般"}, {"contact_class": "重点"}, REASON, Source.FORM),
        (people()[3].pk, {"contact_class": "关注"}, {"contact_class": "重点"}, REASON, Source.FORM),
    ]
    events = Event.objects.everywhere("test").filter(kind="person.corrected").order_by("id")
    assert [c.event_id for c in changes] == [event.pk for event in events]
    assert {event.reason for event in events} == {REASON}
    assert kinds() == {"class_batch.begun": 1, "person.corrected": 2, "class_batch.done": 1}
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "一般 → 重点" in page
    assert "已改" in page
    assert "勾选的 2 人" in client.get("/lists/classes/").content.decode()
    history = client.get(f"/people/{first.uid}/history/").content.decode()
    assert "联系类别：一般 → 重点" in history
    # Sealed anew: whoever had opened the form before notices, and the rest of the file is as it was.
    now = people()[0]
    assert state_of(now) != seen
    assert now.opened() == first.opened()
    assert (now.confirmed_on, now.doubts, now.missing_count) == (
        first.confirmed_on,
        first.doubts,
        first.missing_count,
    )


def test_refused_for_nobody_without_a_reason_for_no_class_and_for_too_many(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    for query, sent, words in (
        ("who=ticked", {"class": "KEY", "reason": REASON}, "没有可以改的人"),
        ("contact=KEY", {"class": "KEY", "reason": REASON}, "没有可以改的人"),
        ("", {"class": "KEY", "reason": "短"}, "没有写明原因"),
        ("", {"class": "nonsense", "reason": REASON}, "没有选联系类别"),
    ):
        answer = client.post(f"/lists/classes/set/?{query}", sent)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    monkeypatch.setattr(weighing, "MOST", 5)
    with pytest.raises(Refused, match="一次办不了"):
        actions.begin_class({}, "KEY", REASON, actor=clerk())
    assert classes().count("KEY") == 3
    assert kinds() == {}
    assert not ClassBatch.objects.everywhere("test").exists()


def test_nobody_outside_the_area_is_touched_or_shown(client: PoliceClient) -> None:
    batch = done({}, clerk("TOWN_STATION", county.TOWN))
    assert classes() == ["KEY", "KEY", "GENERAL", "KEY", "KEY", "FOCUS", "KEY", "KEY", "KEY"]
    stranger = people()[2]
    with pytest.raises(Refused, match="没有可以改的人"):
        actions.begin_class(
            {"ids": stranger.uid.hex}, "KEY", REASON, actor=clerk("TOWN_STATION", county.TOWN)
        )
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(batch.get_absolute_url()).status_code == 404
    assert client.post(f"{batch.get_absolute_url()}undo/").status_code == 404
    assert states(batch)["DONE"] == 4


def test_a_file_that_breaks_a_rule_is_listed_and_left_alone(client: PoliceClient) -> None:
    broken = people()[0]
    Person.objects.everywhere("test").filter(pk=broken.pk).update(collected_on=dt.date(2030, 1, 1))
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get("/lists/classes/set/?class=KEY").content.decode()
    assert "不改：采集日期" in page
    batch = done({}, clerk())
    assert classes()[0] == "GENERAL"
    [left] = ClassMove.objects.everywhere("test").filter(batch=batch, person=broken)
    assert left.state == MoveState.SKIPPED
    assert left.reason.startswith("采集日期")
    assert not FileChange.objects.everywhere("test").filter(person=broken).exists()


def test_rules_are_asked_in_the_deed_where_many_are_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = people()[0]
    Person.objects.everywhere("test").filter(pk=broken.pk).update(collected_on=dt.date(2030, 1, 1))
    for module in (weighing, working):
        monkeypatch.setattr(module, "CHUNK", 2)
    batch = done({}, clerk())
    assert batch.total == 6
    assert states(batch) == {"SKIPPED": 4, "DONE": 5}
    assert classes() == ["GENERAL", *["KEY"] * 8]


def test_what_waits_for_a_second_person_is_left_alone() -> None:
    one, both = people()[0], {"name": "柳青", "contact_class": "重点"}
    propose_correction(one, both, "笔误", actor=clerk(), seen=state_of(one), accept_doubts=True)
    batch = done({}, clerk())
    [left] = ClassMove.objects.everywhere("test").filter(batch=batch, reason=weighing.WAITING)
    assert left.person_id == people()[0].pk
    assert classes()[0] == "GENERAL"


def test_the_way_back_restores_every_class_but_those_changed_since(client: PoliceClient) -> None:
    before = classes()
    actor = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    batch = done({}, actor)
    one, other = people()[0], people()[1]
    correct_person(
        one, {"contact_class": "关注"}, "走访", actor=actor, seen=state_of(one), accept_doubts=True
    )
    change = FileChange.objects.everywhere("test").get(person=other)
    reverse_change(change, "单独冲回", actor=actor)
    client.post(f"{batch.get_absolute_url()}undo/")
    batch.refresh_from_db()
    assert batch.status == BatchStatus.UNDONE
    assert classes() == ["FOCUS", *before[1:]]
    assert states(batch) == {"SKIPPED": 3, "UNDONE": 4, "KEPT": 2}
    taken_back = FileChange.objects.everywhere("test").filter(source=Source.REVERSE, reverses__isnull=False)
    assert taken_back.count() == 5
    assert kinds()["class_batch.undone"] == 1
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "办理以后又有变动" in page
    assert "撤销这一批" not in page
    with pytest.raises(Conflict, match="已经撤销"):
        actions.undo_class(batch, actor=actor)


def test_begun_again_after_a_kill_it_goes_on_with_those_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "CHUNK", 2)
    batch = actions.begin_class({}, "KEY", REASON, actor=clerk())
    actor = clerk()
    assert working._one_part(batch, actor, goes_back=False)
    assert states(batch) == {"PLANNED": 4, "DONE": 2, "SKIPPED": 3}
    assert actions.carry_out(batch.pk) is not None
    assert actions.carry_out(batch.pk) is None
    assert states(batch) == {"DONE": 6, "SKIPPED": 3}
    assert FileChange.objects.everywhere("test").count() == 6
    assert kinds() == {"class_batch.begun": 1, "person.corrected": 6, "class_batch.done": 1}


def test_a_class_changed_between_preview_and_deed_is_left_alone() -> None:
    batch = actions.begin_class({}, "KEY", REASON, actor=clerk())
    Person.objects.everywhere("test").filter(pk=people()[0].pk).update(contact_class="FOCUS")
    actions.carry_out(batch.pk)
    assert classes()[0] == "FOCUS"
    [left] = ClassMove.objects.everywhere("test").filter(batch=batch, person=people()[0])
    assert (left.state, left.reason) == (MoveState.SKIPPED, working.MEANWHILE)


def test_whoever_lost_the_post_has_nothing_done_in_his_name(client: PoliceClient) -> None:
    before = classes()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    actor = clerk()
    batch = actions.begin_class({}, "KEY", REASON, actor=actor)
    Appointment.objects.filter(account_id=actor.account_id).update(until=dt.date(2026, 1, 1))
    actions.carry_out(batch.pk)
    batch.refresh_from_db()
    assert batch.status == BatchStatus.FAILED
    assert classes() == before
    assert "已没有可以办理它的任职" in client.get(batch.get_absolute_url()).content.decode()
    assert kinds() == {"class_batch.begun": 1, "class_batch.failed": 1}


def test_a_part_costs_the_same_for_few_and_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    actor = clerk()
    few = actions.begin_class({"ids": people()[0].uid.hex}, "KEY", REASON, actor=actor)
    with CaptureQueriesContext(connection) as one:
        actions.carry_out(few.pk)
    many = actions.begin_class({}, "KEY", REASON, actor=actor)
    with CaptureQueriesContext(connection) as more:
        actions.carry_out(many.pk)
    assert many.total == 5
    assert len(more) == len(one)
