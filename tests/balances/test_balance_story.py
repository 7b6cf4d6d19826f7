"""A balance from the first confirmed period to the next: every difference has a name and a ground, or it does not go up."""

import datetime as dt
import io
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    NEXT_VILLAGE,
    OTHER,
    TOWN,
    VILLAGE,
    divisions,
    person,
    window,
)
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.balances.actions import confirm_balance
from yizhou.balances.checking import checks_of
from yizhou.balances.facts import balances
from yizhou.balances.models import ConfirmedBalance
from yizhou.balances.queries import Sheet, pks_of, sheet_of
from yizhou.core.actor import Actor
from yizhou.core.facts import FactError
from yizhou.core.refusal import Forbidden, Refused
from yizhou.events.models import Event
from yizhou.hall.models import ServiceWindow
from yizhou.indicators.periods import Term
from yizhou.indicators.queries import scope_for
from yizhou.ledgers.actions import void_row
from yizhou.orgs.models import Division
from yizhou.orgs.permissions import granted_to
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
BEFORE, YEAR = Term.of("2024"), Term.of("2025")
WINDOWS, PEOPLE = "service_windows", "people"


def staff(area: str = CITY, role: str = "BUREAU_STAFF") -> Actor:
    return Actor(None, "顾建平", frozenset({role}), (area.rstrip("0"),), "", granted_to(role))


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()


def sheet(name: str, term: Term = YEAR, area: str = CITY) -> Sheet:
    return sheet_of(balances()[name], scope_for(staff(), area, *term.period))


def confirm(name: str, term: Term, reason: str = "", actor: Actor | None = None) -> ConfirmedBalance:
    acting = actor or staff()
    return confirm_balance(
        balances()[name], term, scope_for(acting, CITY, *term.period), reason, actor=acting
    )


def moved(found: Sheet) -> dict[str, int]:
    """The numbers of the total that are not 0."""
    return {code: count for code, count in found.total.sums.items() if count}


def test_without_a_confirmed_opening_the_dates_alone_speak() -> None:
    person()
    person(collected_on=dt.date(2025, 3, 1))
    person(died_on=dt.date(2025, 1, 1))
    person(moved_out_on=dt.date(2025, 12, 31), died_on=dt.date(2026, 1, 5))
    person(died_on=dt.date(2024, 12, 31))
    person(collected_on=dt.date(2026, 1, 1))
    found = sheet(PEOPLE)
    assert found.source is None
    assert moved(found) == {"opening": 3, "new": 1, "died_on": 1, "moved_out_on": 1, "closing": 2}
    assert all(check.good for check in checks_of(found))


def test_lines_are_categories_and_divisions() -> None:
    person()
    person(category="V01", household_area=NEXT_VILLAGE)
    found = sheet(PEOPLE, area=TOWN)
    assert {line.label: line.sums["closing"] for line in found.areas} == {"东一村": 1, "东二村": 1}
    assert {line.key: line.sums["closing"] for line in found.lines} == {"V01": 1, "V02": 1}
    assert [line.key for line in found.lines] == ["V01", "V02"]


def test_what_changed_behind_a_confirmed_table_is_told_name_by_name() -> None:
    stays, goes, shifts, late_end = (person() for _ in range(4))
    confirm(PEOPLE, BEFORE)
    people = Person.objects.everywhere("test")
    people.filter(pk=goes.pk).update(died_on=dt.date(2025, 5, 1))
    people.filter(pk=shifts.pk).update(category="V01")
    people.filter(pk=late_end.pk).update(died_on=dt.date(2024, 6, 1))
    late = person(collected_on=dt.date(2024, 6, 1))
    found = sheet(PEOPLE)
    assert found.source is not None
    assert moved(found) == {
        "opening": 4,
        "late": 1,
        "died_on": 1,
        "late_end": 1,
        "shifted_in": 1,
        "shifted_out": 1,
        "closing": 3,
    }
    assert pks_of(found, "late") == [late.pk]
    assert pks_of(found, "shifted_in", "V01") == [shifts.pk]
    assert pks_of(found, "shifted_out", "V02") == [shifts.pk]
    assert pks_of(found, "closing") == sorted([stays.pk, shifts.pk, late.pk])


def test_a_town_follows_from_the_confirmed_table_of_the_city_around_it() -> None:
    leaves, comes = person(), person(household_area=NEXT_VILLAGE)
    confirm(PEOPLE, BEFORE)
    people = Person.objects.everywhere("test")
    people.filter(pk=leaves.pk).update(household_area=NEXT_VILLAGE)
    people.filter(pk=comes.pk).update(household_area=VILLAGE)
    assert moved(sheet(PEOPLE, area=VILLAGE)) == {"opening": 1, "moved_in": 1, "moved_out": 1, "closing": 1}
    whole = sheet(PEOPLE)
    assert moved(whole) == {"opening": 2, "closing": 2}
    by_village = {line.label: line.sums for line in sheet(PEOPLE, area=TOWN).areas}
    assert by_village["东一村"]["shifted_in"] == by_village["东一村"]["shifted_out"] == 1


def test_each_table_has_its_own_total(client: PoliceClient) -> None:
    moves, turns = person(), person()
    confirm(PEOPLE, BEFORE)
    people = Person.objects.everywhere("test")
    people.filter(pk=moves.pk).update(household_area=FAR_VILLAGE)
    people.filter(pk=turns.pk).update(category="V01")
    person(household_area=NEXT_VILLAGE)
    found = sheet(PEOPLE)
    assert pks_of(found, "shifted_in") == [turns.pk]
    assert pks_of(found, "shifted_in", by_area=True) == [moves.pk]
    people.filter(pk=turns.pk).update(category="V02")
    found = sheet(PEOPLE)
    assert found.total.sums["shifted_in"] == 0
    assert found.area_total.sums["shifted_in"] == 1
    county.sign_in(client, "BUREAU_STAFF", CITY)
    answer = client.post(f"/balances/people/export/?period=2025&area={CITY}", {"once": "t3"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    told = {row[0] for row in book["变动名册"].iter_rows(min_row=2, values_only=True)}
    assert {"区划转入", "区划转出"} <= told


def test_the_opening_is_the_close_confirmed_last_whatever_its_period_is_called() -> None:
    window()
    confirm(WINDOWS, Term.of("2024-12"))
    confirm(WINDOWS, Term.of("2024-12"), "再算")
    year = confirm(WINDOWS, BEFORE)
    found = sheet(WINDOWS).source
    assert found is not None
    assert found.pk == year.pk


def test_divisions_below_may_be_of_different_levels() -> None:
    Division.objects.create(area_code="339903001000", name="直管镇", level="TOWN", parent_code=CITY)
    person()
    person(household_area="339903001201")
    found = sheet(PEOPLE)
    assert {line.label: line.sums["closing"] for line in found.areas} == {"东县": 1, "直管镇": 1}


def test_who_may_not_take_the_ledger_out_does_not_take_it_out_here(
    client: PoliceClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    person(collected_on=dt.date(2025, 3, 1))
    url = f"/balances/people/export/?period=2025&area={CITY}"
    county.sign_in(client, "BUREAU_LEADER", CITY)
    assert client.post(url, {"once": "t4"}).status_code == 403
    county.sign_in(client, "BUREAU_STAFF", CITY)
    monkeypatch.setattr("yizhou.balances.pages.LIMIT", 0)
    assert client.post(url, {"once": "t5"}).status_code == 422
    assert not Event.objects.everywhere("test").filter(kind="balance.exported").exists()


def test_a_voided_row_is_explained_and_a_vanished_one_holds_the_table_back() -> None:
    kept, voided, vanished = window(), window(), window()
    confirm(WINDOWS, BEFORE)
    void_row(WINDOWS, voided.uid, "重复登记", actor=staff())
    found = sheet(WINDOWS)
    assert moved(found) == {"opening": 3, "voided": 1, "closing": 2}
    ServiceWindow.objects.everywhere("test").filter(pk=vanished.pk)._raw_delete("default")
    assert moved(sheet(WINDOWS)) == {"opening": 3, "voided": 1, "lost": 1, "closing": 1}
    with pytest.raises(Refused, match="没有无依据的减少"):
        confirm(WINDOWS, YEAR)
    assert ConfirmedBalance.objects.everywhere("test").count() == 1
    assert pks_of(found, "closing") == [kept.pk, vanished.pk]


def test_statements_between_tables_and_indicators_hold_it_back(monkeypatch: pytest.MonkeyPatch) -> None:
    window()
    strict = replace(balances()[WINDOWS], must=("hall_windows + 1 <= closing",))
    monkeypatch.setitem(balances(), WINDOWS, strict)
    with pytest.raises(Refused, match=r"“服务大厅窗口数” \+ 1 ≤ 期末（“服务大厅窗口数” 1，期末 1）"):
        confirm(WINDOWS, BEFORE)
    monkeypatch.undo()
    assert confirm(WINDOWS, BEFORE).version == 1


def test_confirming_needs_an_ended_period_a_reason_for_a_further_version_and_the_right() -> None:
    window()
    with pytest.raises(Refused, match="统计期还没有结束"):
        confirm(WINDOWS, Term.of("2026-Q1"))
    assert confirm(WINDOWS, BEFORE).version == 1
    with pytest.raises(Refused, match="再核定要写明原因"):
        confirm(WINDOWS, BEFORE)
    with pytest.raises(Refused, match="最多 300 字"):
        confirm(WINDOWS, BEFORE, "字" * 301)
    again = confirm(WINDOWS, BEFORE, "补录后重算")
    assert (again.version, again.reason) == (2, "补录后重算")
    with pytest.raises(Forbidden):
        confirm(WINDOWS, BEFORE, "再来", actor=staff(role="TOWN_STATION"))
    kinds = Event.objects.everywhere("test").filter(kind="balance.confirmed")
    assert [event.data["version"] for event in kinds.order_by("id") if event.data] == [1, 2]


def test_a_confirmed_table_never_changes() -> None:
    window()
    kept = confirm(WINDOWS, BEFORE)
    rows = ConfirmedBalance.objects.everywhere("test").filter(pk=kept.pk)
    for write in (lambda: rows.update(version=F("version")), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


def opened(client: PoliceClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def workbook(client: PoliceClient, url: str) -> openpyxl.Workbook:
    answer = client.post(url, {"once": "t2"})
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_pages_lead_from_the_list_to_the_names_and_the_confirmed_table(client: PoliceClient) -> None:
    gone = window(window_name="北窗口")
    window(opened_on=dt.date(2025, 5, 1))
    person()
    confirm(WINDOWS, BEFORE)
    void_row(WINDOWS, gone.uid, "重复登记", actor=staff())
    county.sign_in(client, "BUREAU_STAFF", CITY)
    listed = opened(client, f"/balances/?period=2025&area={CITY}")
    assert "服务窗口增减平衡表" in listed
    url = f"/balances/service_windows/?period=2025&area={CITY}"
    with query_count("balances.sheet"):
        html = opened(client, url)
    assert "2024 年度第 1 版核定表的期末名册" in html
    for link in set(re.findall(r'href="(/balances/service_windows/names/[^"]+)"', html)):
        assert "没有记录" not in opened(client, link.replace("&amp;", "&"))
    voided = opened(client, f"/balances/service_windows/names/?period=2025&area={CITY}&column=voided")
    assert "作废：重复登记" in voided
    assert "北窗口" in voided
    book = workbook(client, f"/balances/service_windows/export/?period=2025&area={CITY}")
    (row,) = [row for row in book["变动名册"].iter_rows(values_only=True) if row[0] == "作废"]
    assert "北窗口" in row
    assert "作废：重复登记" in str(row[-1])
    answer = client.post(
        f"/balances/service_windows/confirm/?period=2025&area={CITY}",
        {"once": "t1", "reason": ""},
        follow=True,
    )
    assert "（第 1 版核定）" in answer.content.decode()
    assert "不再改变" in answer.content.decode()


def test_the_workbook_holds_the_tables_and_every_name_that_moved(client: PoliceClient) -> None:
    person(id_number_index=b"x")
    person(collected_on=dt.date(2025, 3, 1), name="新建档人")
    county.sign_in(client, "BUREAU_STAFF", CITY)
    book = workbook(client, f"/balances/people/export/?period=2025&area={CITY}")
    assert book.sheetnames == ["按类别", "按下级区划", "变动名册"]
    total = [row for row in book["按类别"].iter_rows(values_only=True) if row[0] == "合计"]
    assert total[0][1:3] == ("1", "1")
    names = list(book["变动名册"].iter_rows(values_only=True))
    assert len(names) == 2
    assert names[1][0] == "新增"
    assert "新建档人" in names[1]
    exported = Event.objects.everywhere("test").filter(kind="balance.exported").get()
    assert exported.data is not None
    assert exported.data["rows"] == 1


def test_a_table_of_a_closed_ledger_is_not_there_for_who_may_not_read_it(client: PoliceClient) -> None:
    county.sign_in(client, "CENTER_STAFF", COUNTY)
    assert "困难家庭帮扶增减平衡表" not in opened(client, "/balances/")
    for path in ("", "names/"):
        assert client.get(f"/balances/aid_families/{path}").status_code == 404
    for query in (f"?area={OTHER}", "?period=2031", "?period=nonsense", "?period=9999-12", "?period=1999"):
        assert client.get(f"/balances/service_windows/{query}").status_code == 404
    assert client.get("/balances/service_windows/names/?start=²").status_code == 200
    for query in ("?column=nothing", "?line=nothing"):
        assert client.get(f"/balances/service_windows/names/{query}").status_code == 404


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('since = "born"', "没有日期列 born"),
        ('must = ["nobody <= closing"]', "没有 nobody"),
        ('must = ["closing.X <= closing"]', "没有 closing.X"),
        ('must = ["closing"]', "读不懂"),
        ('must = ["aid_families.closing <= closing"]', "查看权限不同"),
        ('category = "window_no"', "没有代码列 window_no"),
    ],
)
def test_facts_that_cannot_be_used_are_told(
    line: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {
        "name": '"service_windows"',
        "title": '"表"',
        "unit": '"个"',
        "ledger": '"service_windows"',
        "since": '"opened_on"',
        "category": '"hall_type"',
        "ends": '[{ field = "closed_on", label = "停用" }]',
    }
    key, _, value = line.partition(" = ")
    text = "[[balance]]\n" + "\n".join(f"{name} = {told}" for name, told in {**given, key: value}.items())
    family = {**given, "name": '"aid_families"', "ledger": '"aid_families"', "since": '"listed_on"'}
    family |= {"category": '"level"', "ends": '[{ field = "exited_on", label = "退出" }]'}
    text += "\n[[balance]]\n" + "\n".join(f"{name} = {told}" for name, told in family.items())
    (tmp_path / "balances.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path))
    with pytest.raises(FactError, match=re.escape(reason)):
        balances.__wrapped__()
