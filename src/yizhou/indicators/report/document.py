"""The report as an official document (公文, report_outline.md §4)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from yizhou.core import clock
from yizhou.indicators.report import sheet
from yizhou.indicators.report.attachments import attach, names
from yizhou.indicators.report.build import Report
from yizhou.indicators.report.checks import Finding


def write_document(report: Report, found: list[Finding], path: Path) -> None:
    """Write the .docx."""
    document, heading = sheet.blank_sheet(), report.heading
    if heading.red_head:
        sheet.red_head(document, report.org, heading.signer)
    sheet.centred(document, report.title)
    document.add_paragraph()
    if heading.recipient:
        sheet.run(document.add_paragraph(), f"{heading.recipient}：")
    _chapters(document, report)
    _closing(document, report, found)
    attach(document, report)
    document.core_properties.title = report.title
    document.core_properties.author = report.org
    document.save(str(path))


def _chapters(document: Any, report: Report) -> None:
    for filled in report.sections:
        if not filled.section.is_opening:
            font = sheet.HEI if filled.section.level == 2 else sheet.KAI
            sheet.body(document, filled.section.title, font)
        for sentence in filled.sentences:
            sheet.body(document, sentence.text)
        if filled.nothing:
            sheet.body(document, filled.nothing)


def _closing(document: Any, report: Report, found: list[Finding]) -> None:
    document.add_paragraph()
    for n, name in enumerate(names(report), 1):
        sheet.body(document, f"{'附件：' if n == 1 else '　　　'}{n}. {name}")
    document.add_paragraph()
    sheet.right(document, report.org, 4)
    sheet.right(document, "　　　　年　　月　　日", 4)
    document.add_paragraph()
    sheet.run(document.add_paragraph(), footnote(report, found), sheet.KAI, sheet.NUMBER_SIZE)


def footnote(report: Report, found: list[Finding]) -> str:
    """Below the last page: as of when, by which definitions, with what outcome of the checks."""
    faults = [finding.check.id for finding in found if finding.state in ("late", "warn")]
    checked = f"{'、'.join(faults)} 待处理" if faults else "各项核对均成立"
    moment = clock.minute_of(report.drawn_at)
    note = (
        f"数据截至 {report.scope.last}，{moment} 计算；口径版本 {report.definitions}；签发前核对：{checked}。"
    )
    note += "".join(f"{text}。" for text in (*report.notes, *([report.stored.name] if report.stored else [])))
    return note
