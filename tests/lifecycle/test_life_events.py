"""生命周期事件: facts open tasks once, corrected facts take them back, and nothing stops by itself."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.indicators import makers as rows
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.plans import explained
from yizhou.benefits.models import BenefitPayment
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.honours.models import MeritNotice
from yizhou.lifecycle.actions import scan_life_events, settle_task, skip_task
from yizhou.lifecycle.models import LifeEvent, LifeTask
from yizhou.lifecycle.queries import happened
from yizhou.lifecycle.templates_of import templates
from yizhou.lifecycle.worklists import waiting
from yizhou.orgs.actions import seed_calendar
from yizhou.orgs.permissions import granted_to
from yizhou.people.models import FamilyMember, Person
from yizhou.visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def ground(db: None) -> None:
    county.divisions()
    seed_calendar([2026])


def scan() -> int:
    return scan_life_events(actor=worker_actor(granted_to("SYSTEM")))


def staff(role: str = "TOWN_STATION", area: str = county.TOWN) -> Actor:
    return county.actor_of(county.account(role, area))


def change(person: Person, **values: Any) -> None:
    Person.objects.everywhere("tests").filter(pk=person.pk).update(**values)


def kinds() -> list[str]:
    return sorted(LifeEvent.objects.everywhere("tests").values_list("kind", flat=True))


def states(kind: str) -> set[str]:
    tasks = LifeTask.objects.everywhere("tests").filter(event__kind=kind)
    return set(tasks.values_list("state", flat=True))


def events(kind: str) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE).count()


def paid(person: Person, month: str, status: str = "PAID", benefit: str = "DISABILITY") -> None:
    BenefitPayment.objects.create(
        line_no=f"{person.pk}-{month}-{benefit}",
        pay_month=month,
        person=person,
        benefit=benefit,
        base_amount_fen=100_000,
        status=status,
    )


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"died_on": dt.date(2026, 1, 9)}, "DIED"),
        ({"moved_out_on": dt.date(2025, 9, 1)}, "MOVED_OUT"),
        ({"discharged_on": dt.date(2025, 12, 1)}, "DISCHARGED"),
        ({"enlisted_on": dt.date(2025, 12, 1), "discharged_on": None}, "ENLISTED"),
        ({"birth_on": dt.date(1966, 3, 2)}, "AGE_60"),
    ],
)
def test_a_fact_opens_its_tasks_once(values: dict[str, Any], kind: str) -> None:
    person = county.person()
    assert (scan(), kinds()) == (0, []), "an old life opens nothing"
    change(person, **values)
    assert (scan(), scan()) == (1, 0)
    assert kinds() == [kind]
    tasks = LifeTask.objects.everywhere("tests")
    assert sorted(tasks.values_list("code", flat=True)) == sorted(
        task.code for task in templates()[kind].tasks
    )
    assert all(task.due_on > TODAY for task in tasks)
    assert events("life_event.found") == 1


@pytest.mark.parametrize(
    "values",
    [
        {"died_on": dt.date(2024, 1, 9)},
        {"died_on": dt.date(2026, 3, 3)},
        {"birth_on": dt.date(1966, 3, 3)},
        {"birth_on": dt.date(1966, 1, 1)},
    ],
    ids=["too long ago", "still to come", "sixty tomorrow", "sixty for months"],
)
def test_what_lies_far_back_or_ahead_opens_nothing(values: dict[str, Any]) -> None:
    change(county.person(), **values)
    assert (scan(), kinds()) == (0, [])


def test_a_merit_notice_opens_its_delivery() -> None:
    person = county.person()
    MeritNotice.objects.create(
        notice_no="X1", soldier_name="陈卫国", person=person, grade="3", approved_on=dt.date(2026, 2, 10)
    )
    assert (scan(), kinds()) == (1, ["MERIT"])
    assert LifeEvent.objects.everywhere("tests").get().told == "喜报 X1"


def test_a_corrected_fact_takes_open_tasks_back_and_leaves_what_was_done() -> None:
    person, actor = county.person(), staff()
    change(person, died_on=dt.date(2026, 1, 9))
    scan()
    first = LifeTask.objects.everywhere("tests").select_related("event__person").order_by("id")[0]
    settle_task(first, "已报停发", actor=actor)
    change(person, died_on=None)
    scan()
    assert (states("DIED"), events("life_event.revoked")) == ({"DONE", "REVOKED"}, 1)
    assert not waiting(actor).exists()
    scan()
    assert events("life_event.revoked") == 1
    change(person, died_on=dt.date(2026, 1, 9))
    assert scan() == 0
    assert (states("DIED"), events("life_event.reinstated")) == ({"DONE", "OPEN"}, 1)


def test_a_task_is_done_with_words_or_skipped_for_a_listed_reason(client: PoliceClient) -> None:
    person = county.person()
    change(person, moved_out_on=dt.date(2026, 1, 9))
    scan()
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    one, other = waiting(actor).select_related("event__person").order_by("id")
    with pytest.raises(Refused, match="办理情况"):
        settle_task(one, " ", actor=actor)
    with pytest.raises(Refused, match="原因"):
        skip_task(one, "太忙", actor=actor)
    assert states("MOVED_OUT") == {"OPEN"}
    assert events("life_task.done") == events("life_task.skipped") == 0
    page = one.event.get_absolute_url()
    assert "不享受定期待遇" in client.get(page).content.decode()
    sent = {"reason": "不享受定期待遇", "once": "a"}
    assert client.post(f"/lifecycle/tasks/{one.uid}/skip/", sent)["Location"] == page
    assert (
        client.post(f"/lifecycle/tasks/{other.uid}/settle/", {"note": "已核对", "once": "b"}).status_code
        == 302
    )
    with pytest.raises(Conflict):
        settle_task(one, "再办", actor=actor)
    html = client.get("/lifecycle/?state=DONE").content.decode()
    assert ("已核对" in html, person.name in html) == (True, True)
    assert "不享受定期待遇" in client.get(f"/people/{person.uid}/lifecycle/").content.decode()


def test_the_page_of_a_death_lists_what_was_paid_beyond_and_stops_nothing(client: PoliceClient) -> None:
    person = county.person()
    for month in ("2025-12", "2026-01", "2026-02"):
        paid(person, month)
    FamilyMember(person=person, member_index=b"m" * 16, name="周桂芳", relation="配偶").save()
    change(person, died_on=dt.date(2026, 1, 9))
    scan()
    event = LifeEvent.objects.everywhere("tests").get()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    html = client.get(event.get_absolute_url()).content.decode()
    for told in (
        "应停发月份",
        "2026-02",
        "多发 1 个月",
        "1,000.00 元",
        "丧葬补助参考",
        "12,000.00 元",
        "周桂芳",
    ):
        assert told in html
    assert set(BenefitPayment.objects.everywhere("tests").values_list("status", flat=True)) == {"PAID"}
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    assert "多发" not in client.get(event.get_absolute_url()).content.decode().replace(
        "核对多发", ""
    ).replace("没有多发", "")


def test_the_page_of_a_move_lists_gaps_and_overlaps(client: PoliceClient) -> None:
    person = county.person()
    for month in ("2025-09", "2025-11", "2025-12", "2026-01"):
        paid(person, month)
    change(person, moved_out_on=dt.date(2025, 10, 9))
    scan()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    event = LifeEvent.objects.everywhere("tests").get()
    html = client.get(event.get_absolute_url()).content.decode()
    for told in ("本地末次发放", "断档 1 个月", "2025-10", "重叠 1 个月", "应自 2026-01 起发"):
        assert told in html


def test_weak_signals_add_up_to_a_human_check_once() -> None:
    person, other = county.person(), county.person(serial=103, 姓名="另一人")
    rows.visit(person, "2026-02-01 09:00:00", completed=False)
    rows.visit(other, "2026-02-01 09:00:00", completed=False)
    assert scan() == 0, "one kind of signal is none"
    paid(person, "2026-02", "RETURNED")
    assert (scan(), scan(), kinds()) == (1, 0, ["DEATH_SIGNALS"])
    event = LifeEvent.objects.everywhere("tests").select_related("person").get()
    assert (event.person, event.told) == (person, "发放退回、联系未成")
    Visit.objects.everywhere("tests").delete()
    scan()
    assert states("DEATH_SIGNALS") == {"OPEN"}, "signs fade, the check stays"
    assert Person.objects.everywhere("tests").get(pk=person.pk).died_on is None


def test_late_tasks_are_counted_by_division_and_other_areas_see_nothing(
    clock: Any, client: PoliceClient
) -> None:
    person = county.person()
    change(person, died_on=dt.date(2026, 1, 9))
    scan()
    clock.move_to(dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC))
    event = LifeEvent.objects.everywhere("tests").get()
    county.sign_in(client, "BUREAU_LEADER", county.COUNTY)
    html = client.get("/lifecycle/?state=late").content.decode()
    assert ("各地待办" in html, "state=late" in html, "芦汀街道" in html) == (True, True, True)
    assert "各地待办" not in client.get("/lifecycle/?kind=MERIT").content.decode(), (
        "counts agree with the list"
    )
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(event.get_absolute_url()).status_code == 404
    assert person.name not in client.get("/lifecycle/").content.decode()


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        ("DIED", "person_died"),
        ("MOVED_OUT", "person_moved"),
        ("AGE_60", "person_birth"),
        ("ENLISTED", "person_serving"),
    ],
)
def test_the_nightly_reading_finds_the_few_in_an_index(kind: str, index: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        happened(templates()[kind], TODAY)
    plans = [explained(query["sql"]) for query in asked.captured_queries if "people_person" in query["sql"]]
    assert plans
    assert all(index in plan for plan in plans), plans


def test_only_the_worker_reads_the_facts() -> None:
    change(county.person(), died_on=dt.date(2026, 1, 9))
    with pytest.raises(Forbidden):
        scan_life_events(actor=staff("BUREAU_STAFF", county.COUNTY))
    assert kinds() == []
