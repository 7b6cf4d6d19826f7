"""What keeps a period from being frozen, and what a drafter may write. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field

from yizhou.core.refusal import Blocker

MAX_REASON = 300
"""Characters that a reason has room for."""


MAX_RECIPIENT, MAX_SIGNER = 60, 20
MOST_PERCENT, MOST_AIM = 100, 10**9


@dataclass(frozen=True)
class Draft:
    """What a drafter adds to a report: red head or not, to whom, who signs, aims for the year after by indicator."""

    red_head: bool = False
    recipient: str = ""
    signer: str = ""
    targets: Mapping[str, int | float] = field(default_factory=dict)


def blockers_to_draft(draft: Draft, percentages: Container[str]) -> list[Blocker]:
    """What is wrong with it; ``percentages`` are the indicators of which an aim is at most 100."""
    found = []
    if draft.red_head and not draft.signer:
        found.append(Blocker("SIGNER", "上行文须标注签发人", "填写签发人，或不加版头"))
    if len(draft.recipient) > MAX_RECIPIENT or len(draft.signer) > MAX_SIGNER:
        words = f"主送最多 {MAX_RECIPIENT} 字，签发人最多 {MAX_SIGNER} 字"
        found.append(Blocker("LENGTH", words, "请写规范化简称"))
    for code, aim in draft.targets.items():
        most = MOST_PERCENT if code in percentages else MOST_AIM
        if not 0 <= aim <= most:
            found.append(Blocker("TARGET", f"目标 {aim} 不在 0 至 {most} 之间", "改正后再保存"))
    return found


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
