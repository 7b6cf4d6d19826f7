"""`yizhou` as a user runs it: a process of its own in a data directory of its own."""

import atexit
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from yizhou.config.cli import main; main()")


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed, read as JSON."""
        return json.loads(self.out)


def environment(home: Path, **extra: str) -> dict[str, str]:
    """Variables of a shell whose data directory is `home`; nothing of the test process shines through."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "YIZHOU_HOME": str(home), **extra}


def yizhou(home: Path, arguments: Sequence[str | Path], stdin: str = "", **extra: str) -> Answer:
    """Run one command to its end."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=home.parent,
        env=environment(home, **extra),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    return Answer(done.returncode, done.stdout, done.stderr)


@cache
def _once(*arguments: str) -> tuple[Path, Answer]:
    """A data directory as one command leaves it when it is the first there, and what the command said."""
    folder = Path(tempfile.mkdtemp(prefix="yizhou-once-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "home"
    return home, yizhou(home, arguments)


def begun(home: Path, *arguments: str) -> Answer:
    """Fill `home` by its first command: run in earnest once, copied for every other home that begins with it.

    Without arguments the home is only migrated: for tests that are about what comes after the first start.
    """
    made, answer = _once(*(arguments or ("migrate",)))
    assert answer.code == 0, answer.err
    shutil.copytree(made, home)
    return answer


@contextmanager
def served(home: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server on a free port and its address."""
    process = subprocess.Popen(
        [*PROGRAM, "serve", "--port", "0"], env=environment(home), stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        said = (re.search(r"http://[\d.:]+", line) for line in process.stdout)
        yield process, next(found[0] for found in said if found)
    finally:
        process.kill()
        process.wait()
