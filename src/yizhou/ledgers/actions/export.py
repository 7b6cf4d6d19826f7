"""A ledger out through the browser: masked, small enough to wait for, logged before it is written."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.ledgers.editing import EXPORT
from yizhou.ledgers.exporting import Choice, require_area, rows_of
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.queries import LIMIT


@action(EXPORT)
def export_rows_of(name: str, *, actor: Actor, area: str = "") -> int:
    """Log that the rows of a ledger go out; returns how many. Raises ``Refused`` when they are too many."""
    bound = LEDGERS[name]
    if not actor.may(bound.browse_permission):
        raise Forbidden(bound.browse_permission)
    require_area(area)
    count = rows_of(bound, actor, Choice(area)).values("id")[: LIMIT + 1].count()
    if count > LIMIT:
        words = f"超过 {LIMIT:,} 行，一次导不出"
        raise Refused([Blocker("TOO_MANY", words, "选一个镇街分次导出；全量导出请系统管理员用命令行")])
    record(actor, "ledger.exported", ledger=name, rows=count, plain=False, asked=area)
    return count
