"""Files that were just imported or opened by a form are compared with all others at once, by the worker."""

import pytest
from django_tasks_db.models import DBTaskResult

from tests.support import county
from yizhou.merging import jobs
from yizhou.merging.actions import judge_pairs, search_duplicates
from yizhou.merging.actions.find import search_around
from yizhou.merging.models import FindingRun, RunStatus, SuspectPair
from yizhou.orgs.queries import console_actor
from yizhou.people.actions import create_person
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def run_job() -> None:
    """What the worker does with the jobs that wait, in their order."""
    for row in DBTaskResult.objects.ready().order_by("enqueued_at"):
        jobs.run_around.func(*row.args_kwargs["args"])
        row.delete()


def pairs() -> list[tuple[int, int, str]]:
    found = SuspectPair.objects.everywhere("tests").order_by("id")
    return list(found.values_list("first_id", "second_id", "status"))


def test_an_import_is_followed_by_a_search_around_its_rows() -> None:
    first = county.person("陈国梁", "19600803", 101)
    county.person("李建军", "19610101", 131)
    run_job()
    assert pairs() == []
    second = county.person("陈国梁", "19600803", 111)
    assert pairs() == []
    assert DBTaskResult.objects.ready().get().args_kwargs["args"] == [[second.pk]]
    run_job()
    assert pairs() == [(first.pk, second.pk, "OPEN")]
    assert not FindingRun.objects.exists()


def test_a_large_file_asks_for_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "MOST_AROUND", 1)
    county.take_in(county.row(serial=101), county.row(serial=111))
    county.take_in(county.row(serial=121), county.row("李建军", "19610101", 131))
    assert [row.args_kwargs["args"] for row in DBTaskResult.objects.ready()] == [[[]], [[]]]
    run_job()
    assert [run.status for run in FindingRun.objects.all()] == [RunStatus.DONE] * 2
    assert len(pairs()) == 3


def test_a_file_by_form_and_one_that_bears_another_name() -> None:
    first = county.person("陈国梁", "19600803", 101)
    actor = county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))
    county.person("李建军", "19610101", 101)
    run_job()
    made = create_person(_cells(), actor=actor, accept_doubts=True)
    run_job()
    assert pairs() == [(first.pk, made.pk, "OPEN")]
    Person.objects.everywhere("tests").filter(pk=made.pk).update(name="赵春生", pinyin_full="zhaochunsheng")
    jobs.search_soon([made.pk])
    run_job()
    assert [status for *_, status in pairs()] == ["GONE"]


def _cells() -> dict[str, str]:
    number = county.id_number("19600803", 111)
    return {
        "id_number": number,
        "name": "陈国梁",
        "sex": "男",
        "birth_on": "1960-08-03",
        "household_area": county.VILLAGE,
        "category": "V11",
        "collected_on": "2026-01-05",
    }


def test_what_was_decided_and_what_lies_elsewhere_stay_as_they_are() -> None:
    first, second = county.person("陈国梁", "19600803", 101), county.person("陈国梁", "19600803", 111)
    for serial in (101, 111):
        county.person("李建军", "19610101", serial, 联系电话="13900139111")
    search_duplicates(lambda step, done: None, actor=console_actor())
    actor = county.actor_of(county.account("BUREAU_STAFF", county.COUNTY))
    judge_pairs([SuspectPair.objects.visible_to(actor).get(first=first)], "两人都到站", actor=actor)
    counted = search_around([second.pk], actor=console_actor())
    assert (counted["people"], counted["opened"]) == (2, 0)
    assert [status for *_, status in pairs()] == ["DISTINCT", "OPEN"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"姓名": "陈国樑"},
        {"户籍地区划": county.OTHER_VILLAGE},
        {"姓名": "陈建梁", "联系电话": "13900139111"},
        {"身份证号": county.id_number("19600803", 999)},
    ],
)
def test_a_search_around_a_file_finds_what_a_search_through_all_does(changes: dict[str, str]) -> None:
    county.person("陈国梁", "19600803", 101)
    second = county.take_in({**county.row("陈国梁", "19600803", 111), **changes})
    assert second.created == 1
    newest = Person.objects.everywhere("tests").order_by("-id")[0]
    search_around([newest.pk], actor=console_actor())
    around = pairs()
    assert around
    SuspectPair.objects.everywhere("tests").delete()
    search_duplicates(lambda step, done: None, actor=console_actor())
    assert pairs() == around
