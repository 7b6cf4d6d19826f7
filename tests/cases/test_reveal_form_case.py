"""申请内容 is masked; in plain text only with a purpose, and the log has it first."""

from django.urls import reverse

from tests.cases.makers import events, leg, one_bundle, person
from tests.cases.web import signed_in

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
