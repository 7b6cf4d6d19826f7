"""What the indicator pages show, as their templates take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import dictionary
from yizhou.core.scope import prefix_of
from yizhou.indicators.comparing import compare
from yizhou.indicators.facts import Fact, definitions_version, fact_of, facts
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.opening import OPEN_ROWS, link_for, rows_part
from yizhou.indicators.periods import Term, asked, earlier, presets, quarters
from yizhou.indicators.queries import (
    NOT_STARTED,
    Figure,
    answer_of,
    by_child,
    measure,
    scope_for,
    started,
)
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.remembering import remembered_figures
from yizhou.indicators.report.guarding import SMALL
from yizhou.indicators.scope import Scope
from yizhou.indicators.wording import change_on_page, change_words, grouped, on_page
from yizhou.ledgers.browsing import address, area_choices
from yizhou.ledgers.columns import layouts
from yizhou.orgs.queries import full_division_name

KINDS = {"count": "计数", "distinct": "去重计数", "sum": "求和", "rate": "比率"}
NATURES = {"flow": "期内量", "stock": "时点量", "rate": "率", "config": "由配置得出"}
LARGE = 100_000
"""Rows of the tables that a number is counted over; beyond, its page shows the rows first."""

FAR_BELOW = 10
"""Percentage points under the whole at which a part's bar is painted red."""


def scope_of(actor: Actor, query: Mapping[str, str]) -> Scope:
    """The scope an address asks for; the actor's own area where it names none. Raises ``UnknownArea``."""
    own = "" if "" in actor.areas else next((p.ljust(12, "0") for p in actor.areas), "")
    first, last = asked(query, clock.today())
    return scope_for(actor, query.get("area") or own, first, last)


def chooser(actor: Actor, scope: Scope, path: str) -> dict[str, Any]:
    """Variables of the picker."""
    link = link_for(path, scope)
    chips = []
    for label, (first, last) in presets(clock.today()):
        url = link(**{"from": first.isoformat(), "to": last.isoformat()})
        chips.append({"label": label, "url": url, "active": (first, last) == (scope.first, scope.last)})
    return {
        "period": {"from": scope.first.isoformat(), "to": scope.last.isoformat(), "presets": chips},
        "areas": area_choices(actor, scope.area),
        "area": scope.area,
    }


def place(scope: Scope) -> str:
    """Where, in words."""
    return full_division_name(scope.area) or scope.area if scope.area else "全部区划"


def span(scope: Scope) -> str:
    """When, in words."""
    whole = scope.first == dt.date(scope.first.year, 1, 1) and scope.last == dt.date(scope.first.year, 12, 31)
    return f"{scope.first.year} 年" if whole else f"{scope.first} 至 {scope.last}"


def before_words(scope: Scope, fact: Fact) -> str:
    """What the change is measured against: 2024 年, or 上年同期."""
    earlier = scope.a_year_earlier()
    if (
        earlier.first.month == 1
        and earlier.first.day == 1
        and (earlier.last.month, earlier.last.day) == (12, 31)
    ):
        return f" {earlier.first.year} 年{'末' if fact.nature == 'stock' else ''}"
    return "上年同期"


def compared() -> list[str]:
    """Indicators that are built and have a year before."""
    return [code for code in INDICATORS if facts()[code].is_compared]


def list_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """All indicators by ring."""
    scope = scope_of(actor, query)
    path = reverse("indicators:list")
    rings = {entry.code: entry.name for entry in dictionary("ring").entries}
    measured = lines(actor, scope, list(facts()))
    groups = []
    for ring, name in rings.items():
        rows = [row for row in measured if facts()[row["code"]].ring == ring]
        groups.append({"title": name, "ring": _colour(ring), "rows": rows})
    return {
        "title": "指标",
        "note": f"{place(scope)} · {span(scope)} · 已能计算 {len(INDICATORS)} 项，共 {len(facts())} 项",
        "actions": _report_action(actor, scope),
        "groups": groups,
        **chooser(actor, scope, path),
    }


def lines(actor: Actor, scope: Scope, codes: Sequence[str]) -> list[dict[str, Any]]:
    """Several indicators with their change against a year before, as lines of a list."""
    now = remembered_figures(codes, scope)
    earlier_scope = scope.a_year_earlier()
    held = remembered_figures([code for code in compared() if code in now], earlier_scope)
    before = {code: shown_to(actor, figure, earlier_scope) for code, figure in held.items()}
    return [line_of(shown_to(actor, figure, scope), before.get(code), scope) for code, figure in now.items()]


def _report_action(actor: Actor, scope: Scope) -> list[dict[str, str]]:
    if not actor.may("indicators.view_report"):
        return []
    url = address(
        reverse("indicators:report", args=[Term("annual", scope.last.year)]), {"area": scope.area}
    )()
    return [{"label": f"{scope.last.year} 年度报告", "url": url, "kind": ""}]


def _colour(ring: str) -> str:
    return next(fact.colour for fact in facts().values() if fact.ring == ring)


def line_of(figure: Figure, before: Figure | None, scope: Scope) -> dict[str, Any]:
    """One indicator with its change against a year before, as the list shows it."""
    fact = figure.fact
    change = compare(fact.nature, figure.value, before.value) if before else None
    return {
        "code": fact.code,
        "name": fact.name,
        "url": link_for(reverse("indicators:detail", args=[fact.code]), scope)(),
        "value": None if figure.value is None else on_page(fact, figure.value),
        "unit": "" if fact.unit == "日期" else fact.unit,
        "change": change_on_page(change, before_words(scope, fact)),
        "state": "" if change is None or fact.neutral else change.direction,
        "note": figure.reason,
    }


def figure_card(code: str, scope: Scope, actor: Actor) -> dict[str, Any]:
    """The card of one indicator with its bars by area: the context of ``_figure.html``."""
    fact = fact_of(code)
    earlier_scope = scope.a_year_earlier()
    before = shown_to(actor, measure(code, earlier_scope), earlier_scope) if code in compared() else None
    figure = shown_to(actor, measure(code, scope), scope)
    bars = [] if fact.nature == "config" or code not in INDICATORS else _area_bars(figure, scope, actor)
    return {
        "indicator": {
            **line_of(figure, before, scope),
            "reason": figure.reason,
            "ring": fact.colour,
            "pairs": [*_since_before(figure, scope, actor), *_pairs(figure, scope)],
        },
        "areas_title": "按下级区划" if bars else "",
        "area_bars": bars,
        "sample": None,
    }


def _since_before(figure: Figure, scope: Scope, actor: Actor) -> list[dict[str, str]]:
    """The change against the period before; nothing where that is the year before, which stands above."""
    so_far = min(scope.last, max(scope.first, clock.today()))
    before = scope.during(*earlier(scope.first, so_far, scope.last))
    if figure.fact.code not in compared() or before == scope.a_year_earlier():
        return []
    held = shown_to(actor, measure(figure.fact.code, before), before)
    change = compare(figure.fact.nature, figure.value, held.value)
    told = (
        "上期没有可比的数"
        if change is None
        else f"{change_words(change)}，上期 {on_page(figure.fact, held.value or 0)}"
    )
    url = link_for(reverse("indicators:detail", args=[figure.fact.code]), before)()
    return [{"label": "环比", "value": told, "url": url, "note": f"{before.first} 至 {before.last}"}]


def _pairs(figure: Figure, scope: Scope) -> list[dict[str, str]]:
    fact = figure.fact
    rows = link_for(reverse("indicators:rows", args=[fact.code]), scope)
    pairs = [{"label": "口径", "value": fact.definition}]
    if figure.denominator is not None:
        for part, label, amount in (
            ("numerator", fact.numerator, figure.numerator or 0),
            ("denominator", fact.denominator, figure.denominator),
        ):
            title = "分子" if part == "numerator" else "分母"
            pairs.append({"label": title, "value": grouped(amount), "url": rows(part=part), "note": label})
    elif figure.value is not None:
        pairs.append(
            {"label": "明细", "value": "打开记录" if fact.computed_from else "打开条目", "url": rows()}
        )
    sources = "、".join(layouts()[name].title for name in fact.computed_from) or fact.config
    empty = {} if started([fact.code], scope) else {"tag": NOT_STARTED, "state": "warn"}
    pairs.append({"label": "来源", "value": sources, **empty})
    pairs.append({"label": "性质", "value": f"{NATURES[fact.nature]} · {KINDS[fact.kind]}"})
    pairs.append({"label": "依据", "value": f"台账导入约定第 5 章 · {fact.source}"})
    pairs.append({"label": "版本", "value": definitions_version()})
    return pairs


def _area_bars(whole: Figure, scope: Scope, actor: Actor) -> list[dict[str, Any]]:
    parts = by_child(whole.fact.code, scope)
    hidden = set() if actor.may(OPEN_ROWS) else small_cells([figure for _, figure in parts])
    most = max((figure.value or 0 for n, (_, figure) in enumerate(parts) if n not in hidden), default=0)
    path = reverse("indicators:detail", args=[whole.fact.code])
    bars = []
    for n, (division, figure) in enumerate(parts):
        is_rate = whole.fact.unit == "%"
        late = is_rate and figure.value is not None and figure.value < (whole.value or 0) - FAR_BELOW
        url = link_for(path, scope.at(division.area_code))()
        bar = {"percent": None, "text": "*"} if n in hidden else _bar(figure, 100 if is_rate else most)
        bars.append({"label": division.name, "url": url, "late": late and n not in hidden, **bar})
    return bars


def shown_to(actor: Actor, figure: Figure, scope: Scope) -> Figure:
    """The figure, or none where it is so small that it points at persons of a division below the reader's own."""
    own = scope.area and prefix_of(scope.area) in actor.areas
    if actor.may(OPEN_ROWS) or own or not scope.area or not small_cells([figure]):
        return figure
    return Figure(figure.fact, None, reason=f"少于 {SMALL}，不予显示")


def small_cells(figures: Sequence[Figure]) -> set[int]:
    """Places of parts so small that they point at persons (1 to 4), for readers who may not see the rows.

    One alone could be found by subtracting the others from the whole, so the next smallest goes with it.
    """
    sizes = [figure.denominator if figure.denominator is not None else figure.value for figure in figures]
    small = {n for n, size in enumerate(sizes) if size and size < SMALL and figures[n].fact.computed_from}
    rest = sorted((size, n) for n, size in enumerate(sizes) if size and n not in small)
    return small | {rest[0][1]} if len(small) == 1 and rest else small


def _bar(figure: Figure, most: float) -> dict[str, Any]:
    if figure.value is None:
        return {"percent": None, "text": "—"}
    text = on_page(figure.fact, figure.value) + ("%" if figure.fact.unit == "%" else "")
    return {"percent": round(100 * figure.value / most, 1) if most else 0, "text": text}


def _quarter_bars(fact: Fact, scope: Scope, actor: Actor) -> list[dict[str, Any]]:
    """Only of flows: what happened adds up over quarters, what stands does not."""
    if fact.nature != "flow" or fact.code not in INDICATORS:
        return []
    spans = quarters(scope.first, scope.last)
    figures = [measure(fact.code, scope.during(first, last)) for _, (first, last) in spans]
    hidden = set() if actor.may(OPEN_ROWS) else small_cells(figures)
    most = max((figure.value or 0 for n, figure in enumerate(figures) if n not in hidden), default=0)
    return [
        {"label": label, **({"percent": None, "text": "*"} if n in hidden else _bar(figures[n], most))}
        for n, (label, _) in enumerate(spans)
    ]


def detail_page(code: str, actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One indicator with the rows it opens into. Raises ``UnknownIndicator`` or ``UnknownArea``."""
    fact, scope = fact_of(code), scope_of(actor, query)
    path = reverse("indicators:detail", args=[code])
    later = is_large(code, scope) and query.get("whole") != "1"
    return {
        "title": fact.name,
        "note": f"{place(scope)} · {span(scope)}",
        "actions": [],
        **(_figure_later(fact, scope) if later else {**whole_card(code, scope, actor), "later_url": ""}),
        **rows_part(code, scope, actor, query, counted=not later),
        **chooser(actor, scope, path),
    }


def whole_card(code: str, scope: Scope, actor: Actor) -> dict[str, Any]:
    """The card of one indicator with its bars by area and by quarter."""
    bars = _quarter_bars(facts()[code], scope, actor)
    return {
        **figure_card(code, scope, actor),
        "period_title": "按季度" if bars else "",
        "period_bars": bars,
    }


def is_large(code: str, scope: Scope) -> bool:
    """Whether so many rows are counted over that the page shows its rows first and the number when it is counted."""
    answer = answer_of(code, scope)
    parts = [answer.numerator, answer.denominator] if isinstance(answer, Rate) else [answer]
    models: set[Any] = {part.rows.model for part in parts if isinstance(part, Measure)}
    return sum(_highest(model) for model in models) > LARGE


def _highest(model: Any) -> int:
    """The highest inner number of a table: about how many rows it has, without counting them."""
    objects = model._default_manager
    rows = objects.everywhere("how large the table is") if hasattr(objects, "everywhere") else objects.all()
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def _figure_later(fact: Fact, scope: Scope) -> dict[str, Any]:
    """What stands in place of the card until it is counted: htmx asks for it at once."""
    link = link_for(reverse("indicators:figure", args=[fact.code]), scope)
    whole = link_for(reverse("indicators:detail", args=[fact.code]), scope)
    return {
        "later_url": link(quarters="1"),
        "whole_url": whole(whole="1"),
        "indicator": {"name": fact.name, "code": fact.code},
    }
