"""Figures are counted once, and again as soon as something was written of what they are made of."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.indicators.makers import (
    FAR_VILLAGE,
    FIRST,
    LAST,
    TOWN,
    divisions,
    person,
    reception,
    visit,
    window,
)
from yizhou.core.actor import worker_actor
from yizhou.events.models import Event
from yizhou.events.recording import record
from yizhou.indicators import remembering
from yizhou.indicators.facts import facts
from yizhou.indicators.queries import compute
from yizhou.indicators.remembering import remembered_figures
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
SCOPE = Scope("", FIRST, LAST)
WINDOWS, COVERAGE = "hall_windows", "liaison_coverage_rate"


@pytest.fixture(autouse=True)
def world(settings: Any) -> Iterator[None]:
    settings.REMEMBER_FIGURES = True
    divisions()
    remembering._epoch = remembering._Epoch()
    yield
    remembering._epoch = remembering._Epoch()


def asked(code: str) -> tuple[object, int]:
    """The value, and by how many statements."""
    with CaptureQueriesContext(connection) as found:
        value = remembered_figures([code], SCOPE)[code].value
    return value, len(found)


def test_a_figure_is_counted_once_until_something_of_its_own_is_written() -> None:
    row = window()
    first = asked(WINDOWS)
    assert first[0] == 1
    assert asked(WINDOWS) == (1, 1)
    window()
    record(worker_actor(), "service_window.added", row)
    assert asked(WINDOWS) == (2, 2)
    assert asked(WINDOWS) == (2, 1)


def test_a_write_elsewhere_leaves_it_alone_and_a_refusal_is_no_write() -> None:
    window()
    who = person()
    asked(WINDOWS)
    record(worker_actor(), "person.created", who)
    assert asked(WINDOWS) == (1, 1)


def test_a_figure_over_several_packages_notices_each_of_them() -> None:
    who = person()
    assert asked(COVERAGE)[0] == 0.0
    person()
    record(worker_actor(), "person.created", who)
    assert remembered_figures([COVERAGE], SCOPE)[COVERAGE].denominator == 2
    seen = visit(who, "2025-05-01 09:00:00")
    record(worker_actor(), "visit.added", seen)
    assert asked(COVERAGE)[1] > 1


def test_another_scope_is_another_figure_and_all_say_what_compute_says() -> None:
    person()
    window()
    reception("2025-05-01 09:00:00")
    for _ in range(2):
        assert remembered_figures(facts(), SCOPE) == compute(None, SCOPE)
    elsewhere = Scope("339902000000", FIRST, LAST)
    assert remembered_figures([WINDOWS], elsewhere)[WINDOWS].value == 0


def test_a_far_point_is_taken_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    row = window()
    asked(WINDOWS)
    monkeypatch.setattr(remembering, "FAR", 2)
    for _ in range(3):
        record(worker_actor(), "service_window.added", row)
    window()
    assert asked(WINDOWS)[0] == 2
    assert remembering._epoch.point is None
    # On PostgreSQL the log is complete up to what is sealed, and only then a point lies behind all of it.
    monkeypatch.setattr(remembering, "_complete_until", _last_event)
    assert asked(WINDOWS)[0] == 2
    assert remembering._epoch.point == _last_event()


def _last_event() -> int:
    return Event.objects.everywhere("test").order_by("-id").values_list("id", flat=True)[0]


def test_what_is_counted_in_a_division_knows_that_people_move() -> None:
    who = person()
    visit(who, "2025-05-01 09:00:00")
    code, inside = "visited_veterans", Scope(TOWN, FIRST, LAST)
    visit(who, "2025-06-01 09:00:00", purpose="CONSOLATION", both_signed=True)
    remembered_figures([code], SCOPE)
    assert remembered_figures([code], inside)[code].value == 1
    Person.objects.everywhere("test").filter(pk=who.pk).update(household_area=FAR_VILLAGE)
    record(worker_actor(), "person.corrected", who)
    assert remembered_figures([code], inside)[code].value == 0


@pytest.mark.parametrize("code", ["aid_cases", "volunteers", "pension_total_amount"])
def test_the_whole_and_a_division_read_other_tables(code: str) -> None:
    whole, part = (remembering._read_by(code, Scope(area, FIRST, LAST)) for area in ("", TOWN))
    assert whole < part
