"""协办: the handling department asks another one and decides with its answer."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case, CoTask
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.blockers import blockers_to_answer_department, blockers_to_ask_department
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict
from yizhou.events.actions import action


@action("cases.ask_department_case")
def ask_department_case(case: Case, *, department: str, question: str, actor: Actor) -> Case:
    """Ask a supporting department of the item; it sees the case from then on and has a workday to answer."""
    handling = Handling(case, actor)
    handling.check(blockers_to_ask_department, department, question)
    handling.change()
    CoTask.objects.create(
        case=handling.case,
        department=department,
        question=question.strip()[:300],
        asked_at=clock.now(),
        sign_due_on=handling.calendar.add(handling.today, limits().sign_days),
    )
    handling.record("case.department_asked", reason=question, department=department)
    return handling.case


@action("cases.answer_department_case")
def answer_department_case(case: Case, *, answer: str, actor: Actor) -> Case:
    """Answer what one's own department was asked about a case."""
    handling = Handling(case, actor)
    handling.check(blockers_to_answer_department, answer)
    handling.change()
    task = CoTask.objects.filter(case=handling.case, department=actor.department, answered_at__isnull=True)
    if task.update(answered_at=clock.now(), answer=answer.strip()[:300]) != 1:
        raise Conflict("已经答复过")
    handling.record("case.department_answered", reason=answer, department=actor.department)
    return handling.case
