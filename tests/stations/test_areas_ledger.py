"""The ledger of divisions: zeros agree with the level."""

from pathlib import Path

import pytest

from tests.indicators.makers import CITY, COUNTY, TOWN, VILLAGE
from yizhou.ledgers.importing import Request, import_file
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.writing import export_rows
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db


def taken_in(tmp_path: Path, *rows: tuple[str, str, str]) -> tuple[list[str], set[str]]:
    """(rules broken, codes stored) for rows of code, level and code above."""
    headers = LEDGERS["areas"].layout.headers
    path = tmp_path / "areas.csv"
    export_rows(
        path, headers, [[code, f"区划{code}", level, above, "", "", ""] for code, level, above in rows]
    )
    report = import_file(Request("areas", path, sample=20), actor=console_actor())
    stored = set(Division.objects.values_list("area_code", flat=True))
    return [str(problem["rule"]) for problem in report.sample], stored


def test_four_levels_go_in(tmp_path: Path) -> None:
    rows = ((CITY, "市", ""), (COUNTY, "县", CITY), (TOWN, "乡镇街道", COUNTY), (VILLAGE, "村社区", TOWN))
    assert taken_in(tmp_path, *rows) == ([], {CITY, COUNTY, TOWN, VILLAGE})


@pytest.mark.parametrize(
    ("code", "level"),
    [
        (COUNTY, "市"),
        (TOWN, "县"),
        (VILLAGE, "乡镇街道"),
        (TOWN, "村社区"),
        (COUNTY, "乡镇街道"),
        (CITY, "县"),
    ],
)
def test_zeros_that_belong_to_another_level_are_refused(tmp_path: Path, code: str, level: str) -> None:
    assert taken_in(tmp_path, (code, level, "")) == (["AREA_ZEROS"], set())


def test_a_division_outside_the_one_above_is_doubted_and_stored(tmp_path: Path) -> None:
    rows = ((CITY, "市", ""), ("330201000000", "县", CITY))
    assert taken_in(tmp_path, *rows) == (["AREA_PARENT"], {CITY, "330201000000"})


def test_what_hangs_on_a_refused_division_is_refused(tmp_path: Path) -> None:
    rules, stored = taken_in(tmp_path, (COUNTY, "市", ""), (TOWN, "乡镇街道", COUNTY))
    assert rules == ["AREA_ZEROS", "REF"]
    assert stored == set()
