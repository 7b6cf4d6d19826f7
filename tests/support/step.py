"""One function in a process of its own, with the product loaded: for races and benchmarks, which commit for good.

``python -m tests.support.step MODULE FUNCTION [ARGUMENT…]`` sets Django up before it imports the module, so that the
module imports what it uses at its top like any other; the arguments are texts, the answer is printed as JSON.
"""

import importlib
import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import django

from tests.support.console import ROOT


def command(module: str, function: str, *arguments: str) -> list[str]:
    """The command line of a step."""
    return [sys.executable, "-m", "tests.support.step", module, function, *arguments]


def run(module: str, function: str, *arguments: str, env: Mapping[str, str], timeout: float = 1_800) -> Any:
    """Run a step to its end; what it answers. Raises ``RuntimeError`` with what it complained about."""
    line = command(module, function, *arguments)
    done = subprocess.run(
        line, env=dict(env), cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(line)}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def main(module: str, function: str, *arguments: str) -> None:
    """The step itself."""
    django.setup()
    answer = getattr(importlib.import_module(module), function)(*arguments)
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
