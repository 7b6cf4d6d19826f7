"""Slow answers are given as they are while the worker counts them anew; quick ones are never older than five minutes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.dashboards.reading import key_figures, shown
from tests.indicators.makers import COUNTY, divisions, reception
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from tests.support.staff import account
from yizhou.config.worker import chores
from yizhou.dashboards.queries import ahead
from yizhou.dashboards.queries import kept as keeping
from yizhou.dashboards.queries.ahead import make_one_ahead
from yizhou.dashboards.queries.kept import FRESH, OLDEST, WATCHED, forget_all, kept, oldest, renew_one

NOW = 1_772_000_000.0


class Counter:
    """A function that says how often it was asked."""

    def __init__(self, took: float, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times, self.took, self.clock = 0, took, 0.0
        monkeypatch.setattr(keeping.time, "perf_counter", self.tick)
        self.ask = kept(self.count)

    def tick(self) -> float:
        return self.clock

    def count(self, what: str) -> str:
        self.times += 1
        self.clock += self.took
        return f"{what} {self.times}"


@pytest.fixture
def at() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        forget_all()
        yield traveller


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(2.0, monkeypatch)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Counter:
    return Counter(0.01, monkeypatch)


def test_an_answer_is_counted_once_for_each_question(at: Any, quick: Counter) -> None:
    assert [quick.ask("甲"), quick.ask("甲"), quick.ask("乙"), quick.ask("甲")] == [
        "甲 1",
        "甲 1",
        "乙 2",
        "甲 1",
    ]
    assert len(list(Path(settings.FIGURES_DIR).glob("*.pickle"))) == 2


def test_a_quick_one_is_counted_anew_after_five_minutes(at: Any, quick: Counter) -> None:
    assert quick.ask("甲") == "甲 1"
    at.shift(FRESH + 1)
    assert quick.ask("甲") == "甲 2"


def test_a_slow_one_is_given_as_it_is_until_it_is_a_day_old(at: Any, slow: Counter) -> None:
    assert slow.ask("甲") == "甲 1"
    at.shift(OLDEST - 1)
    with oldest() as times:
        assert slow.ask("甲") == "甲 1"
    assert times == [NOW]
    at.shift(2)
    assert slow.ask("甲") == "甲 2"


def test_a_page_that_fails_leaves_nothing_to_be_collected_further(at: Any, slow: Counter) -> None:
    with pytest.raises(ZeroDivisionError), oldest() as times:
        raise ZeroDivisionError
    slow.ask("甲")
    assert times == []


def test_what_a_killed_process_was_writing_is_removed_in_the_end(
    at: Any, slow: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(Path, "replace", cut_short)
        with pytest.raises(KeyboardInterrupt):
            slow.ask("甲")
    assert len(list(Path(settings.FIGURES_DIR).iterdir())) == 1
    assert not renew_one()
    assert len(list(Path(settings.FIGURES_DIR).iterdir())) == 1, (
        "another process may be about to put it in place"
    )
    at.shift(OLDEST + 1)
    assert not renew_one()
    assert list(Path(settings.FIGURES_DIR).iterdir()) == []


def cut_short(*_: object) -> None:
    raise KeyboardInterrupt


def test_the_worker_counts_anew_what_is_asked_for(at: Any, slow: Counter) -> None:
    slow.ask("甲")
    at.shift(10)
    slow.ask("乙")
    assert not renew_one()
    at.shift(FRESH)
    assert (renew_one(), renew_one(), renew_one()) == (True, False, False)
    at.shift(20)
    assert (renew_one(), renew_one()) == (True, False)
    assert (slow.ask("甲"), slow.ask("乙"), slow.times) == ("甲 3", "乙 4", 4)


def test_the_worker_leaves_alone_what_nobody_asks_for_and_drops_it_in_the_end(at: Any, slow: Counter) -> None:
    slow.ask("甲")
    at.shift(WATCHED + 1)
    assert not renew_one()
    slow.ask("甲")
    assert renew_one()
    assert slow.times == 2
    at.shift(OLDEST + 1)
    assert not renew_one()
    assert list(Path(settings.FIGURES_DIR).glob("*.pickle")) == []


def test_what_cannot_be_read_is_counted_anew(at: Any, slow: Counter) -> None:
    slow.ask("甲")
    (file,) = Path(settings.FIGURES_DIR).glob("*.pickle")
    for content in (b"", b"nonsense", b"\x80\x04N."):
        file.write_bytes(content)
        slow.ask("甲")
    assert slow.times == 4


def test_the_folder_is_only_ours_and_the_worker_has_the_chore(at: Any, quick: Counter) -> None:
    quick.ask("甲")
    assert Path(settings.FIGURES_DIR).stat().st_mode & 0o077 == 0
    (file,) = Path(settings.FIGURES_DIR).glob("*.pickle")
    assert file.stat().st_mode & 0o077 == 0
    assert "figures" in [chore.name for chore in chores()]


@pytest.mark.django_db
def test_the_page_of_a_leader_is_counted_before_it_is_opened(
    client: PoliceClient, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_made", {})
    divisions()
    reception("2026-02-01 09:00:00", persons=9)
    signed_in(client, "BUREAU_LEADER", COUNTY)
    account("CENTER_STAFF", COUNTY)
    assert (make_one_ahead(), make_one_ahead()) == (True, False)
    with CaptureQueriesContext(connection) as opened:
        html = shown(client, "/dashboard/", "")
    assert key_figures(html)["接待退役军人来访人次"] == "9"
    assert len(opened) < 15
    clock.shift(24 * 3600)
    assert (make_one_ahead(), make_one_ahead()) == (True, False)


@pytest.mark.django_db
def test_who_sees_the_same_cases_shares_what_was_counted(client: PoliceClient, clock: Any) -> None:
    divisions()
    shown(signed_in(client, "BUREAU_LEADER", ""), "/dashboard/", f"area={COUNTY}")
    files = set(Path(settings.FIGURES_DIR).glob("*.pickle"))
    shown(signed_in(PoliceClient(), "CENTER_STAFF", COUNTY), "/dashboard/", "")
    assert set(Path(settings.FIGURES_DIR).glob("*.pickle")) == files
