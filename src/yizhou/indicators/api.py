"""Indicators over the API: definitions, values, the rows behind them, the annual report."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import Http404, HttpResponse
from ninja import Field, Query, Router, Schema

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.events.rest import Bearer, Place, next_url, require_place
from yizhou.events.web import ActingRequest, absent_is_404
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Known
from yizhou.indicators.opening import OPEN_ROWS, part_of
from yizhou.indicators.pages import scope_of, shown_to
from yizhou.indicators.periods import KINDS, Term
from yizhou.indicators.queries import NOT_BUILT, answer_of, compute, ledger_of
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.report.pages import NoSuchTerm, report_file
from yizhou.indicators.report.write import WRITE
from yizhou.indicators.scope import Scope
from yizhou.ledgers.as_json import Row, listed

VIEW = "indicators.view_indicator"
router = Router(tags=["指标与报告"])


class Indicator(Schema):
    """An indicator in words."""

    code: str
    name: str
    unit: str
    kind: str
    nature: str
    ring: str
    definition: str
    source: str
    computed_from: list[str]
    numerator: str
    denominator: str
    is_built: bool


class Period(Schema):
    """For which division and period, both days included; the current year and one's own area unless named."""

    area: str = ""
    first: dt.date | None = Field(None, alias="from")
    last: dt.date | None = Field(None, alias="to")


class Wanted(Period):
    """Which values."""

    code: list[str] = []


class Opened(Period, Place):
    """Which rows."""

    part: Literal["numerator", "denominator"] = "numerator"
    limit: int = Field(50, ge=1, le=500)


class Values(Schema):
    """Values by code, as ``yizhou indicators --json`` prints them."""

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    area: str | None
    values: dict[str, dict[str, Any]]


class RowsBehind(Schema):
    """A page of the rows behind a number."""

    ledger: str
    rows: list[Row]
    next: str | None


@router.get("/indicators", auth=Bearer(VIEW), response=list[Indicator])
def list_indicators(request: ActingRequest) -> Any:  # noqa: ARG001  # an operation takes a request
    """全部指标及口径"""
    return [{**vars(fact), "is_built": fact.code in INDICATORS} for fact in facts().values()]


@router.get("/indicators/values", auth=Bearer(VIEW), response=Values, by_alias=True)
def show_values(request: ActingRequest, wish: Query[Wanted]) -> Any:
    """某区划某时期的数值；不写 code 为全部"""
    scope = asked_scope(request, wish)
    if strange := [code for code in wish.code if code not in facts()]:
        raise Refused([Blocker("CODE", f"没有这些指标：{'、'.join(strange)}", "代码见 /api/v1/indicators")])
    found = compute(wish.code or None, scope)
    values = {code: shown_to(request.actor, one, scope).as_json() for code, one in found.items()}
    return {"from": scope.first, "to": scope.last, "area": scope.area or None, "values": values}


@router.get("/indicators/{slug:code}/rows", auth=Bearer(OPEN_ROWS), response=RowsBehind)
def open_rows(request: ActingRequest, code: str, wish: Query[Opened]) -> Any:
    """一个数由哪些行得出，新的在前"""
    scope = asked_scope(request, wish)
    if code not in facts():
        raise Http404
    answer = answer_of(code, scope)
    if answer is None or isinstance(answer, Known):
        raise Refused(
            [Blocker("NO_ROWS", f"{code} 不由记录得出：{NOT_BUILT if answer is None else '出自配置'}")]
        )
    rows = part_of(answer, wish.part).found
    bound = ledger_of(rows.model)
    if not request.actor.may(bound.browse_permission):
        raise Forbidden(bound.browse_permission)
    require_place(rows, wish.after)
    found, last = listed(bound, rows, wish.after, wish.limit)
    return {"ledger": bound.name, "rows": found, "next": next_url(request, last)}


@router.get("/reports/annual/{int:year}", auth=Bearer(WRITE))
def download_annual(request: ActingRequest, year: int, area: str = "") -> Any:
    """年度报告：每句话及其中的数"""
    return report_of(Term("annual", year), request.actor, area)


@router.get("/reports/{slug:kind}/{int:year}/{int:part}", auth=Bearer(WRITE))
def download_periodic(request: ActingRequest, kind: str, year: int, part: int, area: str = "") -> Any:
    """季度（quarterly）和月度（monthly）报告"""
    with absent_is_404():
        return report_of(asked_term(kind, year, part), request.actor, area)


def asked_term(kind: str, year: int, part: int) -> Term:
    """The quarter or the month of an address. Raises ``NoSuchTerm``."""
    for known in ("quarterly", "monthly"):
        if kind == known and 1 <= part <= KINDS[known]:
            return Term(known, year, part)
    raise NoSuchTerm(f"{kind} {part}")


def report_of(term: Term, actor: Actor, area: str) -> HttpResponse:
    """A report as JSON. Raises ``Http404``."""
    with absent_is_404():
        content, _ = report_file(term, "json", actor, {"area": area})
    return HttpResponse(content, content_type="application/json")


def asked_scope(request: ActingRequest, wish: Period) -> Scope:
    """The scope asked for. Raises ``Refused`` for half a period and ``Http404`` for a division out of sight."""
    days = {"from": wish.first, "to": wish.last}
    named = {name: day.isoformat() for name, day in days.items() if day}
    if len(named) == 1 or (wish.first and wish.last and wish.last < wish.first):
        raise Refused([Blocker("PERIOD", "from 和 to 须同时写明，且 from 不晚于 to", "都不写为本年")])
    with absent_is_404():
        return scope_of(request.actor, {"area": wish.area, **named})
