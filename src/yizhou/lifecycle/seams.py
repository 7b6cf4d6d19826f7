"""接缝: what was paid around a death or a move, for a human being to look at. Nothing is stopped here."""

from __future__ import annotations

from typing import Any

from yizhou.benefits.models import BenefitPayment
from yizhou.core.actor import Actor
from yizhou.core.fen import format_yuan
from yizhou.ledgers.columns import code_name
from yizhou.lifecycle.models import LifeEvent
from yizhou.lifecycle.rules import FUNERAL_MONTHS, REGULAR, first_month_there, gaps, stop_month
from yizhou.people.models import FamilyMember
from yizhou.people.sensitive import VIEW_SPECIAL

PAID = "PAID"
MOST = 60


def seam_of(event: LifeEvent, actor: Actor) -> dict[str, Any] | None:
    """Lines of the page of a death or a move; None for other events, and for posts that may not see benefits."""
    if event.kind not in ("DIED", "MOVED_OUT") or not actor.may(VIEW_SPECIAL):
        return None
    rows = BenefitPayment.objects.visible_to(actor).filter(
        person=event.person_id, benefit__in=REGULAR, status=PAID
    )
    by_benefit: dict[str, list[BenefitPayment]] = {}
    for row in rows.order_by("benefit", "pay_month"):
        by_benefit.setdefault(row.benefit, []).append(row)
    lines = _of_death if event.kind == "DIED" else _of_move
    found = [line for benefit, paid in by_benefit.items() for line in lines(event, benefit, paid)]
    survivors = _survivors(event, actor) if event.kind == "DIED" else []
    return {"lines": found, "survivors": survivors, "is_death": event.kind == "DIED"}


def _line(title: str, text: str, note: str = "", state: str = "") -> dict[str, str]:
    return {"title": title, "tag": text, "note": note, "state": state}


def _of_death(event: LifeEvent, benefit: str, paid: list[BenefitPayment]) -> list[dict[str, str]]:
    """The month from which nothing is due, what was paid from then on, and the funeral grant by the rule."""
    name, stop = code_name("benefit_type", benefit), stop_month(event.happened_on)
    over = [row for row in paid if row.pay_month >= stop]
    lines = [_line(f"{name}：应停发月份", stop, f"最后已发 {paid[-1].pay_month}；死亡次月起停发，当月照发")]
    if over:
        months = "、".join(row.pay_month for row in over)
        total = format_yuan(sum(_amount(row) for row in over))
        lines.append(
            _line(f"{name}：多发 {len(over)} 个月", f"{total} 元", f"{months}；与家属协商退回", "late")
        )
    before = [row for row in paid if row.pay_month < stop]
    if benefit in FUNERAL_MONTHS and before:
        months_due = FUNERAL_MONTHS[benefit]
        grant = format_yuan(before[-1].base_amount_fen * months_due)
        note = f"停发前 {before[-1].pay_month} 的月标准 × {months_due}；条件（死因等）由人工核定"
        lines.append(_line(f"{name}：丧葬补助参考", f"{grant} 元", note, "info"))
    return lines


def _of_move(event: LifeEvent, benefit: str, paid: list[BenefitPayment]) -> list[dict[str, str]]:
    """The last month paid here and the first that is due there: what is missing between, what was paid twice."""
    name, there = code_name("benefit_type", benefit), first_month_there(event.happened_on)
    here = [row.pay_month for row in paid]
    lines = [_line(f"{name}：本地末次发放", here[-1], f"迁入地应自 {there} 起发")]
    year_end = f"{event.happened_on.year}-12"
    missing = gaps([month for month in here if month >= f"{event.happened_on.year}-01"], year_end)
    # What lies after today is not missing yet; months to come are not paid.
    missing = [month for month in missing if month < f"{event.found_on:%Y-%m}"]
    if missing:
        lines.append(
            _line(f"{name}：断档 {len(missing)} 个月", "、".join(missing), "当年应由迁出地发", "late")
        )
    if over := [month for month in here if month >= there]:
        lines.append(
            _line(f"{name}：重叠 {len(over)} 个月", "、".join(over), "应由迁入地发，核对是否重发", "late")
        )
    return lines


def _amount(row: BenefitPayment) -> int:
    return row.base_amount_fen + (row.arrears_amount_fen or 0) - (row.deduct_amount_fen or 0)


def _survivors(event: LifeEvent, actor: Actor) -> list[dict[str, str]]:
    """Family whom the ledger knows; their numbers stay sealed."""
    family = FamilyMember.objects.visible_to(actor).filter(person=event.person_id).order_by("id")[:MOST]
    return [_line(one.name, code_name("relation", one.relation) or one.relation) for one in family]
