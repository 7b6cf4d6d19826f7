"""Requests of one worker are answered one after the other, unless one takes long."""

import threading
import time
from typing import Any

import pytest

from yizhou.config import web
from yizhou.config.web import InTurn


def answered(application: Any, count: int) -> None:
    """So many requests at once, each on a thread of its own, all through."""
    threads = [threading.Thread(target=application, args=({}, None)) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert not any(thread.is_alive() for thread in threads)


def test_short_answers_do_not_overlap() -> None:
    under_way, most = [0], [0]

    def application(_environ: Any, _start: Any) -> list[bytes]:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        time.sleep(0.005)
        under_way[0] -= 1
        return []

    answered(InTurn(application), 8)
    assert most == [1]


def test_a_long_answer_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "PATIENCE", 0.01)
    both = threading.Barrier(2, timeout=10)

    def application(_environ: Any, _start: Any) -> list[bytes]:
        both.wait()
        return []

    answered(InTurn(application), 2)


def test_an_answer_that_fails_gives_its_turn_back() -> None:
    def fail(_environ: Any, _start: Any) -> list[bytes]:
        raise LookupError

    turns = InTurn(fail)
    for _ in range(2):
        with pytest.raises(LookupError):
            turns({}, None)
    assert not turns._line
