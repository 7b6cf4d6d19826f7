"""Clocks of many cases at once say what the clock of each says, and the lists can be narrowed by them."""

import re
from typing import Any

from tests.cases.makers import again, at, leader, one_case, person, staff, system
from tests.cases.web import signed_in
from yizhou.cases.actions import decide_case, extend_case, rate_case, resume_case, sign_case, suspend_case
from yizhou.cases.models import Case, CasePause, Rating
from yizhou.cases.queries.facts import running_of
from yizhou.cases.queries.times import finished_between, lit, times_by_department
from yizhou.cases.rules.clock import on_time
from yizhou.core import clock
from yizhou.core.workdays import Light
from yizhou.orgs.queries import work_calendar

NUMBERS = ("339900198508011019", "339900198803152041", "33990019991201112X")


def rows() -> Any:
    return Case.objects.everywhere("test")


def finish(case: Case, when: str) -> Case:
    with clock.at(at(when)):
        return decide_case(again(case), outcome="approve", hand_over=True, actor=staff())


def three_cases() -> list[Case]:
    """One that kept its promise, one that was late, one whose pause kept it in time."""
    first, second, third = (
        one_case(person(number, name=f"军人{n}"), "RET-12") for n, number in enumerate(NUMBERS)
    )
    finish(first, "2025-04-28 09:00")
    finish(second, "2025-06-20 09:00")
    suspend_case(third, reason="SITE_CHECK", actor=staff())
    with clock.at(at("2025-06-16 09:00")):
        resume_case(again(third), actor=staff())
    finish(third, "2025-06-17 09:00")
    return [first, second, third]


def test_they_are_those_of_each_case() -> None:
    judged = []
    for case in three_cases():
        pauses = CasePause.objects.filter(case=case)
        judged.append(on_time(running_of(again(case), pauses), work_calendar()))
    (times,) = times_by_department(rows())
    assert (times.finished, times.raw, times.net) == (3, 1, 2)
    assert times.raw == sum(answer.raw is True for answer in judged)
    assert times.net == sum(answer.net is True for answer in judged)


def test_a_case_that_was_extended_is_in_time_by_the_later_day() -> None:
    case = sign_case(one_case(item="RET-12"), actor=staff())
    due = again(case).due_on
    assert due
    extend_case(again(case), days=5, reason="须会审", actor=leader())
    later = work_calendar().add(due, 2)
    finish(case, f"{later} 09:00")
    (times,) = times_by_department(rows())
    assert (times.finished, times.raw, times.net) == (1, 0, 1)


def test_only_those_finished_on_the_days_asked_for() -> None:
    three_cases()
    found = finished_between(rows(), at("2025-06-17 00:00").date(), at("2025-06-20 00:00").date())
    assert [times.finished for times in times_by_department(found)] == [2]


def test_open_ones_by_the_colour_of_their_clock() -> None:
    one_case(person(NUMBERS[0]), "RET-12")
    paused = one_case(person(NUMBERS[1], name="李敏"), "RET-12")
    suspend_case(paused, reason="SITE_CHECK", actor=staff())
    due = rows().order_by("pk")[0].due_on
    assert lit(rows(), clock.today()) == []
    with clock.at(at(f"{due} 09:00")):
        assert [one.light for one in lit(rows(), clock.today())] == [Light.AMBER]
    with clock.at(at("2025-12-01 09:00")):
        assert [one.light for one in lit(rows(), clock.today())] == [Light.RED]


def numbers(browser: Any, url: str) -> list[str]:
    html = browser.get(url).content.decode()
    return sorted(set(re.findall(r"2025-\d{6}", html.partition("<tbody>")[2])))


def test_the_list_is_narrowed_by_clock_area_and_days_of_completion() -> None:
    done, late, _ = three_cases()
    running = one_case(person("339900199001011234", name="王强", household_area="339901002000"), "RET-12")
    leaders = signed_in("BUREAU_LEADER")
    with clock.at(at("2025-12-01 09:00")):
        assert numbers(leaders, "/cases/?light=late") == [running.case_no]
        assert numbers(leaders, "/cases/?light=soon") == []
        assert numbers(leaders, "/cases/?light=late&area=339901001000") == []
        assert numbers(leaders, "/cases/?light=late&area=339901002") == [running.case_no]
    assert numbers(leaders, "/cases/?done_from=2025-04-01&done_to=2025-04-30") == [done.case_no]
    assert late.case_no not in numbers(leaders, "/cases/?done_from=2025-06-01&done_to=2025-06-17")
    everything = numbers(leaders, "/cases/")
    for nonsense in (
        "area=x",
        "area=" + "9" * 5000,
        "light=x",
        "done_from=x&done_to=y",
        "done_from=2025-04-01",
        "done_from=0001-01-01&done_to=0001-01-02",
        "done_from=2025-04-01&done_to=9999-12-31",
    ):
        assert numbers(leaders, f"/cases/?{nonsense}") == everything, nonsense
    assert numbers(signed_in("BUREAU_LEADER", area="339902000000"), "/cases/?area=339901") == []


def test_bad_ratings_past_their_day_have_a_list() -> None:
    finish(one_case(person(NUMBERS[0]), "RET-12"), "2025-04-25 10:00")
    rating = rate_case(Rating.objects.everywhere("test").get(), level="1", actor=system())
    browser = signed_in("BUREAU_STAFF")
    address = "/cases/ratings/?state=late"
    assert rating.rating_no not in browser.get(address).content.decode()
    with clock.at(at("2025-05-30 09:00")):
        assert rating.rating_no in browser.get(address).content.decode()
        assert rating.rating_no in browser.get(f"{address}&area=339901001000").content.decode()
        assert rating.rating_no not in browser.get(f"{address}&area=339901002000").content.decode()
