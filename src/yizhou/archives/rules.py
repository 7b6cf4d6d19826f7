"""What may be done with an archive and its paper (借阅、转递), and why not. Pure."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from yizhou.core.refusal import Blocker

LONGEST_LOAN_DAYS = 60
PURPOSES = {
    "score": "量化评分、安置核档",
    "benefit": "待遇认定核档",
    "handling": "办理事项",
    "legal": "依法查询",
    "inspect": "档案检查、整理",
}
"""What somebody looks at a page for."""
WAYS = {"CONFIDENTIAL": "机要交通", "COURIER": "专人送达"}
"""How an archive travels: never in the hands of the person it is about."""


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: 借阅 until a day, or 转递 to a unit."""

    is_loan: bool
    taker: str
    purpose: str
    until: dt.date | None = None


def blockers_to_ask(wish: Wish, *, at_hand: bool, has_open: bool, today: dt.date) -> list[Blocker]:
    """Why an archive cannot be asked for like that."""
    found = []
    if not at_hand:
        found.append(Blocker("AWAY", "档案不在库", "等归还或收到后再申请"))
    if has_open:
        found.append(Blocker("OPEN", "这份档案已有一张未办结的借阅转递单", "先办结或撤回那一张"))
    if not wish.taker.strip():
        found.append(Blocker("TAKER", "没有写借阅人或转往单位", "写明姓名与单位全称"))
    if not wish.purpose.strip():
        found.append(Blocker("PURPOSE", "没有写用途", "写明为什么借阅或转递"))
    if wish.is_loan:
        found += _blockers_of_days(wish.until, today)
    return found


def _blockers_of_days(until: dt.date | None, today: dt.date) -> list[Blocker]:
    if until is None:
        return [Blocker("UNTIL", "没有写应还日期", "写明哪天归还")]
    if until < today:
        return [Blocker("UNTIL", "应还日期早于今天", "改一个以后的日期")]
    if (until - today).days > LONGEST_LOAN_DAYS:
        return [Blocker("UNTIL", f"借阅最长 {LONGEST_LOAN_DAYS} 天", "到期再续借")]
    return []


def blockers_to_decide(
    asked_by: int | None, decides: int | None, note: str, *, approve: bool
) -> list[Blocker]:
    """Why a request cannot be decided like that: never by the one who asked (双人), and a no gives its reason."""
    found = []
    if asked_by == decides:
        found.append(Blocker("SAME_PERSON", "申请人不能审批自己的申请", "请另一位有权限的同事审批"))
    if not approve and not note.strip():
        found.append(Blocker("REASON", "不批准要写明理由", "写明理由"))
    return found


def blockers_to_hand_over(*, is_loan: bool, seal_no: str, way: str) -> list[Blocker]:
    """Why the paper cannot leave: what is sent on is sealed and goes by a safe way."""
    found = []
    if not is_loan and not seal_no.strip():
        found.append(Blocker("SEAL", "没有写密封编号", "档案密封后写上封条编号"))
    if not is_loan and way not in WAYS:
        found.append(Blocker("WAY", "没有选转递方式", "机要交通或专人送达，不得由本人自带"))
    return found


class Handed(Protocol):
    """What signing asks of an outing."""

    way: str
    stage: str
    asked_by_id: int | None
    handed_by_id: int | None
    signed_at: dt.datetime | None


def may_sign(outing: Handed, account_id: int | None) -> bool:
    """Whether this account is the one who receives: never who handed over; what is lent is signed for by who asked."""
    if account_id is None or account_id == outing.handed_by_id:
        return False
    asked_for_another = outing.asked_by_id in (None, outing.handed_by_id)
    return outing.way != "LOAN" or asked_for_another or account_id == outing.asked_by_id


def blockers_to_sign(outing: Handed, account_id: int | None) -> list[Blocker]:
    """Why this account cannot sign for the paper."""
    if outing.stage != "OUT":
        return [Blocker("STAGE", "档案还没有交出，或已经归还、收到", "刷新页面看最新进度")]
    if outing.signed_at:
        return [Blocker("SIGNED", "这份档案已经签收", "刷新页面看谁在什么时候签收的")]
    if not may_sign(outing, account_id):
        return [Blocker("NOT_RECEIVER", "交出人不能代签，借阅由申请人签收", "请收到档案的人用自己的账号签收")]
    return []
