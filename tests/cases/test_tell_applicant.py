"""What the applicant is told: acceptance, what is missing, the decision; a bundle as one, not leg by leg."""

from tests.cases.makers import again, leg, one_bundle, one_case, person, who_handles
from yizhou.cases.actions import decide_case, request_supplement_case, sign_case
from yizhou.cases.queries.facts import version_of
from yizhou.notices.models import Message
from yizhou.people.models import Person


def told(who: Person) -> list[tuple[str, str]]:
    """Kind and words of every message to somebody, in order."""
    rows = Message.objects.everywhere("test").filter(person_id=who.pk).order_by("id")
    return [(row.kind, row.opened()["text"]) for row in rows]


def test_acceptance_is_told_with_number_and_day() -> None:
    who = person()
    case = one_case(who)
    assert case.due_on is not None
    [(kind, text)] = told(who)
    assert kind == "case.accepted"
    assert text.startswith("周海峰您好：您申请的“")
    assert text.endswith(f"已受理，编号 {case.case_no}，承诺 {case.due_on.isoformat()} 前办结。")


def test_missing_papers_are_named() -> None:
    who = person()
    case = one_case(who)
    handler = who_handles(case)
    signed = sign_case(again(case), actor=handler)
    paper = version_of(signed).materials[0]
    request_supplement_case(signed, materials=[paper], actor=handler)
    kind, text = told(who)[-1]
    assert kind == "case.supplement_requested"
    assert f"还缺：{paper}。请于 20" in text


def test_a_bundle_is_told_as_one_whatever_its_legs_do() -> None:
    who = person()
    bundle = one_bundle(who)
    first = leg(bundle, "RET-11")
    handler = who_handles(first)
    decide_case(sign_case(first, actor=handler), outcome="approve", actor=handler)
    [(kind, text)] = told(who)
    assert kind == "bundle.accepted"
    assert f"（{bundle.case_no}）已受理并分发有关部门" in text
