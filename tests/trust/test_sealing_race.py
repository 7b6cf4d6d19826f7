"""Sealing beside writers that overtake one another misses no row (trust.md D8)."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.support.console import ROOT, environment


@contextmanager
def throw_away_database(django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """Variables of a process on a database of its own: a new one beside the test's on PostgreSQL."""
    if connection.vendor != "postgresql":
        yield {}
        return
    name, url = f"race_{uuid.uuid4().hex[:8]}", os.environ["DATABASE_URL"]
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield {"DATABASE_URL": f"{url.rpartition('/')[0]}/{name}"}
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Any:
    """What the racing process reported."""
    home: Path = tmp_path_factory.mktemp("race") / "home"
    with throw_away_database(django_db_blocker) as place:
        done = subprocess.run(
            [sys.executable, "-m", "tests.trust.sealing_race"],
            cwd=ROOT,
            env={
                **environment(home, **place),
                "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
                "DJANGO_SETTINGS_MODULE": "yizhou.config.settings",
            },
            capture_output=True,
            text=True,
            timeout=200,
            check=False,
        )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def test_every_committed_row_is_sealed_once_and_in_order(outcome: Any) -> None:
    race = outcome["race"]
    assert race["problem"] == ""
    assert race["sealed"] == race["written"] > 150
    assert race["unsealed"] == 0
    assert race["seals"] > 10


def test_a_row_with_an_older_number_that_comes_late_is_waited_for(outcome: Any) -> None:
    assert outcome["overtaken"] == {"sealed": 0, "problem": ""}


@pytest.mark.postgres
def test_without_waiting_the_late_row_would_be_missed(outcome: Any) -> None:
    assert outcome["control"]["sealed"] > 0
    assert "多出一行未封存的记录" in outcome["control"]["problem"]
