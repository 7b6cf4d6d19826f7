"""What has to be said to take a batch back, and who may be the second person."""

from __future__ import annotations

from yizhou.core.refusal import Blocker

SHORTEST, LONGEST = 4, 200


def blockers_of_reason(reason: str) -> list[Blocker]:
    """A reason of 4 to 200 characters."""
    length = len(reason.strip())
    if length < SHORTEST:
        return [Blocker("REASON", "没有写明为什么冲回", "例：文件的列错了位；导成了别处的名单")]
    if length > LONGEST:
        return [Blocker("REASON_LENGTH", f"原因有 {length} 字，最多 {LONGEST} 字", "写短一些")]
    return []


def blockers_of_note(note: str, *, refuses: bool) -> list[Blocker]:
    """Who does not agree says why."""
    if refuses and len(note.strip()) < SHORTEST:
        return [Blocker("NOTE", "不同意须写明理由", "写明为什么不能冲回")]
    if len(note.strip()) > LONGEST:
        return [Blocker("NOTE_LENGTH", f"意见最多 {LONGEST} 字", "写短一些")]
    return []
