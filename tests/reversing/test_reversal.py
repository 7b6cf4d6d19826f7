"""A whole import taken back: what goes back, what is left alone and why, the second person, all or nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.orgs.models import Appointment
from yizhou.people.actions import correct_person, reverse_change
from yizhou.people.actions.changing import state_of
from yizhou.people.models import FileChange, Person, Source
from yizhou.portal.tasks import WORKLISTS
from yizhou.reversing import actions
from yizhou.reversing.actions import carry as jobs
from yizhou.reversing.actions.planning import plan_reversal
from yizhou.reversing.models import LeftAlone, Reversal, ReversalStatus

REASON = "文件的列错了位"
PHONE, NEW = "13800138000", "13900139222"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "divisions")]


@pytest.fixture
def divisions(db: None) -> None:
    county.divisions()


def rows(count: int, start: int = 0, **cells: str) -> list[dict[str, str]]:
    return [county.row(f"人{n:03d}", serial=101 + 2 * n, **cells) for n in range(start, start + count)]


def imported(client: Client, *sent: dict[str, str]) -> ImportBatch:
    """A file brought through the browser and stored by the worker."""
    path = county.write_csv(Path(settings.IMPORTS_DIR) / "sent.csv", list(sent))
    batch = worker(batch_of(upload(client, path.read_bytes())))
    assert client.post(f"/ledgers/imports/{batch.uid}/confirm/").status_code == 302
    if again(batch).status == BatchStatus.AWAITING:
        second = PoliceClient()
        county.sign_in(second, "CENTER_STAFF", county.COUNTY)
        assert second.post(f"/ledgers/imports/{batch.uid}/approve/").status_code == 302
    assert worker(again(batch)).status == BatchStatus.DONE
    return again(batch)


def people() -> dict[str, Person]:
    return {person.opened()["id_number"][-4:-1]: person for person in Person.objects.everywhere("tests")}


def phones() -> set[str]:
    return {person.opened()["phone"] for person in Person.objects.everywhere("tests")}


def stored(reversal: Reversal) -> Reversal:
    return Reversal.objects.everywhere("tests").get(pk=reversal.pk)


def looked_through(batch: ImportBatch, actor: Actor) -> Reversal:
    reversal = actions.begin_reversal(batch, actor=actor)
    jobs.run(reversal.pk)
    return stored(reversal)


def taken_back(batch: ImportBatch, actor: Actor) -> Reversal:
    reversal = actions.confirm_reversal(looked_through(batch, actor), REASON, actor=actor)
    jobs.run(reversal.pk)
    return stored(reversal)


def why(reversal: Reversal) -> list[str]:
    left = LeftAlone.objects.everywhere("tests").filter(reversal=reversal).order_by("change")
    return list(left.values_list("why", flat=True))


def done_events() -> list[str]:
    found = Event.objects.everywhere("tests").filter(kind__startswith="reversal.", outcome=Outcome.DONE)
    return list(found.order_by("id").values_list("kind", flat=True))


@pytest.fixture
def clerk(client: PoliceClient) -> Actor:
    return county.sign_in(client, "CENTER_STAFF", county.COUNTY)


@pytest.fixture
def batch(client: PoliceClient, clerk: Actor) -> ImportBatch:
    """Three files whose phones were overwritten, and one that was opened."""
    county.take_in(*rows(3, 联系电话=PHONE))
    return imported(client, *rows(4, 联系电话=NEW))


def test_everything_goes_back_through_the_pages(client: PoliceClient, batch: ImportBatch) -> None:
    before = FileChange.objects.everywhere("tests").count()
    page = client.get(batch.get_absolute_url()).content.decode()
    assert f"/reversing/batch/{batch.uid}/" in page
    asked = client.post(f"/reversing/batch/{batch.uid}/")
    [reversal] = Reversal.objects.everywhere("tests")
    assert asked.headers["Location"] == reversal.get_absolute_url()
    assert "hx-get" in client.get(reversal.get_absolute_url()).content.decode(), "the worker is at it"
    jobs.run_reversal.func(reversal.pk)
    assert phones() == {NEW}, "looking through changes nothing"
    preview = client.get(reversal.get_absolute_url()).content.decode()
    assert "将冲回" in preview
    assert "份档案</a>不删除" in preview
    listed = client.get(f"/reversing/{reversal.uid}/rows/?which=taken").content.decode()
    assert all(name in listed for name in ("人000", "人001", "人002"))
    assert NEW not in listed, "numbers stay masked"
    assert "人003" in client.get(f"/reversing/{reversal.uid}/rows/?which=opened").content.decode()
    assert client.post(f"/reversing/{reversal.uid}/confirm/", {"reason": ""}).status_code == 422
    assert client.post(f"/reversing/{reversal.uid}/confirm/", {"reason": REASON}).status_code == 302
    jobs.run_reversal.func(reversal.pk)
    ended = stored(reversal)
    assert (ended.status, ended.changes, ended.taken, ended.left, ended.opened) == ("DONE", 3, 3, 0, 1)
    assert sorted(person.opened()["phone"] for person in people().values()) == [PHONE, PHONE, PHONE, NEW]
    kept = FileChange.objects.everywhere("tests").filter(source=Source.REVERSE)
    assert FileChange.objects.everywhere("tests").count() == before + 3
    assert {one.reason for one in kept} == {REASON}
    assert {one.reverses.batch for one in kept if one.reverses} == {batch.uid.hex}
    assert {one.batch for one in kept} == {reversal.uid.hex}
    assert {one.after()["phone"] for one in kept} == {PHONE}
    assert Event.objects.everywhere("tests").filter(kind="reversal.updated").count() == 3
    assert "人001" in client.get(f"/reversing/{reversal.uid}/rows/?which=taken").content.decode()
    history = client.get(f"/people/{people()['101'].uid}/history/").content.decode()
    assert "冲回变更" in history


def test_what_somebody_went_on_from_is_left_alone(batch: ImportBatch, clerk: Actor) -> None:
    found = people()
    first, second = found["101"], found["103"]
    correct_person(
        first, {"phone": "13700137333"}, "本人来电", actor=clerk, seen=state_of(first), accept_doubts=True
    )
    [change] = FileChange.objects.everywhere("tests").filter(person=second, batch=batch.uid.hex)
    reverse_change(change, "只有这一份错", actor=clerk)
    reversal = taken_back(batch, clerk)
    assert (reversal.status, reversal.taken, reversal.left) == ("DONE", 1, 2)
    assert sorted(why(reversal)) == ["CHANGED", "REVERSED"]
    now = {serial: person.opened()["phone"] for serial, person in people().items()}
    assert now == {"101": "13700137333", "103": PHONE, "105": PHONE, "107": NEW}
    # What another field says does not matter.
    assert FileChange.objects.everywhere("tests").filter(source=Source.REVERSE).count() == 2


def test_another_field_that_was_corrected_since_stays_as_it_is(batch: ImportBatch, clerk: Actor) -> None:
    first = people()["101"]
    address = {"residence_address": "新村 3 幢 201 室"}
    correct_person(first, address, "走访核对", actor=clerk, seen=state_of(first), accept_doubts=True)
    assert taken_back(batch, clerk).taken == 3
    now = people()["101"].opened()
    assert (now["phone"], now["residence_address"]) == (PHONE, "新村 3 幢 201 室")


def test_identity_waits_for_a_second_person(client: PoliceClient, clerk: Actor) -> None:
    county.take_in(*rows(2))
    batch = imported(client, *[county.row(f"错{n}", serial=101 + 2 * n) for n in range(2)])
    reversal = actions.confirm_reversal(looked_through(batch, clerk), REASON, actor=clerk)
    assert (reversal.status, reversal.guarded) == (ReversalStatus.AWAITING, 2)
    assert jobs.run(reversal.pk) is None, "nothing to do before somebody agrees"
    with pytest.raises(Refused, match="申请人不能复核"):
        actions.approve_reversal(reversal, actor=clerk)
    second = county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))
    assert WORKLISTS["reversals"].count(second) == 1
    assert WORKLISTS["reversals"].count(clerk) == 0
    town = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    with pytest.raises(Refused, match="超出您的管辖范围"):
        actions.approve_reversal(reversal, actor=town)
    assert {person.name[0] for person in people().values()} == {"错"}
    assert "reversal.approved" not in done_events()
    actions.approve_reversal(reversal, "已核对", actor=second)
    jobs.run(reversal.pk)
    assert {person.name for person in people().values()} == {"人000", "人001"}
    kept = FileChange.objects.everywhere("tests").filter(source=Source.REVERSE)
    assert {(one.actor, one.approved_by) for one in kept} == {(clerk.name, second.name)}
    found = client.get("/people/?q=人001").content.decode()
    assert "人001" in found, "the search knows the old name again"


def test_a_second_person_who_says_no_leaves_everything(client: PoliceClient, clerk: Actor) -> None:
    county.take_in(*rows(1))
    batch = imported(client, county.row("错", serial=101))
    reversal = actions.confirm_reversal(looked_through(batch, clerk), REASON, actor=clerk)
    second = county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))
    with pytest.raises(Refused, match="不同意须写明理由"):
        actions.refuse_reversal(reversal, "", actor=second)
    actions.refuse_reversal(reversal, "新名字是对的", actor=second)
    assert jobs.run(reversal.pk) is None
    assert [person.name for person in people().values()] == ["错"]
    assert looked_through(batch, clerk).status == ReversalStatus.CHECKED, "it may be asked for anew"


def test_what_came_to_need_a_second_person_is_not_written(
    client: PoliceClient, clerk: Actor, batch: ImportBatch
) -> None:
    county.take_in(*rows(1, start=5))
    named = imported(client, county.row("错", serial=111))
    reversal = looked_through(named, clerk)
    Reversal.objects.everywhere("tests").filter(pk=reversal.pk).update(guarded=0)
    actions.confirm_reversal(stored(reversal), REASON, actor=clerk)
    jobs.run(reversal.pk)
    assert stored(reversal).status == ReversalStatus.FAILED
    assert people()["111"].name == "错"


def test_one_attempt_at_a_time_and_a_repeated_one_finds_nothing_left(
    batch: ImportBatch, clerk: Actor
) -> None:
    reversal = looked_through(batch, clerk)
    with pytest.raises(Refused, match="已有一项冲回在办"):
        actions.begin_reversal(batch, actor=clerk)
    actions.confirm_reversal(reversal, REASON, actor=clerk)
    jobs.run(reversal.pk)
    assert jobs.run(reversal.pk) is None, "the queue may hold it twice"
    again_ = looked_through(batch, clerk)
    assert (again_.taken, why(again_)) == (0, ["REVERSED"] * 3)
    with pytest.raises(Refused, match="没有可冲回的档案"):
        actions.confirm_reversal(again_, REASON, actor=clerk)
    actions.cancel_reversal(again_, actor=clerk)
    assert done_events().count("reversal.done") == 1
    assert len(FileChange.objects.everywhere("tests").filter(source=Source.REVERSE)) == 3


def test_a_run_that_was_cut_off_is_begun_again_and_one_that_stays_so_gets_an_end(
    batch: ImportBatch, clerk: Actor, clock: Any
) -> None:
    reversal = actions.confirm_reversal(looked_through(batch, clerk), REASON, actor=clerk)
    mine = Reversal.objects.everywhere("tests").filter(pk=reversal.pk)
    mine.update(status=ReversalStatus.RUNNING, attempted_at=dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC))
    clock.shift(dt.timedelta(hours=2))
    assert jobs.clean() == 1
    assert stored(reversal).status == ReversalStatus.FAILED
    assert phones() == {NEW}
    mine.update(status=ReversalStatus.RUNNING)
    jobs.run(reversal.pk)
    assert (stored(reversal).status, stored(reversal).taken) == (ReversalStatus.DONE, 3)


def test_who_has_lost_the_post_takes_nothing_back(batch: ImportBatch, clerk: Actor) -> None:
    reversal = actions.confirm_reversal(looked_through(batch, clerk), REASON, actor=clerk)
    Appointment.objects.filter(account_id=clerk.account_id).update(until=dt.date(2026, 3, 1))
    jobs.run(reversal.pk)
    assert stored(reversal).status == ReversalStatus.FAILED
    assert phones() == {NEW}
    assert "reversal.done" not in done_events()


def test_files_outside_the_area_are_left_alone(client: PoliceClient) -> None:
    clerk = county.sign_in(client, "TOWN_STATION", county.TOWN)
    county.take_in(*rows(2, 联系电话=PHONE))
    batch = imported(client, *rows(2, 联系电话=NEW))
    centre = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    first = people()["101"]
    moved = {"household_area": county.OTHER_TOWN[:9] + "001"}
    correct_person(first, moved, "迁往他镇", actor=centre, seen=state_of(first), accept_doubts=True)
    reversal = taken_back(batch, clerk)
    assert (reversal.taken, why(reversal)) == (1, ["SCOPE"])
    assert people()["101"].opened()["phone"] == NEW


def test_other_ledgers_and_empty_batches_say_what_to_do(client: PoliceClient, clerk: Actor) -> None:
    fresh = imported(client, *rows(2))
    with pytest.raises(Refused, match="没有改动已有档案"):
        actions.begin_reversal(fresh, actor=clerk)
    ImportBatch.objects.everywhere("tests").filter(pk=fresh.pk).update(ledger="visits")
    answer = client.get(f"/reversing/batch/{fresh.uid}/")
    assert "不能整批冲回" in answer.content.decode()
    assert client.post(f"/reversing/batch/{fresh.uid}/").status_code == 422
    assert not Reversal.objects.everywhere("tests").exists()
    assert done_events() == []


def test_batches_and_attempts_of_elsewhere_are_absent(
    client: PoliceClient, batch: ImportBatch, clerk: Actor
) -> None:
    reversal = looked_through(batch, clerk)
    stranger = PoliceClient()
    county.sign_in(stranger, "CENTER_STAFF", "339901000000")
    assert stranger.get(f"/reversing/batch/{batch.uid}/").status_code == 404
    for tail in ("", "rows/", "job/"):
        assert stranger.get(f"/reversing/{reversal.uid}/{tail}").status_code == 404
    assert stranger.post(f"/reversing/{reversal.uid}/confirm/", {"reason": REASON}).status_code == 404
    assert stored(reversal).status == ReversalStatus.CHECKED


def test_a_file_that_changes_while_it_is_read_is_noticed(batch: ImportBatch, clerk: Actor) -> None:
    planned = plan_reversal(batch, clerk, REASON)
    first = people()["101"]
    correct_person(
        first, {"phone": "13700137333"}, "本人来电", actor=clerk, seen=state_of(first), accept_doubts=True
    )
    with pytest.raises(Conflict):
        jobs.require_unchanged(planned)
