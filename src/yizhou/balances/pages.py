"""What the pages of balances show, as their templates take it."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from yizhou.balances.actions import CONFIRM, EXPORT, next_version
from yizhou.balances.checking import Check, checks_of
from yizhou.balances.facts import Balance, balances
from yizhou.balances.models import ConfirmedBalance
from yizhou.balances.names import SIZE, page_of_names
from yizhou.balances.queries import CLOSING, OPENING, Line, Sheet, may_see, pks_of, sheet_of
from yizhou.balances.reading import bound_of
from yizhou.balances.sheets import moved, write_balance
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.indicators.opening import OPEN_ROWS
from yizhou.indicators.pages import place
from yizhou.indicators.periods import KINDS, Term
from yizhou.indicators.queries import scope_for
from yizhou.indicators.report.pages import own_area, require
from yizhou.indicators.scope import Scope
from yizhou.ledgers.browsing import Cursor, LinkTo, address, area_choices
from yizhou.ledgers.editing import may_export
from yizhou.ledgers.queries import LIMIT

YEARS = 3
"""Years to choose from, the present one included."""


class NoSuchBalance(LookupError):
    """No such table, period or cell, or one that is closed to the actor: all look alike."""


def asked(name: str, actor: Actor, query: Mapping[str, str]) -> tuple[Balance, Term, Scope]:
    """The table, period and scope of an address. Raises ``LookupError``."""
    balance = balances().get(name)
    if balance is None or not may_see(balance, actor):
        raise NoSuchBalance(name)
    term = asked_term(query)
    return balance, term, scope_for(actor, own_area(actor, query), *term.period)


def asked_term(query: Mapping[str, str]) -> Term:
    """The period of an address, else the year before. Raises ``NoSuchBalance`` and ``NoSuchTerm``."""
    try:
        term = Term.of(query.get("period") or str(clock.today().year - 1))
    except ValueError as error:
        raise NoSuchBalance(query["period"]) from error
    require(term)
    return term


def chooser(actor: Actor, term: Term, scope: Scope) -> dict[str, Any]:
    """Variables of the picker: terms that have begun, newest first, and divisions."""
    today = clock.today()
    found = [
        known
        for year in range(today.year, today.year - YEARS, -1)
        for kind, parts in KINDS.items()
        for known in (Term(kind, year, part) for part in range(1, parts + 1))
        if known.period[0] <= today
    ]
    terms = found if term in found else [term, *found]
    return {
        "terms": [[known.code, known.label] for known in terms],
        "period": term.code,
        "areas": area_choices(actor, scope.area),
        "area": scope.area,
    }


def list_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """All tables open to the actor, with the last version confirmed for the division."""
    term = asked_term(query)
    scope = scope_for(actor, own_area(actor, query), *term.period)
    held = ConfirmedBalance.objects.visible_to(actor).filter(area=scope.area, period=term.code)
    newest = {kept.balance: kept for kept in held.defer("names", "document").order_by("version")}
    rows = [
        {
            "title": balance.title,
            "url": sheet_url(balance, term, scope),
            "note": f"由{balance.layout.title}逐条核对",
            **_standing(newest.get(balance.name)),
        }
        for balance in balances().values()
        if may_see(balance, actor)
    ]
    note = "期初 + 增 − 减 = 期末，每个数都能点开名册；上报前核对各表之间的关系"
    return {"title": "平衡表", "note": note, "rows": rows, **chooser(actor, term, scope)}


def _standing(kept: ConfirmedBalance | None) -> dict[str, str]:
    if kept is None:
        return {"tag": "未核定", "state": "warn"}
    return {"tag": f"第 {kept.version} 版已核定", "state": "ok"}


def sheet_url(balance: Balance, term: Term, scope: Scope) -> str:
    """The page of a table."""
    return _link("balances:sheet", balance, term, scope)()


def _link(name: str, balance: Balance, term: Term, scope: Scope) -> LinkTo:
    return address(reverse(name, args=[balance.name]), {"period": term.code, "area": scope.area})


def sheet_page(name: str, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One table as the records say now. Raises ``LookupError``."""
    balance, term, scope = asked(name, actor, query)
    sheet = sheet_of(balance, scope)
    link = _link("balances:names", balance, term, scope) if actor.may(OPEN_ROWS) else None
    return {
        "title": balance.title,
        "note": f"{place(scope)} · {term.label} · 单位：{balance.unit}",
        "opening": _opening_words(sheet),
        "actions": _buttons(balance, term, scope, actor),
        "export_url": _link("balances:export", balance, term, scope)() if _may_export(balance, actor) else "",
        "tables": _tables(sheet, link),
        "explained": [{"label": move.label, "value": move.says} for move in sheet.moves],
        "checks": [check_line(check) for check in checks_of(sheet)],
        "versions": _versions(balance, term, scope, actor),
        **chooser(actor, term, scope),
    }


def _may_export(balance: Balance, actor: Actor) -> bool:
    return actor.may(EXPORT) and may_export(bound_of(balance), actor)


def _opening_words(sheet: Sheet) -> str:
    if sheet.source is None:
        return "上期没有核定，期初按记录上的日期推算；核定一期之后，补录、更正、作废都会逐条列出"
    return f"期初为 {Term.of(sheet.source.period).label}第 {sheet.source.version} 版核定表的期末名册"


def _buttons(balance: Balance, term: Term, scope: Scope, actor: Actor) -> list[dict[str, str]]:
    found = [
        {
            "label": "全部平衡表",
            "url": address(reverse("balances:list"), {"period": term.code, "area": scope.area})(),
            "kind": "",
        },
        {"label": term.previous.label, "url": sheet_url(balance, term.previous, scope), "kind": ""},
    ]
    if actor.may(CONFIRM) and scope.last < clock.today():
        found.append(
            {"label": "核定", "url": _link("balances:confirm", balance, term, scope)(), "kind": "primary"}
        )
    return found


def _tables(sheet: Sheet, link: LinkTo | None) -> list[dict[str, Any]]:
    found = []
    if sheet.balance.category:
        header = sheet.balance.layout[sheet.balance.category].header
        found.append(_table(f"按{header}", header, sheet, (*sheet.lines, sheet.total), link))
    by_area = (lambda **cell: link(by="area", **cell)) if link else None
    return [*found, _table("按下级区划", "区划", sheet, (*sheet.areas, sheet.area_total), by_area)]


def _table(
    title: str, header: str, sheet: Sheet, lines: tuple[Line, ...], link: LinkTo | None
) -> dict[str, Any]:
    headers = [header, *({"label": label, "num": True} for _, label in sheet.columns)]
    rows = []
    for line in lines:
        key = {} if line is lines[-1] else {"line": line.key or BARE}
        rows.append(
            [
                line.label,
                *(
                    _cell(line.sums[code], link(column=code, **key) if link else "")
                    for code, _ in sheet.columns
                ),
            ]
        )
    return {"title": title, "headers": headers, "rows": rows}


BARE = "-"
"""How an address names the line of rows without category."""


def _cell(count: int, url: str) -> dict[str, Any]:
    return {"text": f"{count:,}", "url": url if count else "", "num": True}


def check_line(check: Check) -> dict[str, str]:
    """A check as a line of card.html."""
    tag, state = {True: ("通过", "ok"), False: ("不通过", "late"), None: ("无可比", "")}[check.good]
    return {"title": check.text, "url": "", "note": check.found, "tag": tag, "state": state, "text": ""}


def _versions(balance: Balance, term: Term, scope: Scope, actor: Actor) -> list[dict[str, str]]:
    held = ConfirmedBalance.objects.visible_to(actor).filter(
        balance=balance.name, period=term.code, area=scope.area
    )
    return [
        {
            "title": f"第 {kept.version} 版",
            "url": kept.get_absolute_url(),
            "note": "；".join(
                filter(None, [f"{kept.actor} · {clock.minute_of(kept.confirmed_at)}", kept.reason])
            ),
            "text": "",
            "tag": "",
            "state": "",
        }
        for kept in held.defer("names", "document").order_by("-version")
    ]


def names_page(name: str, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The names behind one number. Raises ``LookupError``."""
    balance, term, scope = asked(name, actor, query)
    sheet, by_area = sheet_of(balance, scope), query.get("by") == "area"
    column, labels = query.get("column", CLOSING), dict(sheet.columns)
    if column not in labels:
        raise NoSuchBalance(column)
    line = _line_asked(sheet, query, by_area=by_area)
    pks = pks_of(sheet, column, line.key if line else None, by_area=by_area)
    start = max(1, Cursor.of(query).start)
    kept = {"column": column, "line": query.get("line", ""), "by": "area" if by_area else ""}
    link = _link("balances:names", balance, term, scope)
    return {
        "title": f"{line.label if line else '合计'} · {labels[column].lstrip('＋－')}",
        "note": f"{balance.title} · {place(scope)} · {term.label}",
        "actions": [{"label": "返回平衡表", "url": sheet_url(balance, term, scope), "kind": ""}],
        "caption": f"{len(pks):,} {balance.unit}",
        **page_of_names(balance, pks, column, start, actor),
        "page": _pager(len(pks), start, lambda at: link(start=at, **kept)),
    }


def _line_asked(sheet: Sheet, query: Mapping[str, str], *, by_area: bool) -> Line | None:
    """The line of an address, None for the total. Raises ``NoSuchBalance``."""
    if not query.get("line"):
        return None
    key = "" if query["line"] == BARE else query["line"]
    for line in sheet.areas if by_area else sheet.lines:
        if line.key == key:
            return line
    raise NoSuchBalance(key)


def _pager(total: int, start: int, link: Callable[[int], str]) -> dict[str, Any]:
    end = min(start - 1 + SIZE, total)
    return {
        "start": start,
        "end": end if start <= total else 0,
        "total": total,
        "more_than": False,
        "previous_url": link(max(1, start - SIZE)) if start > 1 else "",
        "next_url": link(start + SIZE) if end < total else "",
    }


def confirm_page(name: str, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """The form that confirms a table. Raises ``LookupError``."""
    balance, term, scope = asked(name, actor, query)
    sheet = sheet_of(balance, scope)
    version = next_version(balance, term, scope)
    return {
        "title": f"核定{balance.title}",
        "note": f"{place(scope)} · {term.label}",
        "about": [
            {"label": "期初", "value": f"{sheet.total.sums[OPENING]:,} {balance.unit}"},
            {"label": "期末", "value": f"{sheet.total.sums[CLOSING]:,} {balance.unit}"},
            {"label": "期初依据", "value": _opening_words(sheet)},
            {"label": "版次", "value": f"第 {version} 版"},
        ],
        "checks": [check_line(check) for check in checks_of(sheet)],
        "confirm_url": _link("balances:confirm", balance, term, scope)(),
        "back_url": sheet_url(balance, term, scope),
        "reason": query.get("reason", ""),
        "must_reason": version > 1,
        "refused": (),
    }


def confirmed_page(uid: uuid.UUID, actor: Actor) -> dict[str, Any]:
    """A table as it was confirmed. Absent, out of scope and closed are the same ``Http404``."""
    kept = ConfirmedBalance.objects.visible_to(actor).filter(uid=uid).defer("names").first()
    balance = balances().get(kept.balance) if kept else None
    if kept is None or (balance is not None and not may_see(balance, actor)):
        raise Http404
    term, held = Term.of(kept.period), kept.document
    scope = Scope(kept.area, *term.period)
    now = [{"label": "现在的平衡表", "url": sheet_url(balance, term, scope), "kind": ""}] if balance else []
    return {
        "title": f"{held['title']}（第 {kept.version} 版核定）",
        "note": f"{place(scope)} · {term.label} · 单位：{held['unit']}",
        "actions": now,
        "opening": "；".join(
            filter(
                None,
                [
                    f"{kept.actor} {clock.minute_of(kept.confirmed_at)} 核定，不再改变",
                    held["opening"] and f"期初依据 {held['opening']}",
                    kept.reason,
                ],
            )
        ),
        "tables": _kept_tables(held),
        "checks": [check_line(Check(*check)) for check in held["checks"]],
    }


def _kept_tables(held: Mapping[str, Any]) -> list[dict[str, Any]]:
    parts = [("按类别", held["lines"], held["total"]), ("按下级区划", held["areas"], held["area_total"])]
    headers = [{"label": label, "num": True} for _, label in held["columns"]]
    return [
        {
            "title": title,
            "headers": [title.removeprefix("按"), *headers],
            "rows": [
                [label, *(_cell(sums[code], "") for code, _ in held["columns"])]
                for label, sums in [*lines, total]
            ],
        }
        for title, lines, total in parts
        if lines
    ]


def export_file(
    name: str, actor: Actor, query: Mapping[str, str]
) -> tuple[Balance, Scope, int, IO[bytes], str]:
    """The table with the names of its moves as .xlsx, open and already gone from its folder.

    Raises ``LookupError``, ``Forbidden`` without the right to take the ledger's rows out, ``Refused`` for too many.
    """
    balance, term, scope = asked(name, actor, query)
    if not may_export(bound_of(balance), actor):
        raise Forbidden("ledgers.export_ledger")
    sheet = sheet_of(balance, scope)
    count = sum(len(pks) for _, _, pks in moved(sheet))
    if count > LIMIT:
        words = f"变动名册有 {count:,} 行，超过 {LIMIT:,} 行，一次导不出"
        raise Refused([Blocker("TOO_MANY", words, "选一个镇街，或按季、按月分次导出")])
    with tempfile.TemporaryDirectory(dir=settings.EXPORTS_DIR) as folder:
        path = Path(folder) / "balance.xlsx"
        rows = write_balance(path, sheet, actor)
        return balance, scope, rows, path.open("rb"), f"{balance.title}-{term.code}.xlsx"
