"""The states of a case and which verb leads from where to where (handbook §5.3).

超期、亮灯 are not states: they are computed from the clock whenever they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Where a case stands."""

    SUBMITTED = "SUBMITTED"
    WAIT_PREV = "WAIT_PREV"
    CORRECTION_REQUIRED = "CORRECTION_REQUIRED"
    ACCEPTED = "ACCEPTED"
    IN_PROGRESS = "IN_PROGRESS"
    SUSPENDED = "SUSPENDED"
    RETURNED = "RETURNED"
    DECIDED = "DECIDED"
    CERT_ISSUED = "CERT_ISSUED"
    CLOSED = "CLOSED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"
    TRANSFERRED = "TRANSFERRED"


S = Status

LABELS: Mapping[Status, str] = {
    S.SUBMITTED: "待受理",
    S.WAIT_PREV: "等待前置",
    S.CORRECTION_REQUIRED: "补正中",
    S.ACCEPTED: "待签收",
    S.IN_PROGRESS: "办理中",
    S.SUSPENDED: "已挂起",
    S.RETURNED: "已退回",
    S.DECIDED: "已决定",
    S.CERT_ISSUED: "已制证",
    S.CLOSED: "已办结",
    S.REJECTED: "不予受理",
    S.WITHDRAWN: "已撤回",
    S.TRANSFERRED: "已转办",
}
TAGS: Mapping[Status, str] = {
    S.CORRECTION_REQUIRED: "paused",
    S.SUSPENDED: "paused",
    S.RETURNED: "warn",
    S.ACCEPTED: "info",
    S.IN_PROGRESS: "info",
    S.DECIDED: "ok",
    S.CERT_ISSUED: "ok",
    S.CLOSED: "ok",
}
"""Colour of the tag beside a status; the others have none."""

FINAL = frozenset({S.CLOSED, S.REJECTED, S.WITHDRAWN, S.TRANSFERRED})
"""终态: nothing more is done with the case."""
BEFORE_ACCEPTANCE = frozenset({S.SUBMITTED, S.WAIT_PREV})
RUNNING = frozenset({S.ACCEPTED, S.IN_PROGRESS, S.RETURNED})
"""The promised time is running."""
PAUSED = frozenset({S.CORRECTION_REQUIRED, S.SUSPENDED})
AFTER_DECISION = frozenset({S.DECIDED, S.CERT_ISSUED})
UNDECIDED = frozenset(S) - FINAL - AFTER_DECISION


@dataclass(frozen=True)
class Move:
    """A verb: what a clerk reads on its button, from which states it leads, and where to."""

    label: str
    start: frozenset[Status]
    to: tuple[Status, ...]


MOVES: Mapping[str, Move] = {
    "accept": Move("受理", frozenset({S.SUBMITTED}), (S.ACCEPTED,)),
    "decline": Move("不予受理", frozenset({S.SUBMITTED}), (S.REJECTED,)),
    "request_supplement": Move(
        "一次告知补正", frozenset({S.SUBMITTED, S.ACCEPTED, S.IN_PROGRESS}), (S.CORRECTION_REQUIRED,)
    ),
    "supplement": Move(
        "补正收齐", frozenset({S.CORRECTION_REQUIRED}), (S.SUBMITTED, S.ACCEPTED, S.IN_PROGRESS)
    ),
    "release": Move("前置办结，开始计时", frozenset({S.WAIT_PREV}), (S.ACCEPTED,)),
    "sign": Move("签收", frozenset({S.ACCEPTED}), (S.IN_PROGRESS,)),
    "suspend": Move("挂起", frozenset({S.ACCEPTED, S.IN_PROGRESS}), (S.SUSPENDED,)),
    "resume": Move("恢复办理", frozenset({S.SUSPENDED}), (S.IN_PROGRESS,)),
    "return": Move("退回受理岗", frozenset({S.ACCEPTED, S.IN_PROGRESS}), (S.RETURNED,)),
    "dispatch": Move("重新派件", frozenset({S.RETURNED}), (S.ACCEPTED,)),
    "refer": Move("转办", frozenset({S.SUBMITTED, S.ACCEPTED, S.IN_PROGRESS, S.RETURNED}), (S.TRANSFERRED,)),
    "withdraw": Move("撤回", UNDECIDED, (S.WITHDRAWN,)),
    "decide": Move("作出决定", frozenset({S.ACCEPTED, S.IN_PROGRESS}), (S.DECIDED, S.CLOSED)),
    "issue": Move("制证", frozenset({S.DECIDED}), (S.CERT_ISSUED,)),
    "deliver": Move("送达", AFTER_DECISION, (S.CLOSED,)),
}
"""Every verb that changes the status; ``release`` is done by the case before it, not by a person."""

VERB_LABELS: Mapping[str, str] = {
    **{verb: move.label for verb, move in MOVES.items()},
    "extend": "延期",
    "urge": "催办",
    "receive_material": "收到材料",
    "ask_department": "请求协办",
    "answer_department": "答复协办",
    "rate": "评价",
}
