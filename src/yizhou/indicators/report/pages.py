"""The report's page and its files for the browser."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.indicators.report.build import Wish, annual
from yizhou.indicators.report.checks import findings
from yizhou.indicators.report.onscreen import chapters, check_rows, empty_tables, imprint, table_cards
from yizhou.indicators.report.write import write_annual
from yizhou.ledgers.browsing import address

EARLIEST = 2000


class NoSuchYear(LookupError):
    """No report is written of that year."""


def own_area(actor: Actor, query: Mapping[str, str]) -> str:
    """The division asked for, else the actor's own."""
    own = "" if "" in actor.areas else next((prefix.ljust(12, "0") for prefix in actor.areas), "")
    return query.get("area") or own


def report_page(year: int, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/annual.html``. Raises ``LookupError``."""
    require_year(year)
    borrow = query.get("borrow") == "1"
    report = annual(Wish(year, own_area(actor, query), borrow=borrow), actor)
    numbers = [piece for sentence in report.sentences for piece in sentence.pieces if piece.is_number]
    unmeasured = sum(piece.value is None for piece in numbers)
    kept = {"area": report.scope.area, "borrow": "1" if borrow else ""}
    return {
        "title": f"{year} 年度报告",
        "note": f"{len(numbers)} 处数字，{unmeasured} 处尚无来源；其余由业务记录和配置实时计算，点按任意数字查看口径与明细",
        "actions": _actions(report.year, report.scope.area, actor, borrow=borrow),
        "document": {"title": report.title, "imprint": imprint(report), "chapters": chapters(report)},
        "tables_url": address(reverse("indicators:tables", args=[year]), kept)(),
        "checks_url": address(reverse("indicators:checks", args=[year]), kept)(),
        "definition": None,
    }


def checks_part(year: int, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/_checks.html``: apart, because months and divisions are counted over. Raises ``LookupError``."""
    require_year(year)
    report = annual(Wish(year, own_area(actor, query), borrow=query.get("borrow") == "1"), actor)
    return {"checks": check_rows(findings(report))}


def tables_part(year: int, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/tables.html``: apart, because every ledger is counted over. Raises ``LookupError``."""
    require_year(year)
    area = own_area(actor, query)
    report = annual(Wish(year, area, borrow=query.get("borrow") == "1"), actor)
    back = address(reverse("indicators:annual", args=[year]), {"area": area})()
    return {
        "title": f"{year} 年度报告统计表",
        "note": imprint(report),
        "actions": [{"label": "返回报告", "url": back, "kind": ""}],
        "tables": table_cards(report),
        "empty": empty_tables(report),
    }


def _actions(year: int, area: str, actor: Actor, *, borrow: bool) -> list[dict[str, str]]:
    def to(name: str, *args: object, **query: object) -> str:
        return address(reverse(name, args=args), {"area": area, **query})()

    lent = "" if borrow else "1"
    found = [
        {
            "label": f"{year - 1} 年",
            "url": to("indicators:annual", year - 1, borrow="1" if borrow else ""),
            "kind": "",
        },
        {
            "label": "去掉互借句" if borrow else "加入互借句",
            "url": to("indicators:annual", year, borrow=lent),
            "kind": "",
        },
    ]
    if actor.may("indicators.write_report"):
        kept = "1" if borrow else ""
        found += [
            {"label": "JSON", "url": to("indicators:annual_file", year, "json", borrow=kept), "kind": ""},
            {
                "label": "Word 公文",
                "url": to("indicators:annual_file", year, "docx", borrow=kept),
                "kind": "primary",
            },
        ]
    return found


def report_file(year: int, suffix: str, actor: Actor, query: Mapping[str, str]) -> tuple[io.BytesIO, str]:
    """The report as bytes and the name to save it under. Raises ``LookupError`` and ``UnknownSuffix``."""
    require_year(year)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"annual.{suffix}"
        report = write_annual(year, own_area(actor, query), path, actor, borrow=query.get("borrow") == "1")
        return io.BytesIO(path.read_bytes()), f"{report.title}.{suffix}"


def require_year(year: int) -> None:
    """Years with a report: from 2000 to the current one. Raises ``NoSuchYear``."""
    if not EARLIEST <= year <= clock.today().year:
        raise NoSuchYear(year)
