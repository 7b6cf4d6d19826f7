"""What may be saved under which name, and when many files may be changed at once."""

from __future__ import annotations

from yizhou.core.refusal import Blocker

LONGEST_NAME = 40
SHORTEST_REASON, LONGEST_REASON = 4, 200


def blockers_to_name(name: str, *, is_taken: bool) -> list[Blocker]:
    """Why a saved filter cannot be called that.

    >>> blockers_to_name("重点对象", is_taken=False)
    []
    >>> [blocker.code for blocker in blockers_to_name(" ", is_taken=False)]
    ['NAME']
    """
    if not name.strip():
        return [Blocker("NAME", "没有给常用筛选起名", "写几个字，例：芦汀街道重点对象")]
    if len(name.strip()) > LONGEST_NAME:
        return [Blocker("NAME", f"名称有 {len(name.strip())} 字，最多 {LONGEST_NAME} 字", "写短一些")]
    if is_taken:
        return [Blocker("TAKEN", "您已有同名的常用筛选", "换个名称，或先改、删原来那一个")]
    return []


def blockers_of_reason(reason: str) -> list[Blocker]:
    """Why the reason of a bulk change does not do."""
    if SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        return []
    words = f"写 {SHORTEST_REASON} 到 {LONGEST_REASON} 字，例：年度走访后重新分类"
    return [Blocker("REASON", "没有写明原因，或写得太长", words)]
