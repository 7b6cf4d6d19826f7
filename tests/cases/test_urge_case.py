"""催办: the clock sets the level, each level once a day."""

from typing import Any

import pytest

from tests.cases.makers import at, clerk, events, one_case, staff
from yizhou.cases.actions import sign_case, suspend_case, urge_case
from yizhou.core import clock


@pytest.mark.parametrize(
    ("moment", "level"),
    [("2025-04-30 09:00", 1), ("2025-05-06 09:00", 1), ("2025-05-07 09:00", 2), ("2025-05-09 09:00", 3)],
)
def test_the_level_follows_the_clock(moment: str, level: int) -> None:
    case = sign_case(one_case(item="RET-12"), actor=staff())
    with clock.at(at(moment)):
        urge_case(case, actor=clerk())
    assert [event.data["level"] for event in events("case.urged")] == [level]


def test_not_while_there_is_time(refused: Any) -> None:
    case = sign_case(one_case(item="RET-12"), actor=staff())
    with refused(case, "IN_TIME"):
        urge_case(case, actor=clerk())


def test_who_has_not_signed_in_time_is_urged() -> None:
    case = one_case(item="RET-12")
    with clock.at(at("2025-04-28 09:00")):
        urge_case(case, actor=clerk())
    assert [event.data["level"] for event in events("case.urged")] == [1]


def test_once_a_day_on_each_level(refused: Any) -> None:
    case = sign_case(one_case(item="RET-12"), actor=staff())
    with clock.at(at("2025-05-07 09:00")):
        case = urge_case(case, actor=clerk())
        with refused(case, "URGED_TODAY"):
            urge_case(case, actor=clerk())
    with clock.at(at("2025-05-08 09:00")):
        urge_case(case, actor=clerk())
    assert [event.data["level"] for event in events("case.urged")] == [2, 2]


def test_what_stands_is_not_urged(refused: Any) -> None:
    case = suspend_case(one_case(item="RET-12"), reason="PUBLICITY", actor=staff())
    with clock.at(at("2025-06-10 09:00")), refused(case, "STATUS"):
        urge_case(case, actor=clerk())
