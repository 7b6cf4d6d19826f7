"""What a step measures of itself."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.harness import Answer


def timed(work: Callable[[], Any]) -> Answer:
    """Seconds by the clock and of this process's CPU."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def peak_mb() -> float:
    """The most memory that this process, or one it started, has held; in megabytes.

    Of this process by the high-water mark of its own memory: what getrusage tells begins with its parent's.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) * 1024 / 1e6
