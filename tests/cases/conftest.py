"""Every test of this package has the official calendar of two years and stands on a Friday in April 2025."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.cases.makers import at, events, stored
from yizhou.cases.models import Case
from yizhou.core import clock
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome
from yizhou.orgs.actions import seed_calendar

FRIDAY = "2025-04-25 09:30"


@pytest.fixture(autouse=True)
def calendar(db: None) -> Iterator[None]:
    """2025-04-27 (Sunday) is worked, 05-01 to 05-05 are off."""
    seed_calendar([2025])
    with clock.at(at(FRIDAY)):
        yield


@pytest.fixture
def refused() -> Any:
    """`with refused(case, "CODE"):` the block is refused for that reason, the case and the log stay as they are."""

    @contextmanager
    def check(case: Case | None, code: str) -> Iterator[None]:
        before, done = (stored(case) if case else None), len(events())
        turned_down = Event.objects.everywhere("test").filter(outcome=Outcome.REFUSED).count()
        with pytest.raises(Refused) as refusal:
            yield
        assert [blocker.code for blocker in refusal.value.blockers][:1] == [code]
        assert (stored(case) if case else None) == before
        assert len(events()) == done
        after = Event.objects.everywhere("test").filter(outcome=Outcome.REFUSED).count()
        assert after == turned_down + 1

    return check
