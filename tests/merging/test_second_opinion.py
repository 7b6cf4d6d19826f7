"""The second opinion on files without a trusted number: splink itself is asked, in its own process."""

from typing import Any

import duckdb
import polars as pl
import pytest
from django.utils import timezone

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.merging import second
from yizhou.merging.actions import judge_pairs, search_duplicates
from yizhou.merging.jobs import carry_out
from yizhou.merging.models import FindingRun, PairStatus, RunStatus, SecondStatus, SuspectPair
from yizhou.merging.rules import SCHEMA, find_pairs, trusted
from yizhou.merging.scorer import CLOSED
from yizhou.merging.weighing import FACTS, candidates, told
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

BASE = {
    "number": 33990219600803101,
    "name": "陈国梁",
    "pinyin": "chenguoliang",
    "born": -3438,
    "village": county.VILLAGE,
    "phone": 13800138000,
    "enlisted": 3000,
    "trusted": True,
}
HEARD = {**BASE, "number": None, "trusted": False, "name": "陈国樑", "born": -3437}


def further(*files: dict[str, Any]) -> list[tuple[int, int]]:
    """What the second opinion adds to what our rules find among these files."""
    people = pl.DataFrame([{"id": n, **one} for n, one in enumerate(files, start=1)], schema=SCHEMA)
    found = second.second_pairs(people, find_pairs(people))
    assert found is not None
    return list(found.select("a", "b").iter_rows())


def test_it_finds_what_our_rules_do_not() -> None:
    """Another sign of the same sound, a birth date one day off, no number: village, phone and service agree."""
    people = pl.DataFrame([{"id": 1, **BASE}, {"id": 2, **HEARD}], schema=SCHEMA)
    assert not find_pairs(people).height
    found = second.second_pairs(people, find_pairs(people))
    assert found is not None
    assert found.select("a", "b", "rules", "strength").rows() == [(1, 2, "SECOND", "PROBABLE")]
    assert found["percent"].item() >= 90
    speaks_for, against = told(found["opinion"].item())
    assert "姓名同音" in speaks_for
    assert "出生日期只差年、月、日中的一项" in speaks_for
    assert against == []


@pytest.mark.parametrize(
    "other",
    [
        # Twins: born together, live together, share the phone of the house; their names have nothing in common.
        {"number": None, "trusted": False, "name": "陈建军", "pinyin": "chenjianjun"},
        # A namesake in another county with a phone of his own.
        {"number": None, "trusted": False, "village": "339921001001", "phone": 13900139000, "born": 3000},
        # Both have numbers that can be relied on: it is not asked.
        {"number": 11010119700101123, "name": "陈国樑", "born": -3437},
        # Our own rules say it already.
        {"number": None, "trusted": False},
    ],
)
def test_it_does_not_find(other: dict[str, Any]) -> None:
    assert further(BASE, {**BASE, **other}) == []


def test_a_phone_that_stands_for_many_is_no_evidence() -> None:
    homes = [{**HEARD, "born": n * 400, "village": str(n), "enlisted": None} for n in range(210)]
    weighed = candidates(
        pl.DataFrame([{"id": n, **one} for n, one in enumerate(homes)], schema=SCHEMA), second.MOST
    )
    assert weighed["phone"].null_count() == 210


def test_neither_numbers_nor_phones_are_told_and_nothing_is_written_down(tmp_path: Any) -> None:
    people = pl.DataFrame([{"id": 1, **BASE}, {"id": 2, **HEARD}], schema=SCHEMA)
    weighed = candidates(people, second.MOST)
    assert "number" not in weighed.columns
    assert weighed["phone"].to_list() == [1, 1]
    with duckdb.connect(":memory:") as connection:
        for statement in CLOSED:
            connection.execute(statement)
        with pytest.raises(duckdb.Error):
            connection.execute(f"COPY (SELECT 1) TO '{tmp_path}/spilled.csv'")
        with pytest.raises(duckdb.Error):
            connection.execute("SET enable_external_access = true")
        assert connection.execute("SELECT current_setting('temp_directory')").fetchone() == ("",)
    assert not list(tmp_path.iterdir())


def test_shares_of_each_fact_add_up() -> None:
    for fact in FACTS:
        assert sum(level.same for level in fact.levels) == pytest.approx(1)
        assert sum(level.any_two for level in fact.levels) == pytest.approx(1)


def test_which_numbers_can_be_relied_on() -> None:
    good, born = county.id_number("19600803"), "1960-08-03"
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    made_up, permit = (county.id_number("19600803", area=area) for area in ("330000", "810000"))
    rows = [(good, born), (wrong, born), (good, "1960-08-04"), (made_up, born), (permit, born), ("", born)]
    frame = pl.DataFrame(rows, schema=["number", "born"], orient="row").with_columns(
        pl.col("born").str.to_date()
    )
    assert frame.select(trusted("number", "born")).to_series().to_list() == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]


@pytest.fixture
def made_up(db: None, divisions: None, clock: object) -> tuple[Person, Person]:
    """A veteran on file, and once more under a number that was made up, with the name as it was heard."""
    number = county.id_number("19600804", area="330000")
    first = county.person("陈国梁", "19600803", 101)
    return first, county.person("陈国樑", "19600804", 101, 身份证号=number)


def search() -> dict[str, Any]:
    return search_duplicates(lambda step, done: None, actor=console_actor())


def pair() -> SuspectPair:
    return SuspectPair.objects.everywhere("tests").get()


def test_its_pairs_enter_the_queue_and_say_why(client: PoliceClient, made_up: tuple[Person, Person]) -> None:
    counted = search()
    assert (counted["bare"], counted["second"], counted["second_found"]) == (1, SecondStatus.ANSWERED, 1)
    assert (pair().rules, pair().status) == ("SECOND", PairStatus.OPEN)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(pair().get_absolute_url()).content.decode()
    assert "第二意见：概率比对" in page
    assert "姓名同音、出生日期只差年、月、日中的一项、手机相同、户籍地同村（社区）" in page
    assert made_up[1].opened()["id_number"] not in page
    judge_pairs([pair()], "两人都到站", actor=county.actor_of(county.account("BUREAU_STAFF", county.COUNTY)))
    assert search()["opened"] == 0
    assert pair().status == PairStatus.DISTINCT


def test_without_it_the_page_says_so_and_its_pairs_wait_on(
    client: PoliceClient, made_up: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    search()
    monkeypatch.setattr(second, "LIBRARIES", ("no_such_library",))
    run = FindingRun.objects.create(actor="测试", asked_at=timezone.now())
    carry_out(run)
    run.refresh_from_db()
    assert (run.status, run.second, run.bare) == (RunStatus.DONE, SecondStatus.ABSENT, 1)
    assert pair().status == PairStatus.OPEN
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get("/merging/").content.decode()
    assert "未安装第二意见（有 1 份档案没有可信的证件号" in page
    assert "make matching" in page


def test_one_that_does_not_answer_costs_our_own_pairs_nothing(
    made_up: tuple[Person, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    search()
    county.person("陈国梁", "19600803", 111)
    monkeypatch.setattr(second, "SECONDS", 0.01)
    counted = search()
    assert (counted["second"], counted["opened"]) == (SecondStatus.FAILED, 1)
    assert set(SuspectPair.objects.everywhere("tests").values_list("rules", "status")) == {
        ("SECOND", "OPEN"),
        ("DIGIT;NAMESAKE", "OPEN"),
    }
