"""`make test`: the same tests on SQLite and on PostgreSQL, then the browser, each the fastest way.

What cannot run is said loudly at the end; REQUIRE_ALL=1 makes it a failure. Arguments go to pytest and then
only the SQLite pass runs, for a quick look at one file.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support import postgres

ROOT = Path(__file__).parents[2]
PYTEST = (sys.executable, "-m", "pytest")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NO_TESTS_COLLECTED = 5


def browser() -> str | None:
    """The path of an installed Chromium; root under REQUIRE_ALL installs it when it is missing."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found or not required() or os.geteuid() != 0 or not shutil.which("apt-get"):
        return found
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-noto-cjk"],
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
    return shutil.which("chromium")


def required() -> bool:
    """Whether every skip is a failure."""
    return os.environ.get("REQUIRE_ALL") == "1"


def say(text: str) -> None:
    """One line of the running account, flushed so that it stands in order with pytest's."""
    sys.stdout.write(f"== {text}\n")
    sys.stdout.flush()


def run(arguments: list[str], **environment: str) -> int:
    """One pytest process; its exit code."""
    # What one process has compiled, asserts rewritten, the other five of a run need not compile again.
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(
        [*PYTEST, *arguments], cwd=ROOT, env={**kept, **environment}, check=False
    ).returncode


def everything() -> dict[str, str]:
    """Run the three passes; the result of each by name: 'passed', 'failed' or 'skipped: why'."""
    # Whoever has finished takes over from the other: long tests stand together in the order of the files.
    fast = ["-n", "2", "--dist", "worksteal", "-m", "not e2e"]
    results = {}
    say("SQLite")
    results["SQLite"] = outcome(run(fast, DATABASE_URL=""))
    say("PostgreSQL")
    try:
        with postgres.server() as url:
            results["PostgreSQL"] = outcome(run(fast, DATABASE_URL=url))
    except postgres.NoServer as error:
        results["PostgreSQL"] = f"skipped: {error}"
    say("Browser")
    results["Browser"] = in_browser()
    return results


def in_browser() -> str:
    """The e2e tests, in one process: two browsers on two cores are slower than one."""
    path = browser()
    if path is None:
        return "skipped: no Chromium found (apt-get install chromium)"
    code = run(["-p", "no:xdist", "-m", "e2e", "tests/e2e"], DATABASE_URL="", CHROMIUM=path)
    if code == NO_TESTS_COLLECTED and not list((ROOT / "tests" / "e2e").glob("test_*.py")):
        return "passed (there are no browser tests yet)"
    return outcome(code)


def outcome(code: int) -> str:
    """A pytest exit code as a word."""
    return "failed" if code else "passed"


def main(arguments: list[str]) -> int:
    """Run the passes and return the exit code of `make test`."""
    if arguments:
        return run(arguments)
    results = everything()
    say("Summary")
    for name, result in results.items():
        say(f"{name:<11} {result if result.startswith(('passed', 'failed')) else 'NOT RUN, ' + result}")
    unwanted = ("failed", "skipped") if required() else ("failed",)
    return 1 if any(result.startswith(unwanted) for result in results.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
