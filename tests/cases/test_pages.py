"""Pages of cases through the browser's eyes: filing, verbs, lists, the inbox; who sees what."""

import re
from typing import Any

import pytest
from django.urls import reverse

from tests.cases.makers import OTHER_TOWN, again, events, leg, legs, one_bundle, one_case, person, staff
from tests.cases.web import signed_in
from tests.support.query_counts import query_count
from yizhou.cases.actions import decide_case
from yizhou.cases.models import BundleCase, Case
from yizhou.ledgers.columns import code_table
from yizhou.orgs.models import WorkCalendarYear
from yizhou.people.models import Person


def bundle_form(who: Person, **changes: Any) -> dict[str, Any]:
    """What a clerk sends for two items of 返乡一件事."""
    return {
        "legs": ["RET-11", "RET-12"],
        "employment_status": "3",
        "job_intent": "驾驶",
        "training_kind": "SKILL",
        "channel": "HALL",
        "accept": "1",
        "once": "form-1",
        **{f"paper_{n}": "PROVIDED" for n in range(60)},
        **changes,
    }


def file_url(who: Person, subject: str = "return_home") -> str:
    """Address of the filing form."""
    return f"{reverse('cases:file', args=[subject])}?person={who.uid}"


def test_the_form_is_prefilled_masked_and_ticked_by_clauses() -> None:
    who = person()
    html = signed_in("WINDOW").get(file_url(who)).content.decode()
    assert "受理并分发 12 项" in html
    assert "不符合“中共党员、预备党员或共青团员”（政治面貌：群众）" in html
    assert "138****1234" in html
    assert "13800001234" not in html
    assert html.count('name="legs"') == 13
    assert len(re.findall(r'name="legs" value="[^"]*" checked', html)) == 12


def test_filing_leads_to_the_bundle_and_again_to_the_same() -> None:
    who, browser = person(), signed_in("WINDOW")
    data = bundle_form(who, **first_kind())
    first = browser.post(file_url(who), data)
    bundle = BundleCase.objects.everywhere("test").get()
    assert first.headers["Location"] == reverse("cases:bundle", args=[bundle.uid])
    second = browser.post(file_url(who), data)
    assert second.headers["Location"] == first.headers["Location"]
    assert legs(bundle) == {"RET-11": "ACCEPTED", "RET-12": "ACCEPTED"}
    page = browser.get(first.headers["Location"]).content.decode()
    assert "已收件，编号 2025-000001" in page
    assert "2 项，已办结 0 项" in page


def first_kind() -> dict[str, str]:
    """A code of the training kinds, whatever they are called."""
    return {"training_kind": next(iter(code_table("training_kind").names))}


def test_a_fault_keeps_what_was_typed_and_stores_nothing() -> None:
    who = person()
    answer = signed_in("WINDOW").post(file_url(who), bundle_form(who, job_intent="", training_kind="9z"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "求职意向：请填写求职意向" in html
    assert "请从所列选项中选" in html
    assert not BundleCase.objects.everywhere("test").exists()


def test_a_refusal_of_the_action_is_shown_on_the_form() -> None:
    who = person()
    one_case(who)
    answer = signed_in("WINDOW").post(
        file_url(who, "RET-11"), {"employment_status": "3", "job_intent": "驾驶", "channel": "HALL"}
    )
    assert answer.status_code == 422
    assert "已有在办件 2025-000001" in answer.content.decode()


def test_the_estimate_follows_the_ticks() -> None:
    who, browser = person(), signed_in("WINDOW")
    url = f"{reverse('cases:estimate', args=['return_home'])}?person={who.uid}"
    html = browser.post(url, {"legs": ["RET-01", "RET-02", "RET-03"]}).content.decode()
    # 0 + 3 + 10 workdays one after the other.
    assert "5 月 16 日" in html
    assert not BundleCase.objects.everywhere("test").exists()


def test_no_date_is_promised_past_the_official_calendar() -> None:
    WorkCalendarYear.objects.all().delete()
    html = signed_in("WINDOW").get(file_url(person())).content.decode()
    assert "暂不承诺具体日期" in html
    assert "次年放假安排未公布" in html


def test_a_verb_goes_through_its_own_address() -> None:
    case, browser = one_case(item="RET-12"), signed_in("BUREAU_STAFF")
    page = browser.get(case.get_absolute_url()).content.decode()
    assert f'action="{reverse("cases:sign", args=[case.uid])}"' in page
    answer = browser.post(reverse("cases:sign", args=[case.uid]), {"version": case.version})
    assert answer.headers["Location"] == case.get_absolute_url()
    assert again(case).status == "IN_PROGRESS"
    stale = browser.post(reverse("cases:suspend", args=[case.uid]), {"version": 1, "reason": "PUBLICITY"})
    assert stale.status_code == 409
    assert again(case).status == "IN_PROGRESS"


def test_a_refused_verb_answers_422_with_its_reason() -> None:
    case, browser = one_case(item="RET-12"), signed_in("BUREAU_STAFF")
    answer = browser.post(
        reverse("cases:decide", args=[case.uid]), {"version": case.version, "outcome": "refuse", "note": ""}
    )
    assert answer.status_code == 422
    assert "没有写明不予的理由和依据" in answer.content.decode()
    assert events("case.decided") == []


@pytest.mark.parametrize("name", ["cases:list", "cases:bundles"])
def test_lists_show_the_own_area_only(name: str) -> None:
    one_bundle(person(), chosen=("RET-11", "RET-12"))
    one_bundle(
        person("339900198803152041", name="李敏", sex="2", household_area=OTHER_TOWN), chosen=("RET-11",)
    )
    html = signed_in("TOWN_STATION", area="339901001000").get(reverse(name)).content.decode()
    assert "周海峰" in html
    assert "李敏" not in html


def test_absent_and_foreign_cases_look_alike() -> None:
    case = one_case(person(household_area=OTHER_TOWN))
    browser = signed_in("TOWN_STATION", area="339901001000")
    foreign = browser.get(case.get_absolute_url())
    absent = browser.get(reverse("cases:detail", args=["00000000-0000-4000-8000-000000000000"]))
    assert (foreign.status_code, absent.status_code) == (404, 404)
    assert scrubbed(foreign) == scrubbed(absent)


def scrubbed(answer: Any) -> str:
    """The page without what differs from request to request."""
    return re.sub(r"[0-9a-f]{32}|csrf\S+|value=\S+|X-CSRFToken\S+ \S+", "", answer.content.decode())


def test_a_department_sees_its_own_legs_and_nothing_else() -> None:
    bundle = one_bundle()
    police = signed_in("CO_DEPT", department="POLICE")
    labour = signed_in("CO_DEPT", department="HUMAN_RESOURCES")
    own, other = leg(bundle, "RET-11"), leg(bundle, "RET-12")
    inbox = labour.get(reverse("cases:inbox")).content.decode()
    assert own.case_no in inbox
    assert other.case_no not in inbox
    page = labour.get(own.get_absolute_url()).content.decode()
    assert "联办进度" not in page
    assert "339900********1019" in page
    assert labour.get(other.get_absolute_url()).status_code == 404
    assert police.get(own.get_absolute_url()).status_code == 404
    assert labour.get(bundle.get_absolute_url()).status_code == 404


def test_a_department_of_another_county_sees_nothing() -> None:
    own = leg(one_bundle(), "RET-11")
    elsewhere = signed_in("CO_DEPT", area="339902000000", department="HUMAN_RESOURCES")
    assert elsewhere.get(own.get_absolute_url()).status_code == 404


def test_the_applicant_rates_once_and_nothing_is_chosen_for_him(client: Any) -> None:
    case = decide_case(one_case(item="RET-12"), outcome="approve", hand_over=True, actor=staff())
    rating = case.ratings.everywhere("test").get()
    url = reverse("cases:rate", args=[rating.uid])
    page = client.get(url).content.decode()
    assert " checked" not in page
    assert "周*" in page
    assert client.post(url, {"level": ""}).status_code == 422
    assert client.post(url, {"level": "2", "comment": "等太久"}).status_code == 302
    assert client.post(url, {"level": "5"}).status_code == 422
    rating.refresh_from_db()
    assert (rating.level, str(rating.follow_up_due_on)) == ("2", "2025-04-27")
    html = signed_in("BUREAU_STAFF").get(reverse("cases:ratings")).content.decode()
    assert "等太久" in html
    assert "周海峰" not in html


def test_search_finds_a_case_by_its_number() -> None:
    case = one_case()
    answer = signed_in("WINDOW").get("/search/", {"q": case.case_no})
    assert answer.headers["Location"] == case.get_absolute_url()
    assert (
        signed_in("TOWN_STATION", area="339901002000").get("/search/", {"q": case.case_no}).status_code == 200
    )


def test_the_area_of_cases_follows_the_household() -> None:
    case = one_case()
    who = case.person
    Person.objects.everywhere("test").filter(pk=who.pk).update(household_area=OTHER_TOWN)
    assert Case.objects.everywhere("test").get(pk=case.pk).area == OTHER_TOWN
    assert signed_in("TOWN_STATION", area="339901001000").get(case.get_absolute_url()).status_code == 404


def test_the_person_page_shows_cases_on_the_axis_and_in_a_tab() -> None:
    bundle, browser = one_bundle(chosen=("RET-11", "RET-12")), signed_in("WINDOW")
    who = bundle.person
    axis = browser.get(who.get_absolute_url()).content.decode()
    assert axis.count("2025-000001，办结 0 / 2 项") == 1
    assert "作出决定" not in axis
    tab = browser.get(f"{who.get_absolute_url()}cases/").content.decode()
    assert "2025-000001 · 2 项联办" in tab
    assert f'href="{reverse("cases:new")}?person={who.uid}"' in tab


def test_where_filing_begins_leads_on_when_both_are_chosen() -> None:
    who, browser = person(), signed_in("WINDOW")
    page = browser.get(reverse("cases:new"), {"person": who.uid}).content.decode()
    assert "返乡一件事（13 项联办）" in page
    assert "RET-12 教育培训报名" in page
    answer = browser.get(reverse("cases:new"), {"person": who.uid, "subject": "RET-12"})
    assert answer.headers["Location"] == file_url(who, "RET-12")
    elsewhere = signed_in("TOWN_STATION", area="339901002000")
    assert elsewhere.get(file_url(who, "RET-12")).status_code == 404


def test_the_workbench_sorts_by_what_is_due_first() -> None:
    one_case(person("339900198803152041", name="李敏", sex="2"), "RET-12")
    one_case(person(), "RET-01")
    html = signed_in("BUREAU_STAFF").get("/").content.decode()
    assert html.index("退役报到登记") < html.index("教育培训报名")
    assert "今日到期" in html


@pytest.mark.parametrize("name", ["detail", "bundle", "list", "bundles", "inbox", "file"])
def test_pages_cost_a_fixed_number_of_queries(name: str) -> None:
    bundle = one_bundle()
    case = leg(bundle, "RET-12")
    other = person("339900198803152041", name="李敏", sex="2")
    for item in ("RET-11", "RET-12", "RET-13"):
        one_case(other, item)
    url = {
        "detail": case.get_absolute_url(),
        "bundle": bundle.get_absolute_url(),
        "file": file_url(person("33990019991201112X", name="王强")),
    }.get(name) or reverse(f"cases:{name}")
    browser = signed_in("CO_DEPT", department="POLICE") if name == "inbox" else signed_in("WINDOW")
    browser.get(url)
    with query_count(f"cases.{name}"):
        assert browser.get(url).status_code == 200
