"""协办: the handling department asks another one and decides with its answer."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case, CoTask
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.states import UNDECIDED
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action


@action("cases.ask_department_case")
def ask_department_case(case: Case, *, department: str, question: str, actor: Actor) -> CoTask:
    """Ask a supporting department of the item; it sees the case from then on and has a workday to answer."""
    handling = Handling(case, actor)
    found = []
    if handling.case.state not in UNDECIDED or handling.case.accepted_at is None:
        found.append(Blocker("STATUS", "办理中才能请求协办"))
    elif not handling.facts.is_handler:
        found.append(Blocker("NOT_YOURS", f"这一项由{handling.facts.handler}办理"))
    elif department not in handling.state.version.co_depts:
        found.append(Blocker("NOT_SUPPORTING", "不是本事项的配合单位", "从所列配合单位中选"))
    elif CoTask.objects.filter(case=case, department=department, answered_at__isnull=True).exists():
        found.append(Blocker("ASKED", "已请该单位协办，尚未答复", "等待答复，或电话联系"))
    elif not question.strip():
        found.append(Blocker("NO_REASON", "没有写明要协办什么", "写明要对方做什么"))
    refuse(found)
    task = CoTask.objects.create(
        case=handling.case,
        department=department,
        question=question.strip()[:300],
        asked_at=clock.now(),
        sign_due_on=handling.calendar.add(handling.today, limits().sign_days),
    )
    handling.change()
    handling.record("case.department_asked", reason=question, department=department)
    return task


@action("cases.answer_department_case")
def answer_department_case(task: CoTask, *, answer: str, actor: Actor) -> CoTask:
    """Answer what one's department was asked."""
    found = []
    if actor.department != task.department:
        found.append(Blocker("NOT_YOURS", "不是发给本部门的协办"))
    elif not answer.strip():
        found.append(Blocker("NO_REASON", "没有写明答复", "写明办理情况；退回的写明缺什么"))
    refuse(found)
    mine = CoTask.objects.filter(pk=task.pk, answered_at__isnull=True)
    if mine.update(answered_at=clock.now(), answer=answer.strip()[:300]) != 1:
        raise Conflict("已经答复过")
    task.refresh_from_db()
    handling = Handling(task.case, actor)
    handling.record("case.department_answered", reason=answer, department=task.department)
    return task
