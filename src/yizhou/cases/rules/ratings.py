"""好差评 (handbook §5.4): once a case, five levels, no default; bad ones are called back, mended and answered."""

from __future__ import annotations

from dataclasses import dataclass

from yizhou.core.refusal import Blocker

LEVELS = ("5", "4", "3", "2", "1")
BAD = ("1", "2")


@dataclass(frozen=True)
class RatingFacts:
    """What is known of a rating; ``level`` is empty while it is only invited."""

    level: str
    is_completed: bool = True
    is_voided: bool = False
    is_followed_up: bool = False
    is_genuine: bool = False
    is_fixed: bool = False
    same_hands: bool = False


def blockers_to_rate(facts: RatingFacts, level: str = "5") -> list[Blocker]:
    """Why it cannot be rated: not finished, rated already, no level chosen."""
    if not facts.is_completed:
        return [Blocker("NOT_FINISHED", "办结后才能评价", "办结后会再次邀请您评价")]
    if facts.level:
        return [Blocker("RATED", "已经评价过，一件只评一次")]
    if level not in LEVELS:
        return [Blocker("NO_LEVEL", "还没有选评价等级", "从非常满意到非常不满意选一项")]
    return []


def blockers_to_follow_up(facts: RatingFacts, note: str = "x") -> list[Blocker]:
    """Why a bad rating cannot be called back."""
    if facts.level not in BAD:
        return [Blocker("NOT_BAD", "不是差评，不用回访")]
    if facts.is_followed_up:
        return [Blocker("FOLLOWED_UP", "已经回访过")]
    return [] if note.strip() else [Blocker("NO_REASON", "没有写明回访情况", "写明核实到的情况")]


def blockers_to_fix(facts: RatingFacts, note: str = "x") -> list[Blocker]:
    """Why mending cannot be reported."""
    if not facts.is_followed_up:
        return [Blocker("NOT_FOLLOWED_UP", "还没有回访核实", "先回访")]
    if not facts.is_genuine:
        return [Blocker("NOT_GENUINE", "回访核实为不实，不用整改", "可提请复核认定无效")]
    if facts.is_fixed:
        return [Blocker("FIXED", "已经反馈过整改")]
    return [] if note.strip() else [Blocker("NO_REASON", "没有写明整改情况", "写明怎样整改、怎样反馈")]


def blockers_to_void(facts: RatingFacts, note: str = "x") -> list[Blocker]:
    """Why a rating cannot be struck: only after a call-back found it untrue, by a second person."""
    if facts.is_voided:
        return [Blocker("VOIDED", "已认定无效")]
    if not facts.is_followed_up or facts.is_genuine:
        return [Blocker("NOT_UNTRUE", "回访没有核实为不实", "先回访核实")]
    if facts.same_hands:
        return [Blocker("SAME_HANDS", "回访人不得同时复核", "请另一位同事复核")]
    return [] if note.strip() else [Blocker("NO_REASON", "没有写明认定理由", "写明认定无效的理由")]
