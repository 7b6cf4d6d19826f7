"""What leaders have signed, in the world of the matrix: a frozen report and a confirmed balance."""

import datetime as dt
from typing import Any

from yizhou.balances.models import ConfirmedBalance
from yizhou.core import clock
from yizhou.indicators.models import Snapshot


def snapshot(town: str) -> Snapshot:
    """A frozen report without a sentence."""
    empty: dict[str, Any] = {"notes": [], "sections": [], "tables": [], "definition_rows": [], "checks": []}
    return Snapshot.objects.create(
        period="2024",
        area=town,
        form="county",
        version=1,
        actor="顾建平",
        frozen_at=clock.now(),
        definitions="0",
        values={},
        document={**empty, "title": "报告", "org": "局", "everything": False, "drawn_at": f"{clock.now()}"},
    )


def balance(town: str) -> ConfirmedBalance:
    """A confirmed balance without a line."""
    return ConfirmedBalance.objects.create(
        balance="people",
        area=town,
        period="2024",
        last=dt.date(2024, 12, 31),
        version=1,
        actor="顾建平",
        confirmed_at=clock.now(),
        document={
            "title": "平衡表",
            "unit": "人",
            "columns": [],
            "lines": [],
            "total": ["合计", {}],
            "areas": [],
            "area_total": ["合计", {}],
            "checks": [],
            "opening": "",
        },
        names=b"",
    )
