"""The benchmarks run from end to end on a small file, so that they do not rot between releases."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.people_file import HEADERS, people
from yizhou.core import id_numbers

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.sqlite
def test_every_benchmark_answers(tmp_path: Path) -> None:
    results = tmp_path / "latest.json"
    command = [
        sys.executable,
        "-m",
        "bench",
        "--sqlite",
        "--rows",
        "2000",
        "--rounds",
        "1",
        "--results",
        str(results),
    ]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=900)
    assert done.returncode in (0, 1), done.stderr
    rows = json.loads(results.read_text(encoding="utf-8"))["ratios"]
    begun = {row["name"].split(",")[0].split(" ")[0].rstrip(":") for row in rows}
    assert begun == {
        *("import", "search", "list", "person", "filters", "cases", "city"),
        *("duplicates", "rotation", "export"),
    }
    assert all(row["value"] > 0 for row in rows)
    assert all(f"{row['name']}" in done.stdout for row in rows)
    assert done.returncode == int(not all(row["holds"] for row in rows))
    # What does not depend on the machine or the size must hold even here.
    assert [
        row["name"] for row in rows if row["name"].startswith("person page: queries") and not row["holds"]
    ] == []


def test_the_people_file_is_the_same_every_time_and_dirty_in_seven_ways() -> None:
    frame = people(4_000)
    assert frame.columns == HEADERS
    assert frame.equals(people(4_000))
    assert not frame.equals(people(4_000, seed=8))
    clean = people(4_000, dirty=0)
    assert clean["身份证号"].is_unique().all()
    assert all(id_numbers.has_good_check(number) for number in clean["身份证号"])
    changed = (frame.rows(), clean.rows())
    dirty = sum(one != other for one, other in zip(*changed, strict=True))
    assert 0.03 <= dirty / 4_000 <= 0.04
