"""``python -m bench [NAME…] [--rows N]``: measure, print one line a ratio, exit 1 when one misses its bound.

Each candidate runs in a fresh process; candidates are interleaved round by round and the medians are compared.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path

from bench.harness import ROOT, SLACK, Bench, Ratio, bench, load

NAMES = {
    "import": "import_people",
    "search": "search",
    "list": "lists",
    "filters": "filters",
    "cases": "cases",
    "city": "city",
    "duplicates": "duplicates",
    "rotate": "rotate",
    "export": "export",
}
ROWS = 340_000
RESULTS = ROOT / "bench" / "results" / "latest.json"


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks asked for, all when none is; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--rows", type=int, default=ROWS, help="size of the people file")
    parser.add_argument("--rounds", type=int, default=3, help="how often each candidate runs; medians count")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the figures are written as JSON")
    parser.add_argument("--sqlite", action="store_true", help="leave PostgreSQL out")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    began = time.time()
    say(f"{chosen.rows:,} people, medians of {chosen.rounds}, slack {SLACK}, load {load()}")
    with bench(chosen.rows, chosen.rounds, with_server=not chosen.sqlite) as run:
        rows = [row for name in NAMES if name in (chosen.names or NAMES) for row in measured(name, run)]
    keep(chosen.results, rows, {"rows": chosen.rows, "rounds": chosen.rounds, "began": began})
    missed = [row for row in rows if not row.holds]
    say(
        f"{len(rows) - len(missed)} hold, {len(missed)} miss ({time.time() - began:.0f} s); see {chosen.results}"
    )
    return 1 if missed else 0


def measured(name: str, run: Bench) -> list[Ratio]:
    """The rows of one benchmark, printed as soon as they are there."""
    rows = []
    for row in importlib.import_module(f"bench.{NAMES[name]}").measure(run):
        say(row.line())
        rows.append(row)
    return rows


def keep(path: Path, rows: list[Ratio], about: dict[str, float]) -> None:
    """Write the figures where a later run can be compared with them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {**about, "ratios": [row.as_json() for row in rows]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def say(line: str) -> None:
    """One line at once."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
