"""Figures about tasks, counted by hand."""

from typing import Any

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, TOWN, rate, value
from tests.tasks.makers import task

pytestmark = pytest.mark.django_db
TYPES = {
    "party_history_activities": "PARTY_HISTORY",
    "livelihood_projects": "LIVELIHOOD",
    "key_projects_count": "KEY_PROJECT",
}


@pytest.mark.parametrize("code", TYPES)
def test_tasks_begun(code: str) -> None:
    task(type=TYPES[code], started_on=FIRST, cancelled_on=AFTER)
    task(type=TYPES[code], started_on=LAST, area=TOWN, is_key=None, due_on=None)
    task(type=TYPES[code], area=OTHER)
    for values in ({"started_on": BEFORE}, {"started_on": AFTER}, {"cancelled_on": LAST}):
        task(type=TYPES[code], **values)
    task()
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]
    assert [value(other) for other in TYPES if other != code] == [0, 0]


def test_quarter_key_tasks_done_rate() -> None:
    assert rate("quarter_key_tasks_done_rate") == (0, 0, None)
    task(due_on=FIRST, done_on=LAST, started_on=BEFORE)
    task(done_on=BEFORE, started_on=BEFORE, cancelled_on=AFTER)
    task(done_on=AFTER)
    task()
    task(area=OTHER, done_on=LAST)
    assert rate("quarter_key_tasks_done_rate") == (3, 5, 60.0)
    assert rate("quarter_key_tasks_done_rate", COUNTY) == (2, 4, 50.0)
    assert rate("quarter_key_tasks_done_rate", OTHER) == (1, 1, 100.0)


@pytest.mark.parametrize(
    "values",
    [
        {"due_on": BEFORE, "started_on": BEFORE},
        {"due_on": AFTER},
        {"due_on": None},
        {"cancelled_on": LAST},
        {"is_key": None},
        {"is_key": False},
        {"period": "YEAR"},
        {"period": "MONTH"},
    ],
)
def test_what_is_no_key_task_of_the_period(values: dict[str, Any]) -> None:
    task(done_on=LAST, **values)
    assert rate("quarter_key_tasks_done_rate") == (0, 0, None)
