"""Answers kept for a moment, and no longer."""

import pytest

from yizhou.core import remembered as module
from yizhou.core.remembered import Kept, forget_all, remembered


def test_an_answer_is_kept_for_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    now = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])

    @remembered(60)
    def name(code: str) -> str:
        asked.append(code)
        return f"{code}镇 {len(asked)}"

    assert [name("1"), name("1"), name("2")] == ["1镇 1", "1镇 1", "2镇 2"]
    now[0] += 59
    assert name("1") == "1镇 1"
    now[0] += 1
    assert name("1") == "1镇 3"
    forget_all()
    assert name("1") == "1镇 4"
    assert asked == ["1", "2", "1", "1"]


def test_a_refusal_is_not_kept() -> None:
    asked: list[int] = []

    @remembered(60)
    def fail(code: str) -> str:
        asked.append(1)
        raise LookupError(code)

    for _ in range(2):
        with pytest.raises(LookupError, match="1"):
            fail("1")
    assert len(asked) == 2


def test_no_more_than_so_many_are_kept_and_an_answer_outlives_the_forgetting() -> None:
    kept: Kept[str] = Kept(2)
    assert [kept.keep(number, f"{number}镇") for number in range(3)] == ["0镇", "1镇", "2镇"]
    assert [kept.get(number) for number in range(3)] == [None, None, "2镇"]
