"""Fixtures of every test, and the rule that under REQUIRE_ALL=1 a skipped test is a failed one."""

import datetime as dt
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine

if TYPE_CHECKING:
    from tests.support.client import PoliceClient

HOUSE = Path(__file__).parent / "house"
SHANGHAI = ZoneInfo("Asia/Shanghai")
# A Monday morning on a working day: what most tests want "now" to be.
MONDAY = dt.datetime(2026, 3, 2, 9, 30, tzinfo=SHANGHAI)

# A busy machine is not a fault of the code: how long one example takes is for the bench to say.
hypothesis.settings.register_profile("yizhou", deadline=None, print_blob=True)
hypothesis.settings.load_profile("yizhou")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, not skip, what the pass of the other database runs: its own tests, and rules about files."""
    on_postgres = os.environ.get("DATABASE_URL", "").startswith("postgres")
    other = "sqlite" if on_postgres else "postgres"

    def elsewhere(item: pytest.Item) -> bool:
        about_files = HOUSE in item.path.parents and not item.get_closest_marker("django_db")
        return item.get_closest_marker(other) is not None or (on_postgres and about_files)

    left_out = [item for item in items if elsewhere(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Under REQUIRE_ALL=1 nothing may be skipped quietly."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("REQUIRE_ALL") == "1":
        report.outcome = "failed"
        report.longrepr = f"skipped under REQUIRE_ALL=1: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def nothing_remembered() -> Iterator[None]:
    """Names and figures kept for a while belong to the rows of one test."""
    yield
    if "yizhou.core.remembered" in sys.modules:
        sys.modules["yizhou.core.remembered"].forget_all()
    if "yizhou.dashboards.queries.kept" in sys.modules:
        sys.modules["yizhou.dashboards.queries.kept"].forget_all()


@pytest.fixture
def clock() -> Iterator[Any]:
    """Time stands still at 2026-03-02 09:30 (Monday) in Shanghai until `clock.move_to(…)` or `.shift(…)`."""
    with time_machine.travel(MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client() -> "PoliceClient":
    """The policing client in place of Django's own."""
    from tests.support.client import PoliceClient  # noqa: PLC0415 - needs configured settings

    return PoliceClient()
