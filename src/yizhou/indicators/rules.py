"""What keeps a period from being frozen. Pure."""

from __future__ import annotations

import datetime as dt

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
    if len(reason.strip()) > MAX_REASON:
        found.append(
            Blocker(
                "REASON_LENGTH", f"原因最多 {MAX_REASON} 字，现有 {len(reason.strip())} 字", "请写得简短些"
            )
        )
    return found
