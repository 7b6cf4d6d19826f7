"""The report as an official document (公文, report_outline.md §4)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from docx.enum.text import WD_BREAK

from yizhou.indicators.facts import facts
from yizhou.indicators.pages import definitions_version
from yizhou.indicators.report import sheet
from yizhou.indicators.report.build import Annual
from yizhou.indicators.report.checks import Finding
from yizhou.indicators.wording import decimals, percent
from yizhou.ledgers.columns import layouts

ATTACHED = "指标口径与数据来源"


@dataclass(frozen=True)
class Heading:
    """What the drafter adds: red head or not, to whom, who signs. The date is that of signing and stays open."""

    red_head: bool = False
    recipient: str = ""
    signer: str = ""


def write_document(report: Annual, found: list[Finding], path: Path, heading: Heading = Heading()) -> None:
    """Write the .docx."""
    document = sheet.blank_sheet()
    if heading.red_head:
        sheet.red_head(document, report.org, heading.signer)
    sheet.centred(document, report.title)
    document.add_paragraph()
    if heading.recipient:
        sheet.run(document.add_paragraph(), f"{heading.recipient}：")
    _chapters(document, report)
    _closing(document, report, found)
    _definitions(document, report)
    document.core_properties.title = report.title
    document.core_properties.author = report.org
    document.save(str(path))


def _chapters(document: Any, report: Annual) -> None:
    for filled in report.sections:
        if not filled.section.is_opening:
            font = sheet.HEI if filled.section.level == 2 else sheet.KAI
            sheet.body(document, filled.section.title, font)
        for sentence in filled.sentences:
            sheet.body(document, sentence.text)
        if filled.nothing:
            sheet.body(document, filled.nothing)


def _closing(document: Any, report: Annual, found: list[Finding]) -> None:
    document.add_paragraph()
    sheet.body(document, f"附件：{ATTACHED}")
    document.add_paragraph()
    sheet.right(document, report.org, 4)
    sheet.right(document, "　　　　年　　月　　日", 4)
    document.add_paragraph()
    faults = [finding.check.id for finding in found if finding.state in ("late", "warn")]
    checked = f"{'、'.join(faults)} 待处理" if faults else "各项核对均成立"
    moment = f"{timezone.localtime(report.drawn_at):%Y-%m-%d %H:%M}"
    note = f"数据截至 {report.scope.last}，{moment} 计算；口径版本 {definitions_version()}；签发前核对：{checked}。"
    sheet.run(document.add_paragraph(), note, sheet.KAI, sheet.NUMBER_SIZE)


def _definitions(document: Any, report: Annual) -> None:
    """附件: every number of the text by its serial number."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    sheet.run(document.add_paragraph(), "附件", sheet.HEI)
    sheet.centred(document, ATTACHED)
    rows = []
    for n, code in enumerate(report.codes, 1):
        fact, figure = facts()[code], report.numbers.now(code)
        value = "—" if figure.value is None else _cell_value(fact.kind, fact.unit, figure.value)
        sources = "、".join(layouts()[name].title for name in fact.computed_from) or "配置"
        rows.append([str(n), fact.name, value, fact.definition, sources])
    sheet.table(document, ["序号", "指标", "数值", "口径", "来源"], rows, [10, 32, 20, 64, 30])


def _cell_value(kind: str, unit: str, value: float) -> str:
    return percent(value) if kind == "rate" and unit == "%" else f"{decimals(value)}{unit}"
