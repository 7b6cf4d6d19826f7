"""近况线索: hints are noted one by one or by a list, ask for a visit together, and stop nothing."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.lifecycle.actions import (
    accompany_event,
    note_signal,
    scan_life_events,
    take_in_list,
    withdraw_signal,
)
from yizhou.lifecycle.models import LifeEvent, LifeSignal, LifeTask, SignalList
from yizhou.orgs.actions import seed_calendar
from yizhou.orgs.models import StaffPost, Station
from yizhou.orgs.permissions import granted_to
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)
WORDS = "邻居说上月已去世"


@pytest.fixture(autouse=True)
def ground(db: None) -> None:
    county.divisions()
    seed_calendar([2026])


def staff(role: str = "CENTER_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def scan() -> int:
    return scan_life_events(actor=worker_actor(granted_to("SYSTEM")))


def told(kind: str, outcome: Outcome = Outcome.DONE) -> int:
    return Event.objects.everywhere("tests").filter(kind=kind, outcome=outcome).count()


def signals() -> list[LifeSignal]:
    return list(LifeSignal.objects.everywhere("tests").order_by("id"))


def sheet(
    tmp_path: Path, rows: list[list[Any]], headers: tuple[str, ...] = ("身份证号", "姓名", "日期", "备注")
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(list(headers))
    for row in rows:
        page.append(row)
    path = tmp_path / "火化名单.xlsx"
    book.save(path)
    return path


def number_of(person: Person) -> str:
    return str(person.opened()["id_number"])


def test_one_weak_hint_asks_for_nothing_two_kinds_do(client: PoliceClient) -> None:
    person = county.person()
    actor = county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    address = reverse("lifecycle:note", args=[person.uid])
    assert "登记近况线索" in client.get(address).content.decode()
    sent = {"kind": "TOLD", "noted_on": "2026-03-01", "words": WORDS}
    assert client.post(address, sent).status_code == 302
    assert scan() == 0
    note_signal(person, "PHONE", TODAY, "三次打不通", actor=actor)
    assert scan() == 1
    [event] = LifeEvent.objects.everywhere("tests")
    assert (event.kind, event.told) == ("DEATH_SIGNALS", "多次联系不上、群众或亲属反映")
    page = client.get(event.get_absolute_url()).content.decode()
    assert WORDS in page
    assert "待遇照发" in page
    assert told("life_signal.noted") == 2
    person.refresh_from_db()
    assert person.died_on is None


def test_a_withdrawn_hint_counts_no_more() -> None:
    person, actor = county.person(), staff()
    note_signal(person, "TOLD", TODAY, WORDS, actor=actor)
    signal = note_signal(person, "PHONE", TODAY, "三次打不通", actor=actor)
    withdraw_signal(signal, "本人已接电话", actor=actor)
    assert scan() == 0
    with pytest.raises(Conflict, match="已撤回"):
        withdraw_signal(signal, "本人已接电话", actor=actor)
    assert told("life_signal.withdrawn") == 1


@pytest.mark.parametrize(
    ("kind", "day", "words", "why"),
    [
        ("RUMOUR", TODAY, WORDS, "没有选线索来源"),
        ("TOLD", TODAY + dt.timedelta(days=1), WORDS, "在今天之后"),
        ("TOLD", None, WORDS, "日期没有填对"),
        ("TOLD", TODAY, "去世", "4 至 200 字"),
    ],
)
def test_a_hint_that_cannot_be_kept_changes_nothing(
    kind: str, day: dt.date | None, words: str, why: str
) -> None:
    person, actor = county.person(), staff()
    with pytest.raises(Refused, match=why):
        note_signal(person, kind, day, words, actor=actor)
    assert (signals(), told("life_signal.noted")) == ([], 0)


def test_the_same_hint_twice_on_a_day_and_of_somebody_gone_is_refused() -> None:
    person, actor = county.person(), staff()
    note_signal(person, "TOLD", TODAY, WORDS, actor=actor)
    with pytest.raises(Refused, match="已登记过"):
        note_signal(person, "TOLD", TODAY, WORDS, actor=actor)
    gone = county.person("已故人", serial=303)
    Person.objects.everywhere("tests").filter(pk=gone.pk).update(died_on=dt.date(2026, 1, 1))
    gone.refresh_from_db()
    with pytest.raises(Refused, match="已去世、迁出或注销"):
        note_signal(gone, "TOLD", TODAY, WORDS, actor=actor)
    assert len(signals()) == 1


def test_a_list_keeps_matches_only_and_is_enough_alone(client: PoliceClient, tmp_path: Path) -> None:
    known, namesake = county.person("柳成荫"), county.person("柳成行", serial=303)
    stranger = county.row("外乡人", serial=305)["身份证号"]
    path = sheet(
        tmp_path,
        [
            [number_of(known), "柳成荫", "2026-02-20", "南山殡仪馆"],
            [number_of(namesake), "柳成某", "", ""],
            ["33990119700101999X", "错码", "", ""],
            [number_of(known), "柳成荫", "", ""],
            [stranger, "外乡人", "", ""],
            ["", "无号", "", ""],
        ],
    )
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    with path.open("rb") as file:
        sent = {"kind": "FUNERAL", "noted_on": "2026-02-28", "title": "民政局 2 月火化名单", "file": file}
        answer = client.post(reverse("lifecycle:compare"), sent)
    [listed] = SignalList.objects.everywhere("tests")
    assert answer.headers["Location"] == listed.get_absolute_url()
    assert (listed.rows, listed.matched, listed.known, listed.absent) == (6, 1, 0, 1)
    assert [fault["row"] for fault in listed.faults] == [3, 4, 7]
    [signal] = signals()
    assert (signal.person_id, signal.noted_on, signal.words) == (known.pk, dt.date(2026, 2, 20), "南山殡仪馆")
    page = client.get(listed.get_absolute_url()).content.decode()
    assert "姓名对不上" in page
    assert number_of(known) not in page
    assert scan() == 1
    [task] = LifeTask.objects.everywhere("tests")
    assert task.level == "VILLAGE"


def test_the_same_list_again_adds_nothing(tmp_path: Path) -> None:
    path = sheet(tmp_path, [[number_of(county.person("柳成荫")), "柳成荫", "2026-02-20", ""]])
    actor = staff()
    for matched, known in ((1, 0), (0, 1)):
        listed = take_in_list(path, "FUNERAL", "2 月火化名单", TODAY, actor=actor)
        assert (listed.matched, listed.known) == (matched, known)
    assert len(signals()) == 1
    assert told("life_signal.noted") == 1


def test_a_list_without_its_columns_or_no_list_at_all_is_refused(tmp_path: Path) -> None:
    actor = staff()
    path = sheet(tmp_path, [["x"]], headers=("号码",))
    with pytest.raises(Refused, match="没有“身份证号”“姓名”一列"):
        take_in_list(path, "FUNERAL", "2 月火化名单", TODAY, actor=actor)
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(Refused):
        take_in_list(path, "FUNERAL", "2 月火化名单", TODAY, actor=actor)
    with pytest.raises(Refused, match="没有写名单的名称"):
        take_in_list(path, "FUNERAL", "", TODAY, actor=actor)
    with pytest.raises(Forbidden):
        take_in_list(path, "FUNERAL", "2 月火化名单", TODAY, actor=staff("LIAISON", county.VILLAGE))
    assert not SignalList.objects.everywhere("tests").exists()
    assert told("life_signal.listed") == 0


def test_a_list_of_another_county_is_not_there() -> None:
    plain = Client()
    listed = SignalList.objects.create(
        area=county.OTHER_TOWN, kind="FUNERAL", title="名单", noted_on=TODAY, rows=0, matched=0, known=0,
        absent=0, actor="x", noted_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC),
    )  # fmt: skip
    county.sign_in(plain, "TOWN_STATION", county.TOWN)
    assert plain.get(listed.get_absolute_url()).status_code == 404


def test_one_of_the_staff_goes_with_the_family_through_all_of_it(client: PoliceClient) -> None:
    person = county.person()
    Person.objects.everywhere("tests").filter(pk=person.pk).update(died_on=dt.date(2026, 2, 9))
    scan()
    [event] = LifeEvent.objects.everywhere("tests")
    assert LifeTask.objects.everywhere("tests").filter(event=event, code="CONDOLE").exists()
    post = somebody(county.TOWN)
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "还没有指定" in client.get(event.get_absolute_url()).content.decode()
    address = reverse("lifecycle:accompany", args=[event.uid])
    assert client.post(address, {"post": str(post.uid), "seen": ""}).status_code == 302
    assert "孟归鸿（镇站）" in client.get(event.get_absolute_url()).content.decode()
    # Whoever looked before somebody was named does not name another over it.
    with pytest.raises(Conflict, match="已由别人改过"):
        accompany_event(event, None, actor=actor, seen=None)
    assert client.post(address, {"post": "", "seen": str(post.uid)}).status_code == 302
    assert told("life_event.accompanied") == 2
    assert client.post(address, {"post": str(somebody(county.OTHER_TOWN).uid), "seen": ""}).status_code == 404


def somebody(town: str) -> StaffPost:
    station = Station.objects.create(
        station_no=f"S{town}", name="镇站", level="TOWN", area=town, founded_on=dt.date(2020, 1, 1)
    )
    return StaffPost.objects.create(
        station=station,
        name="孟归鸿",
        post_type="HEAD",
        id_number_index=f"{town:>16}".encode(),
        started_on=dt.date(2020, 1, 1),
    )
