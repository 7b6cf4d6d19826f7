"""Tasks of a small invented county, written straight into the tables."""

import itertools
from typing import Any

from tests.indicators.makers import COUNTY, FIRST, LAST
from yizhou.tasks.models import Task

_numbers = itertools.count(1)


def task(**values: Any) -> Task:
    """A task of the quarter that is due on its last day."""
    number = next(_numbers)
    given = {
        "task_no": f"T{number}",
        "type": "ROUTINE",
        "title": f"{number} 号任务",
        "period": "QUARTER",
        "is_key": True,
        "area": COUNTY,
        "started_on": FIRST,
        "due_on": LAST,
    }
    return Task.objects.create(**(given | values))
