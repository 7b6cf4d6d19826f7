"""Confirming a balance: the table and the names of its close are kept, and are the opening of the period after."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from yizhou.balances.checking import Check, checks_of
from yizhou.balances.facts import Balance
from yizhou.balances.models import ConfirmedBalance
from yizhou.balances.queries import Line, Sheet, sheet_of
from yizhou.balances.reading import packed
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.indicators.periods import Term
from yizhou.indicators.scope import Scope

CONFIRM = "balances.confirm_balance"
EXPORT = "balances.export_balance"
LONGEST = 300


@action(CONFIRM)
def confirm_balance(
    balance: Balance, term: Term, scope: Scope, reason: str, *, actor: Actor
) -> ConfirmedBalance:
    """Keep a balance as it goes up; what was confirmed before stays beside it as the version before.

    ``scope`` is the actor's own, checked by ``scope_for``. Raises ``Refused`` before the period is over, without a
    reason for a further version and when anything does not hold that must, ``Conflict`` when somebody was quicker.
    """
    version = next_version(balance, term, scope)
    refuse(blockers_to_confirm(scope.last, version, reason))
    sheet = sheet_of(balance, scope)
    checks = checks_of(sheet)
    refuse(_faulty(checks))
    kept = _kept(sheet, checks, term, actor)
    kept.version, kept.reason = version, reason.strip()
    try:
        with transaction.atomic():
            kept.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这张平衡表刚刚由别人核定", "刷新页面查看新的核定表") from None
    record(
        actor,
        "balance.confirmed",
        kept,
        concern=Concern(area=scope.area),
        reason=kept.reason,
        balance=balance.name,
        period=term.code,
        version=version,
    )
    return kept


@action(EXPORT)
def note_export(balance: Balance, scope: Scope, rows: int, *, actor: Actor) -> None:
    """Log that a balance with its names (masked) was taken out."""
    concern, period = Concern(area=scope.area), f"{scope.first} {scope.last}"
    record(actor, "balance.exported", concern=concern, balance=balance.name, rows=rows, period=period)


def next_version(balance: Balance, term: Term, scope: Scope) -> int:
    """The number of the next version of a table that the actor may see."""
    held = ConfirmedBalance.objects.everywhere("下一个版次，区划已在调用前核对")
    held = held.filter(balance=balance.name, period=term.code, area=scope.area).order_by("-version")
    return (held.values_list("version", flat=True).first() or 0) + 1


def blockers_to_confirm(last: dt.date, version: int, reason: str) -> list[Blocker]:
    """Reasons why a table of a period that ends on ``last`` cannot be confirmed as that version."""
    found = []
    if last >= clock.today():
        found.append(Blocker("NOT_OVER", "统计期还没有结束", f"{last} 之后再核定"))
    if version > 1 and not reason.strip():
        found.append(Blocker("REASON", f"已核定过 {version - 1} 版，再核定要写明原因", "写明改了什么"))
    if len(reason.strip()) > LONGEST:
        found.append(
            Blocker("REASON_LENGTH", f"原因有 {len(reason.strip())} 字，最多 {LONGEST} 字", "写短一些")
        )
    return found


def _faulty(checks: list[Check]) -> list[Blocker]:
    remedy = "点开所指的数，更正台账后再核定"
    return [
        Blocker("CHECK", f"核对不通过：{check.text}（{check.found}）", remedy)
        for check in checks
        if check.good is False
    ]


def _kept(sheet: Sheet, checks: list[Check], term: Term, actor: Actor) -> ConfirmedBalance:
    source = sheet.source
    return ConfirmedBalance(
        balance=sheet.balance.name,
        area=sheet.scope.area,
        period=term.code,
        last=sheet.scope.last,
        account_id=actor.account_id,
        actor=actor.name,
        confirmed_at=clock.now(),
        names=packed(sheet.closing),
        document={
            "title": sheet.balance.title,
            "unit": sheet.balance.unit,
            "columns": sheet.columns,
            "lines": [_line(line) for line in sheet.lines] if sheet.balance.category else [],
            "total": _line(sheet.total),
            "areas": [_line(line) for line in sheet.areas],
            "area_total": _line(sheet.area_total),
            "checks": [[check.text, check.good, check.found] for check in checks],
            "opening": f"{source.period} 第 {source.version} 版核定表" if source else "",
        },
    )


def _line(line: Line) -> list[object]:
    return [line.label, line.sums]
