"""Which figures stand on a dashboard is read from data/, and what is wrong there names file and key."""

import datetime as dt
from pathlib import Path

import pytest

from yizhou.core.facts import FactError, facts_dir
from yizhou.dashboards.facts import board
from yizhou.dashboards.rules import months_until
from yizhou.indicators.facts import facts
from yizhou.indicators.periods import earlier


def test_the_leaders_page_has_eight_figures_and_a_choice_of_maps() -> None:
    found = board("leader")
    assert len(found.headline) == 8
    assert len(found.maps) >= 5


def test_the_wall_names_nothing_that_points_at_persons_in_need() -> None:
    codes = {code for _, code in board("wall").named}
    tables = {table for code in codes for table in facts()[code].computed_from}
    assert not tables & {"aid_cases", "aid_families", "petitions", "benefit_payments", "party_transfers"}


WRONG = [
    ('headline = ["no_such_figure"]', "headline = ", "headline", "没有指标“no_such_figure”"),
    ('maps = ["axis_rings"]', "maps = ", "maps", "由配置得出"),
    ('codes = ["aid_cases", "hotline_direct_rate"]', "codes = ", "trend\\[1\\].codes", "不能画在同一张图上"),
    ('every = "moon_months"', "every = ", "cadence\\[1\\].every", "没有参数“moon_months”"),
    ("maps = []", "maps = ", "maps", "至少写一项"),
]


def replaced(text: str, key: str, line: str) -> str:
    """The file with its first value of that key replaced."""
    start = text.index(f"\n{key}") + 1
    end = text.index("]\n" if text[start + len(key)] == "[" else "\n", start)
    return text[:start] + line + text[end + 1 :] if text[end] == "]" else text[:start] + line + text[end:]


@pytest.mark.parametrize(("line", "key", "at", "reason"), WRONG)
def test_what_is_wrong_names_file_and_key(
    line: str, key: str, at: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (facts_dir() / "dashboards/leader.toml").read_text(encoding="utf-8")
    (tmp_path / "dashboards").mkdir()
    (tmp_path / "dashboards/leader.toml").write_text(replaced(text, key, line), encoding="utf-8")
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path))
    with pytest.raises(FactError, match=f"dashboards/leader.toml 的 {at}.*{reason}"):
        board.__wrapped__("leader")


def test_months_are_cut_at_the_last_day_and_periods_shift_by_whole_months() -> None:
    months = months_until(dt.date(2026, 3, 10), 12)
    assert (len(months), months[0][0], months[-1][1]) == (12, dt.date(2025, 4, 1), dt.date(2026, 3, 10))
    year = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert earlier(*year, year[1]) == (dt.date(2025, 1, 1), dt.date(2025, 12, 31))
