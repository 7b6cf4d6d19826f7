"""What every benchmark shares: ratios with bounds, candidates in child processes, databases that are thrown away."""

from __future__ import annotations

import hashlib
import os
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from bench.people_file import people, write_people, write_workbook
from tests.support import postgres, step

ROOT = Path(__file__).resolve().parents[1]
SLACK = 1.25
"""Shared cores: a ratio may miss its bound by this much before the run is called a failure."""
DURABLE = ("fsync = on", "full_page_writes = on", "synchronous_commit = on", "max_wal_size = '4GB'")
"""What the server of the tests leaves out for speed and a benchmark must not."""

FULL = 20_000
"""Runs with fewer people only show that the benchmarks work: everything is done once and briefly."""

Answer = dict[str, Any]


@dataclass(frozen=True)
class Ratio:
    """One row: what was compared, the ratio, and the bound, the detail, and whether the bound is one from above.

    ``slack`` is 1 for what does not depend on who else uses the machine: bytes, numbers of queries.
    """

    name: str
    value: float
    bound: float
    detail: str
    at_most: bool = True
    slack: float = SLACK
    load: str = field(default_factory=lambda: load())

    @property
    def holds(self) -> bool:
        """Within the bound and the slack."""
        return (
            self.value <= self.bound * self.slack if self.at_most else self.value >= self.bound / self.slack
        )

    def line(self) -> str:
        """As printed."""
        sign, verdict = "≤" if self.at_most else "≥", "ok  " if self.holds else "MISS"
        return f"{verdict} {self.name:52} {self.value:8.2f} {sign} {self.bound:<6g} load {self.load}  {self.detail}"

    def as_json(self) -> Answer:
        """As kept in the file of results."""
        return {**asdict(self), "holds": self.holds}


@dataclass(frozen=True)
class Place:
    """A database of one candidate: a data directory and, on PostgreSQL, the address of its database."""

    home: Path
    url: str = ""

    @property
    def name(self) -> str:
        """Name of the database on the server."""
        return self.url.rpartition("/")[2]


class Bench:
    """One run: its size, its folder, its PostgreSQL server, the city that several benchmarks look at."""

    def __init__(self, rows: int, rounds: int, folder: Path, server: str) -> None:
        self.rows, self.rounds = rows, rounds
        self._folder, self._server = folder, server
        self._places = 0
        self._cities: dict[str, Place] = {}
        self._blanks: dict[str, Place] = {}

    @property
    def kinds(self) -> list[str]:
        """The databases to measure on; PostgreSQL only where it could be started."""
        return ["SQLite", "PostgreSQL"] if self._server else ["SQLite"]

    def file(self, suffix: str = ".csv", rows: int = 0) -> Path:
        """The people file of this run's size (or so many rows), made once and kept between runs."""
        rows = rows or self.rows
        recipe = hashlib.sha256((ROOT / "bench" / "people_file.py").read_bytes()).hexdigest()[:12]
        path = _cache() / f"people-{rows}-{recipe}{suffix}"
        if not path.exists():
            draft = path.with_suffix(f".{os.getpid()}{suffix}")
            write_people(draft, rows) if suffix == ".csv" else write_workbook(draft, people(rows))
            draft.replace(path)
        return path

    def place(self, kind: str = "SQLite") -> Place:
        """A fresh database with the divisions of the file: a copy of one that was migrated once."""
        if kind not in self._blanks:
            blank = self._copy(None, kind)
            child("bench.steps.import_people", "prepare", place=blank)
            self._blanks[kind] = blank
        return self._copy(self._blanks[kind], kind)

    def copy_of(self, place: Place, kind: str) -> Place:
        """The same database once more, to be written to."""
        return self._copy(place, kind)

    def _copy(self, source: Place | None, kind: str) -> Place:
        self._places += 1
        home = self._folder / f"home{self._places}"
        if source:
            shutil.copytree(source.home, home)
        else:
            home.mkdir()
        if kind == "SQLite":
            return Place(home)
        name, template = f"bench{self._places}", source.name if source else "template1"
        with psycopg.connect(self._server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return Place(home, f"{self._server.rpartition('/')[0]}/{name}")

    def empty(self, kind: str = "SQLite") -> Place:
        """A database without a table."""
        return self._copy(None, kind)

    def drop(self, place: Place) -> None:
        """Throw a database away."""
        shutil.rmtree(place.home, ignore_errors=True)
        if place.url:
            with psycopg.connect(self._server, autocommit=True) as connection:
                connection.execute(f"DROP DATABASE {place.name} WITH (FORCE)")

    def city(self, kind: str) -> Place:
        """The whole file taken in, with accounts of a county clerk and a town clerk; for reading only."""
        if kind not in self._cities:
            place = self.place(kind)
            child("bench.steps.import_people", "ours", str(self.file()), place=place)
            self.keep_city(kind, place)
        return self._cities[kind]

    def keep_city(self, kind: str, place: Place) -> None:
        """A database that a benchmark has filled with the whole file serves the later ones too."""
        self.settle(place)
        self._cities[kind] = place

    def settle(self, place: Place) -> None:
        """PostgreSQL gets the VACUUM ANALYZE that its own housekeeping runs within a minute of a large import."""
        if place.url:
            with psycopg.connect(place.url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")


def child(module: str, function: str, *arguments: str, place: Place, **extra: str) -> Answer:
    """Run one function of a module in a fresh process on a database; what it answers."""
    answer: Answer = step.run(module, function, *arguments, env=environment(place, **extra))
    return answer


def environment(place: Place, **extra: str) -> dict[str, str]:
    """Variables of a candidate's process."""
    return {
        **os.environ,
        "YIZHOU_HOME": str(place.home),
        "DATABASE_URL": place.url,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        **extra,
    }


def interleaved(rounds: int, candidates: Mapping[str, Callable[[], Answer]]) -> dict[str, Answer]:
    """Run the candidates in turn, round by round; medians of every number they answer."""
    heard: dict[str, list[Answer]] = {name: [] for name in candidates}
    for _ in range(rounds):
        for name, run in candidates.items():
            heard[name].append(run())
    return {name: medians(answers) for name, answers in heard.items()}


def medians(answers: list[Answer]) -> Answer:
    """Middle of the rounds, number by number; nested answers likewise."""
    first = answers[0]
    return {
        key: medians([answer[key] for answer in answers])
        if isinstance(value, dict)
        else statistics.median(answer[key] for answer in answers)
        for key, value in first.items()
    }


def load() -> str:
    """Load average of the last minute, printed with every row: shared machines explain outliers."""
    return f"{os.getloadavg()[0]:.1f}"


def percentile(values: list[float], share: float) -> float:
    """The value that ``share`` of the values do not pass."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


def _cache() -> Path:
    folder = Path(tempfile.gettempdir()) / "yizhou-bench-files"
    folder.mkdir(exist_ok=True)
    return folder


@contextmanager
def bench(rows: int, rounds: int, *, with_server: bool = True) -> Iterator[Bench]:
    """A run with a folder and a server of its own; without a server only SQLite is measured, and that is said."""
    with tempfile.TemporaryDirectory(prefix="yizhou-bench-") as folder, ExitStack() as stack:
        url = ""
        if with_server:
            try:
                url = stack.enter_context(postgres.server())
            except postgres.NoServer as problem:
                print(f"PostgreSQL NOT MEASURED: {problem}")
            else:
                _make_durable(url)
        yield Bench(rows, rounds, Path(folder), url)


def _make_durable(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in DURABLE:
            connection.execute(f"ALTER SYSTEM SET {setting}")
        connection.execute("SELECT pg_reload_conf()")
