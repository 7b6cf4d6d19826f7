"""申请内容 is masked; in plain text only with a purpose, and the log has it first."""

from typing import Any

import pytest
from django.urls import reverse

from tests.cases.makers import actor, clerk, events, leg, one_bundle, one_case, person, staff, station
from tests.cases.web import signed_in
from yizhou.cases.actions import reveal_form_case
from yizhou.cases.models import Case
from yizhou.core.refusal import Refused
from yizhou.people.actions import reveal_field

ADDRESS = "桃源镇和平村 8 号"
VALUES = {"household_address": ADDRESS, "household_area": "339901001000", "job_intent": "驾驶"}


def test_a_department_sees_its_own_boxes_masked() -> None:
    bundle = one_bundle(person(), chosen=("RET-01", "RET-02", "RET-11"), values=VALUES)
    police = signed_in("CO_DEPT", department="POLICE")
    page = police.get(leg(bundle, "RET-02").get_absolute_url()).content.decode()
    assert "桃源镇和平村***" in page
    assert ADDRESS not in page
    assert "驾驶" not in page


def test_in_full_with_a_purpose_and_logged() -> None:
    case = leg(one_bundle(person(), chosen=("RET-01", "RET-02"), values=VALUES), "RET-02")
    police = signed_in("CO_DEPT", department="POLICE")
    url = reverse("cases:reveal_form", args=[case.uid])
    refused = police.post(url, {"reason": ""})
    assert refused.status_code == 422
    assert ADDRESS not in refused.content.decode()
    assert events("case.form_revealed") == []
    shown = police.post(url, {"reason": "handling"}).content.decode()
    assert ADDRESS in shown
    assert "339900198508011019" in shown
    assert [(event.reason, event.data["no"]) for event in events("case.form_revealed")] == [
        ("办理事项", case.case_no)
    ]
    assert ADDRESS not in police.get(case.get_absolute_url()).content.decode()


def test_others_cannot_ask() -> None:
    case = leg(one_bundle(person(), chosen=("RET-01", "RET-02"), values=VALUES), "RET-02")
    url = reverse("cases:reveal_form", args=[case.uid])
    assert (
        signed_in("CO_DEPT", department="HUMAN_RESOURCES").post(url, {"reason": "handling"}).status_code
        == 404
    )
    assert signed_in("HOTLINE").post(url, {"reason": "handling"}).status_code == 403
    assert events("case.form_revealed") == []


def test_loading_the_answer_again_leads_back_to_the_case_and_shows_nothing() -> None:
    case, browser = one_case(item="RET-11"), signed_in("CENTER_STAFF")
    form = {"reason": "handling", "once": "look-1"}
    for status in (200, 302):
        answer = browser.post(reverse("cases:reveal_form", args=[case.uid]), form)
        assert answer.status_code == status
    assert answer.headers["Location"] == case.get_absolute_url()
    assert len(events("case.form_revealed")) == 1


ACCOUNT = "6222020200112345679"


@pytest.mark.parametrize(("role", "shown"), [("BUREAU_STAFF", ACCOUNT), ("WINDOW", "****5679")])
def test_what_only_the_highest_sensitivity_may_see_stays_masked_for_others(role: str, shown: str) -> None:
    """The account number is as closed here as on the person's page."""
    bundle = one_bundle(person(), ("RET-01", "RET-08"), values={**VALUES, "bank_account": ACCOUNT})
    case = leg(bundle, "RET-08")
    revealed = reveal_form_case(case, reason="handling", actor=actor(role))
    assert revealed.form["bank_account"] == shown
    page = signed_in(role).post(reverse("cases:reveal_form", args=[case.uid]), {"reason": "handling"})
    assert (ACCOUNT in page.content.decode()) is (shown == ACCOUNT)


def test_a_department_is_given_its_own_boxes_only() -> None:
    bundle = one_bundle(person(), ("RET-01", "RET-02", "RET-11"), values=VALUES)
    police = actor("CO_DEPT", department="POLICE")
    revealed = reveal_form_case(leg(bundle, "RET-02"), reason="handling", actor=police)
    assert revealed.form["household_address"] == ADDRESS
    assert "job_intent" not in revealed.form


def test_only_whoever_handles_the_case_and_nobody_where_there_is_no_form(refused: Any) -> None:
    case = one_case(item="RET-11")
    with refused(case, "NOT_YOURS"):
        reveal_form_case(case, reason="handling", actor=clerk())
    assert "查看原文" not in signed_in("WINDOW").get(case.get_absolute_url()).content.decode()
    at_the_desk = one_case(person("339900199001012018"), item="RET-11", accept=False)
    assert reveal_form_case(at_the_desk, reason="handling", actor=clerk()).form["job_intent"] == "驾驶"
    Case.objects.everywhere("a case taken from a ledger").filter(pk=case.pk).update(application=None)
    with refused(case, "NO_FORM"):
        reveal_form_case(case, reason="handling", actor=actor("CENTER_STAFF"))


def test_forms_and_fields_share_one_limit() -> None:
    """Thirty an hour raise the alarm and sixty a day are all, whichever way somebody looks."""
    case = leg(one_bundle(person(), ("RET-01", "RET-08"), values=VALUES), "RET-08")
    for number in range(1, 61):
        if number % 2:
            reveal_form_case(case, reason="handling", actor=staff())
        else:
            reveal_field(case.person, "phone", "contact", actor=staff())
        assert len(events("person.reveal_alarm")) == (1 if number > 30 else 0), number
    for look in (
        lambda: reveal_form_case(case, reason="handling", actor=staff()),
        lambda: reveal_field(case.person, "phone", "contact", actor=staff()),
    ):
        with pytest.raises(Refused) as refusal:
            look()
        assert [blocker.code for blocker in refusal.value.blockers] == ["TOO_MANY_REVEALS"]
    assert len(events("case.form_revealed")) == len(events("person.revealed")) == 30
    reveal_field(case.person, "phone", "contact", actor=station())
