"""Taking the filtered list out of the system: counted and logged before the file is written."""

from __future__ import annotations

from collections.abc import Mapping

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.people.queries.exporting import LIMIT, chosen


@action("people.export_people")
def export_people(query: Mapping[str, str], *, actor: Actor) -> int:
    """Log that the list chosen by ``query`` goes out, masked; returns how many rows. Raises ``Refused`` when too many."""
    count = chosen(query, actor, clock.today()).values("id")[: LIMIT + 1].count()
    if count > LIMIT:
        words = f"符合条件的超过 {LIMIT:,} 人，一次导不出"
        raise Refused(
            [Blocker("TOO_MANY", words, "加上区域或类别条件，分几次导出；全量导出请系统管理员用命令行")]
        )
    record(actor, "ledger.exported", ledger="people", rows=count, plain=False, asked=query.get("area", ""))
    return count
