"""What every benchmark shares: own data directories, child processes, medians, the table of ratios."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SLACK = 1.25
"""Shared cores: a ratio may miss its bound by this much before the run is called a failure."""


@dataclass(frozen=True)
class Ratio:
    """One row: what was compared, the ratio, and the bound (``at_most`` or at least)."""

    name: str
    value: float
    bound: float
    at_most: bool
    detail: str

    @property
    def holds(self) -> bool:
        """Within the bound and the slack."""
        return self.value <= self.bound * SLACK if self.at_most else self.value >= self.bound / SLACK

    def line(self) -> str:
        """As printed."""
        sign = "≤" if self.at_most else "≥"
        return f"{'ok ' if self.holds else 'MISS'} {self.name:58} {self.value:8.2f}  {sign} {self.bound:g}   {self.detail}"


def child(module: str, *arguments: str, home: Path | None = None, **extra: str) -> dict[str, Any]:
    """Run ``python -m module`` with its own data directory; its last line of output is JSON."""
    with tempfile.TemporaryDirectory(prefix="yizhou-bench-") as fresh:
        environment = {
            **os.environ,
            "YIZHOU_HOME": str(home or fresh),
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "yizhou.config.settings",
            **extra,
        }
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True, text=True)
    answer: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return answer


def median(values: list[float]) -> float:
    """Middle of the rounds."""
    return statistics.median(values)


def load() -> str:
    """Load average, printed with every run: shared machines explain outliers."""
    return " ".join(f"{figure:.1f}" for figure in os.getloadavg())
