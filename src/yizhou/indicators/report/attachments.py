"""What stands behind the text of a report: tables (附件 1), definitions (附件 2), next year's tasks (附件 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.enum.section import WD_ORIENT, WD_SECTION

from yizhou.indicators.facts import facts
from yizhou.indicators.report import sheet
from yizhou.indicators.report.build import Report
from yizhou.indicators.report.table_facts import grids
from yizhou.indicators.report.tables import Table
from yizhou.indicators.wording import decimals, percent
from yizhou.ledgers.columns import layouts

TABLES, DEFINITIONS, TASKS = "分区划统计表", "指标口径与数据来源", "下一年重点任务清单"
WIDE = 7
"""More columns than this stand across the sheet."""

TEXT_WIDTH, ACROSS_WIDTH = 156, 225
"""Millimetres between the margins, upright and across."""


def names(report: Report) -> list[str]:
    """The attachments that it has, in order; a report without an outlook has no tasks."""
    return [TABLES, DEFINITIONS, *([TASKS] if _tasks(report) else [])]


def attach(document: Any, report: Report) -> None:
    """Write all of them, each from a page of its own."""
    upright, across, tasks = sorted_tables(report)
    _begin(document, 1, TABLES)
    _tables(document, upright, TEXT_WIDTH)
    if across:
        _turn(document, WD_ORIENT.LANDSCAPE)
        _tables(document, across, ACROSS_WIDTH)
    _begin(document, 2, DEFINITIONS)
    _definitions(document, report)
    if tasks:
        _begin(document, 3, TASKS)
        _tables(document, tasks, TEXT_WIDTH)


def sorted_tables(report: Report) -> tuple[list[Table], list[Table], list[Table]]:
    """Tables that fit upright, those that stand across the sheet, and next year's tasks."""
    tasks = _tasks(report)
    plain = [made for made in report.tables if made not in tasks]
    upright = [made for made in plain if len(made.headers) <= WIDE]
    return upright, [made for made in plain if len(made.headers) > WIDE], tasks


def _tasks(report: Report) -> list[Table]:
    titles = {(grid.section, grid.title) for grid in grids() if grid.ledger == "tasks"}
    return [made for made in report.tables if (made.section, made.title) in titles]


def _begin(document: Any, number: int, title: str) -> None:
    _turn(document, WD_ORIENT.PORTRAIT)
    sheet.run(document.add_paragraph(), f"附件{number}", sheet.HEI)
    sheet.centred(document, title)


def _turn(document: Any, orientation: Any) -> None:
    """A new page that lies the wanted way; pages are numbered on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if section.orientation != orientation:
        section.orientation = orientation
        section.page_width, section.page_height = section.page_height, section.page_width


def _tables(document: Any, tables: Iterable[Table], width: int) -> None:
    for made in tables:
        sheet.body(document, made.title, sheet.KAI)
        if made.rows:
            columns = len(made.headers)
            first = width // 4 if columns > 2 else width // 2
            widths = [first, *[(width - first) // (columns - 1)] * (columns - 1)] if columns > 1 else [width]
            sheet.table(document, list(made.headers), [list(row) for row in made.rows], widths)
        if made.note:
            sheet.run(document.add_paragraph(), made.note, sheet.KAI, sheet.NUMBER_SIZE)


def _definitions(document: Any, report: Report) -> None:
    """Every number of the text by its serial number."""
    sheet.table(document, list(DEFINITION_HEADERS), definition_rows(report), [10, 32, 20, 64, 30])


DEFINITION_HEADERS = ("序号", "指标", "数值", "口径", "来源")


def definition_rows(report: Report) -> list[list[str]]:
    """Number, indicator, value, definition and ledgers of everything that is printed."""
    if report.stored:
        return [list(row) for row in report.stored.definition_rows]
    rows = []
    for n, code in enumerate(report.codes, 1):
        fact, figure = facts()[code], report.numbers.now(code)
        value = "—" if figure.value is None else _cell_value(fact.kind, fact.unit, figure.value)
        sources = "、".join(layouts()[name].title for name in fact.computed_from) or "配置"
        rows.append([str(n), fact.name, value, fact.definition, sources])
    return rows


def _cell_value(kind: str, unit: str, value: float) -> str:
    return percent(value) if kind == "rate" and unit == "%" else f"{decimals(value)}{unit}"
