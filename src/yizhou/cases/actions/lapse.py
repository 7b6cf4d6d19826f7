"""到期自动处理: what the law attaches to silence, done once a day by the system."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.cases.actions.accept import accept_now
from yizhou.cases.actions.moving import Handling
from yizhou.cases.actions.withdraw import withdraw_now
from yizhou.cases.models import Case, Supplement
from yizhou.cases.queries.facts import limits
from yizhou.cases.rules.states import Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.events.actions import action
from yizhou.orgs.queries import work_calendar


@dataclass(frozen=True)
class Lapsed:
    """How many cases were accepted and withdrawn by silence."""

    accepted: int
    withdrawn: int


def lapse_cases(*, actor: Actor) -> Lapsed:
    """Accept what nobody answered in time, withdraw what was not supplemented in time; each case by itself.

    依据: 行政许可法第32条 (逾期不告知，自收到之日起视为受理)、手册 5.3 (逾期不补正，视为撤回).
    """
    accepted = sum(_lapsed(case, actor) for case in _unanswered())
    return Lapsed(accepted, sum(_lapsed(case, actor) for case in _unsupplemented()))


def _lapsed(case: Case, actor: Actor) -> bool:
    return lapse_case(case, actor=actor).version != case.version


@action("cases.lapse_case")
def lapse_case(case: Case, *, actor: Actor) -> Case:
    """Do what silence means for one case today; nothing when its time is not up."""
    handling = Handling(case, actor)
    overdue = [told for told in handling.state.supplements if told.answered_at is None]
    if handling.facts.is_deemed_accepted and not handling.facts.waits_for:
        accept_now(handling)
        handling.join()
    elif handling.case.state is Status.CORRECTION_REQUIRED and any(
        told.due_on < handling.today for told in overdue
    ):
        withdraw_now(handling, "逾期未补正，视为撤回")
    return handling.case


def _unanswered() -> list[Case]:
    """Submitted longer ago than the time for a notice; the rule decides about each."""
    today = clock.today()
    # One workday is at least one day, so younger ones need not be looked at.
    rows = Case.objects.everywhere("what silence does is nobody's in particular")
    submitted = rows.filter(status=Status.SUBMITTED).order_by("id")
    calendar, days = work_calendar(), limits().notice_days
    return [case for case in submitted if calendar.add(case.applied_at.date(), days) < today]


def _unsupplemented() -> list[Case]:
    late = Supplement.objects.filter(answered_at__isnull=True, due_on__lt=clock.today())
    rows = Case.objects.everywhere("what silence does is nobody's in particular")
    return list(rows.filter(status=Status.CORRECTION_REQUIRED, pk__in=late.values("case_id")).order_by("id"))
