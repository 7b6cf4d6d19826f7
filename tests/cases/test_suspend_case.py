"""挂起与恢复: lawful reason, at most twice; the days in between do not count."""

from typing import Any

import pytest

from tests.cases.makers import again, at, events, one_case, staff
from yizhou.cases.actions import resume_case, suspend_case
from yizhou.cases.models import Case, CasePause
from yizhou.core import clock


def test_it_stands_and_goes_on() -> None:
    case = suspend_case(one_case(item="RET-12"), reason="SITE_CHECK", note="入户", actor=staff())
    assert (case.status, str(case.paused_since), case.suspensions) == ("SUSPENDED", "2025-04-25", 1)
    with clock.at(at("2025-04-28 09:00")):
        case = resume_case(case, actor=staff())
    assert (case.status, case.paused_days, case.paused_since) == ("IN_PROGRESS", 3, None)
    pause = CasePause.objects.get()
    assert (str(pause.start_on), str(pause.end_on), pause.note) == ("2025-04-25", "2025-04-27", "入户")
    assert [event.kind for event in events()][-2:] == ["case.suspended", "case.resumed"]


def test_a_case_that_a_ledger_brought_suspended_keeps_the_days_it_stood_still() -> None:
    case = suspend_case(one_case(item="RET-12"), reason="SITE_CHECK", actor=staff())
    CasePause.objects.all().delete()
    Case.objects.everywhere("test").filter(pk=case.pk).update(paused_days=5)
    with clock.at(at("2025-04-28 09:00")):
        case = resume_case(again(case), actor=staff())
    assert (case.paused_days, case.paused_since) == (8, None)


def test_the_same_day_counts_no_day() -> None:
    case = suspend_case(one_case(item="RET-12"), reason="APPLICANT", actor=staff())
    assert resume_case(case, actor=staff()).paused_days == 0


@pytest.mark.parametrize("reason", ["", "BUSY"])
def test_the_reason_must_be_lawful(refused: Any, reason: str) -> None:
    case = one_case(item="RET-12")
    with refused(case, "NO_LAWFUL_REASON"):
        suspend_case(case, reason=reason, actor=staff())


def test_not_a_third_time(refused: Any) -> None:
    case = one_case(item="RET-12")
    for _ in range(2):
        case = resume_case(suspend_case(case, reason="PUBLICITY", actor=staff()), actor=staff())
    with refused(case, "TOO_OFTEN"):
        suspend_case(case, reason="PUBLICITY", actor=staff())


def test_what_runs_cannot_be_resumed(refused: Any) -> None:
    case = one_case(item="RET-12")
    with refused(case, "STATUS"):
        resume_case(case, actor=staff())
