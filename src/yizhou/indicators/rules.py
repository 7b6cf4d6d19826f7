"""What keeps a period from being frozen. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from yizhou.core.refusal import Blocker

MAX_REASON = 300
"""Characters that a reason has room for."""


def blockers_to_freeze(last: dt.date, today: dt.date, *, version: int, reason: str) -> list[Blocker]:
    """Reasons why a period that ends on ``last`` cannot be frozen as that version."""
    found = []
    if last >= today:
        found.append(Blocker("NOT_OVER", "统计期还没有结束", f"{last} 之后再固化"))
    if version > 1 and not reason.strip():
        found.append(
            Blocker(
                "REASON", f"已有第 {version - 1} 版快照，再固化要写明原因", "写明改了什么，例：补录 12 月走访"
            )
        )
    return [*found, *_too_long("原因", reason)]


def blockers_to_freeze_faulty(faults: Sequence[tuple[str, str]], despite: str) -> list[Blocker]:
    """Reasons why a report of which checks fail, by name and with what does not hold, cannot be frozen."""
    if not faults or despite.strip():
        return _too_long("仍固化的理由", despite)
    told = [Blocker("CHECK", f"核对 {name} 不成立：{fault}") for name, fault in faults]
    return [
        *told,
        Blocker("DESPITE", "核对不成立的报告不能直接固化", "更正记录后再固化；确需固化的，写明理由"),
    ]


def _too_long(label: str, text: str) -> list[Blocker]:
    length = len(text.strip())
    if length <= MAX_REASON:
        return []
    return [Blocker("REASON_LENGTH", f"{label}最多 {MAX_REASON} 字，现有 {length} 字", "请写得简短些")]
