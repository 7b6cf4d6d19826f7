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
from yizhou.indicators.periods import KINDS, Term
from yizhou.indicators.report.build import Wish
from yizhou.indicators.report.checks import findings
from yizhou.indicators.report.onscreen import check_rows, document_of, empty_tables, imprint, table_cards
from yizhou.indicators.report.write import made, write_report
from yizhou.ledgers.browsing import address

EARLIEST, LATEST = 2000, 9000
"""Years of reports; far later ones have no day after them."""


class NoSuchTerm(LookupError):
    """No report is written of that time."""


def own_area(actor: Actor, query: Mapping[str, str]) -> str:
    """The division asked for, else the actor's own."""
    own = "" if "" in actor.areas else next((prefix.ljust(12, "0") for prefix in actor.areas), "")
    return query.get("area") or own


def wish_of(term: Term, actor: Actor, query: Mapping[str, str]) -> Wish:
    """The report that an address asks for. Raises ``NoSuchTerm``."""
    require(term)
    borrow = term.kind == "annual" and query.get("borrow") == "1"
    return Wish(term.year, own_area(actor, query), borrow=borrow, kind=term.kind, part=term.part)


def report_page(term: Term, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/annual.html``. Raises ``LookupError``."""
    wish = wish_of(term, actor, query)
    report = made(wish, actor)
    numbers = [piece for sentence in report.sentences for piece in sentence.pieces if piece.is_number]
    unmeasured = sum(piece.value is None for piece in numbers)
    return {
        "title": f"{term.label}报告",
        "note": f"{len(numbers)} 处数字，{unmeasured} 处尚无来源；其余由业务记录和配置实时计算，点按任意数字查看口径与明细",
        "actions": _actions(wish, report.scope.area, actor),
        "others": others(wish, report.scope.area),
        "document": document_of(report),
        "tables_url": part_url("tables", wish, report.scope.area) if term.kind == "annual" else "",
        "checks_url": part_url("checks", wish, report.scope.area),
        "definition": None,
    }


def part_url(part: str, wish: Wish, area: str) -> str:
    """The address of what stands beside a report: ``checks``, ``tables``."""
    kept = {"area": area, "borrow": "1" if wish.borrow else ""}
    return address(reverse(f"indicators:report_{part}", args=[wish.term]), kept)()


def report_url(term: Term, **kept: object) -> str:
    """The page of a report."""
    return address(reverse("indicators:report", args=[term]), kept)()


def others(wish: Wish, area: str) -> list[dict[str, Any]]:
    """Chips that lead to the other reports of the year: the whole, its quarters, its months so far."""
    today, year = clock.today(), wish.year
    terms = [Term("annual", year)]
    for kind in ("quarterly", "monthly"):
        terms += [Term(kind, year, part) for part in range(1, KINDS[kind] + 1)]
    begun = [term for term in terms if term.period[0] <= today]
    chips = [{"label": t.short, "url": report_url(t, area=area), "active": t == wish.term} for t in begun]
    return [*chips, {"label": "统计快照", "url": reverse("indicators:snapshots"), "active": False}]


def tables_part(term: Term, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/tables.html``: apart, because every ledger is counted over. Raises ``LookupError``."""
    if term.kind != "annual":
        raise NoSuchTerm(term.code)
    report = made(wish_of(term, actor, query), actor)
    back = report_url(term, area=report.scope.area)
    return {
        "title": f"{term.label}报告统计表",
        "note": imprint(report),
        "actions": [{"label": "返回报告", "url": back, "kind": ""}],
        "tables": table_cards(report),
        "empty": empty_tables(report),
    }


def checks_part(term: Term, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The context of ``report/_checks.html``: apart, because months and divisions are counted over. Raises ``LookupError``."""
    return {"checks": check_rows(findings(made(wish_of(term, actor, query), actor)))}


def _actions(wish: Wish, area: str, actor: Actor) -> list[dict[str, Any]]:
    term, kept = wish.term, "1" if wish.borrow else ""
    earlier = report_url(term.a_year_earlier, area=area, borrow=kept)
    found: list[dict[str, Any]] = [{"label": f"{term.year - 1} 年", "url": earlier, "kind": ""}]
    if term.kind == "annual":
        label, lent = ("去掉互借句", "") if wish.borrow else ("加入互借句", "1")
        found.append({"label": label, "url": report_url(term, area=area, borrow=lent), "kind": ""})
    if actor.may("indicators.draft_report"):
        url = address(reverse("indicators:draft", args=[term]), {"area": area})()
        found.append({"label": "起草信息", "url": url, "kind": ""})
    if actor.may("indicators.freeze_period") and term.period[1] < clock.today():
        url = address(reverse("indicators:freeze"), {"period": term.code, "area": area})()
        found.append({"label": "固化", "url": url, "kind": ""})
    if actor.may("indicators.write_report"):
        for suffix, label, kind in FILES:
            path = reverse("indicators:report_file", args=[term, suffix])
            found.append(file_button(label, kind, address(path, {"area": area, "borrow": kept})()))
    return found


FILES = (("json", "JSON", ""), ("html", "网页", ""), ("pdf", "PDF", ""), ("docx", "Word 公文", "primary"))


def file_button(label: str, kind: str, url: str) -> dict[str, Any]:
    """A button of the page's form ``files``: a report is taken out by POST, as that is logged."""
    return {"label": label, "url": "", "kind": kind, "attrs": {"form": "files", "formaction": url}}


def report_file(term: Term, suffix: str, actor: Actor, query: Mapping[str, str]) -> tuple[io.BytesIO, str]:
    """The report as bytes and the name to save it under. Raises ``LookupError``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{suffix}"
        report = write_report(wish_of(term, actor, query), path, actor)
        return io.BytesIO(path.read_bytes()), f"{report.title}.{suffix}"


def require(term: Term) -> None:
    """Reports are written from 2000 on, of terms that have begun. Raises ``NoSuchTerm``."""
    if not EARLIEST <= term.year <= LATEST or term.period[0] > clock.today():
        raise NoSuchTerm(term.code)
