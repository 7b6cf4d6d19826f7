"""The report as PDF, in the layout of the .docx: set by typst with the fonts of a wheel.

仿宋, 黑体 and 楷体 are used where the machine has them; elsewhere Noto Serif and Sans SC stand in.
"""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from yizhou.indicators.report.attachments import DEFINITION_HEADERS, definition_rows, names, sorted_tables
from yizhou.indicators.report.build import Report
from yizhou.indicators.report.checks import Finding
from yizhou.indicators.report.document import footnote
from yizhou.indicators.report.sheet import head_size

SHEET = Path(__file__).with_name("sheet.typ")
FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent


def write_pdf(report: Report, found: list[Finding], path: Path) -> None:
    """Write the .pdf. What is said goes in as data: no text of the report is ever read as markup."""
    told = json.dumps(_told(report, found), ensure_ascii=False)
    typst.compile(str(SHEET), output=str(path), font_paths=[str(FONTS)], sys_inputs={"told": told})


def _told(report: Report, found: list[Finding]) -> dict[str, Any]:
    upright, across, tasks = sorted_tables(report)
    return {
        "title": report.title,
        "org": report.org,
        "red_head": report.heading.red_head,
        "head_size": head_size(report.org),
        "recipient": report.heading.recipient,
        "signer": report.heading.signer,
        "note": footnote(report, found),
        "attachments": names(report),
        "sections": [
            {
                "title": "" if filled.section.is_opening else filled.section.title,
                "level": filled.section.level,
                "sentences": [sentence.text for sentence in filled.sentences],
                "nothing": filled.nothing,
            }
            for filled in report.sections
        ],
        "upright": [dataclasses.asdict(made) for made in upright],
        "across": [dataclasses.asdict(made) for made in across],
        "tasks": [dataclasses.asdict(made) for made in tasks],
        "definitions": {"headers": DEFINITION_HEADERS, "rows": definition_rows(report), "numeric": False},
    }
