"""不予受理: in writing, with the way to appeal."""

from typing import Any

import pytest

from tests.cases.makers import at, clerk, events, one_case
from yizhou.cases.actions import decline_case
from yizhou.core import clock

REASON, REMEDY = "不属本地受理范围", "60 日内可申请行政复议"


def test_it_ends_with_reason_and_remedy() -> None:
    case = decline_case(one_case(accept=False), reason=REASON, remedy=REMEDY, actor=clerk())
    assert (case.status, case.result, case.result_note) == ("REJECTED", "REJECTED", REASON)
    assert [(event.reason, event.data["remedy"]) for event in events("case.declined")] == [(REASON, REMEDY)]


@pytest.mark.parametrize(("reason", "remedy"), [("", REMEDY), (REASON, " ")])
def test_without_words_it_is_refused(refused: Any, reason: str, remedy: str) -> None:
    case = one_case(accept=False)
    with refused(case, "NO_REASON"):
        decline_case(case, reason=reason, remedy=remedy, actor=clerk())


def test_what_is_accepted_cannot_be_declined(refused: Any) -> None:
    case = one_case()
    with refused(case, "STATUS"):
        decline_case(case, reason=REASON, remedy=REMEDY, actor=clerk())


def test_what_counts_as_accepted_cannot_be_declined(refused: Any) -> None:
    case = one_case(accept=False, materials={})
    with clock.at(at("2025-05-07 09:00")), refused(case, "DEEMED_ACCEPTED"):
        decline_case(case, reason=REASON, remedy=REMEDY, actor=clerk())
