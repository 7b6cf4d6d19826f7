"""协办: a supporting department is asked, sees the case from then on, and answers."""

from typing import Any

from django.urls import reverse

from tests.cases.makers import again, department, events, one_case, staff
from tests.cases.web import signed_in
from yizhou.cases.actions import answer_department_case, ask_department_case
from yizhou.cases.models import CoTask


def test_asked_and_answered() -> None:
    case = one_case(item="RET-12")
    education = signed_in("CO_DEPT", department="EDUCATION")
    assert education.get(case.get_absolute_url()).status_code == 404
    case = ask_department_case(case, department="EDUCATION", question="核学历", actor=staff())
    page = education.get(case.get_absolute_url()).content.decode()
    assert "核学历" in page
    data = {"version": case.version, "answer": "学历属实"}
    assert education.post(reverse("cases:answer_department", args=[case.uid]), data).status_code == 302
    task = CoTask.objects.get()
    assert (task.answer, str(task.sign_due_on)) == ("学历属实", "2025-04-27")
    assert [event.kind for event in events()][-2:] == ["case.department_asked", "case.department_answered"]


def test_only_supporting_departments_and_once(refused: Any) -> None:
    case = one_case(item="RET-12")
    with refused(case, "NOT_SUPPORTING"):
        ask_department_case(case, department="POLICE", question="核身份", actor=staff())
    with refused(case, "NO_REASON"):
        ask_department_case(case, department="EDUCATION", question=" ", actor=staff())
    case = ask_department_case(case, department="EDUCATION", question="核学历", actor=staff())
    with refused(case, "ASKED"):
        ask_department_case(case, department="EDUCATION", question="核学历", actor=staff())


def test_only_who_was_asked_answers(refused: Any) -> None:
    case = ask_department_case(
        one_case(item="RET-12"), department="EDUCATION", question="核学历", actor=staff()
    )
    with refused(case, "STATUS"):
        answer_department_case(case, answer="属实", actor=department("POLICE"))
    with refused(case, "NO_REASON"):
        answer_department_case(case, answer="", actor=department("EDUCATION"))
    answer_department_case(case, answer="属实", actor=department("EDUCATION"))
    with refused(again(case), "STATUS"):
        answer_department_case(again(case), answer="属实", actor=department("EDUCATION"))
