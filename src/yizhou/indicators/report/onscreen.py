"""The report as its page takes it, and as JSON."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.urls import reverse

from yizhou.core import clock
from yizhou.indicators.opening import link_for
from yizhou.indicators.report.build import FilledSection, Report
from yizhou.indicators.report.cards import cards_of, key_figures
from yizhou.indicators.report.charts import drawing
from yizhou.indicators.report.checks import Finding, in_words
from yizhou.indicators.report.compose import Filled, Piece

KINDS = {"must": "必须成立", "warn": "须说明"}
STATES = {"ok": "成立", "late": "不成立", "warn": "待说明", "": "尚无可比"}


def imprint(report: Report) -> str:
    """Who, as of when, by which definitions."""
    moment = clock.minute_of(report.drawn_at)
    return (
        f"{report.org} · 数据截至 {report.scope.last} 24:00（{moment} 计算）· 口径版本 {report.definitions}"
        + (f" · 签发人 {report.heading.signer}" if report.heading.signer else "")
        + "".join(f" · {text}" for text in (*report.notes, *([report.stored.name] if report.stored else [])))
    )


def document_of(report: Report) -> dict[str, Any]:
    """``document`` of the templates: the whole text."""
    return {
        "title": report.title,
        "imprint": imprint(report),
        "recipient": report.heading.recipient,
        "key_figures": key_figures(report),
        "chapters": chapters(report),
    }


def chapters(report: Report) -> list[dict[str, Any]]:
    """``document.chapters`` of the template."""
    return [
        {
            "title": "" if filled.section.is_opening else filled.section.title,
            "anchor": filled.section.id.replace(".", "-"),
            "level": filled.section.level,
            "paragraphs": [_parts(report, sentence) for sentence in filled.sentences],
            "nothing": filled.nothing,
        }
        for filled in report.sections
    ]


def _parts(report: Report, sentence: Filled) -> list[dict[str, Any]]:
    return [_part(report, piece) for piece in sentence.pieces]


def _part(report: Report, piece: Piece) -> dict[str, Any]:
    if not piece.is_number:
        return {"text": piece.shown}
    scope = report.scope.during(*report.term.since_january) if piece.cumulative else report.scope
    scope = scope.at(piece.area) if piece.area else scope
    url = link_for(reverse("indicators:figure", args=[piece.code]), scope)()
    value = None if piece.value is None else on_screen(piece)
    return {"value": value, "code": piece.code, "url": url, "reason": piece.reason}


def on_screen(piece: Piece) -> str:
    """Whole numbers get their thousands marks on screen, not in documents."""
    if piece.format in ("int", "num", "den") and isinstance(piece.value, int):
        return f"{piece.value:,}"
    return piece.shown


def table_cards(report: Report) -> list[dict[str, Any]]:
    """The tables by section, as ``_tables.html`` takes them."""
    titles = {filled.section.id: filled.section.title for filled in report.sections}
    return [
        {
            "title": made.title,
            "section": titles[made.section],
            "anchor": f"t{n}",
            "headers": [
                {"label": header, "num": made.numeric and place > 0}
                for place, header in enumerate(made.headers)
            ],
            "rows": [list(row) for row in made.rows],
            "drawing": drawing(made),
            "note": made.note,
        }
        for n, made in enumerate(report.tables, 1)
    ]


def empty_tables(report: Report) -> list[dict[str, Any]]:
    """Tables without rows, with the reason."""
    return [
        {"title": made.title, "url": "", "note": "", "tag": made.note, "state": "", "text": ""}
        for made in report.tables
        if not made.rows
    ]


def check_rows(found: list[Finding]) -> list[dict[str, Any]]:
    """Lines of the checks: what does not hold first."""
    order = {"late": 0, "warn": 1, "ok": 2, "": 3}
    return [
        {
            "title": f"{finding.check.id} {KINDS[finding.check.kind]}",
            "url": "",
            "note": "；".join(finding.faults) or in_words(finding.check.text),
            "tag": STATES[finding.state],
            "state": finding.state,
            "text": "",
        }
        for finding in sorted(found, key=lambda finding: order[finding.state])
    ]


def as_json(report: Report, found: list[Finding]) -> dict[str, Any]:
    """Every sentence with its numbers: code, value, as shown, the year before, why there is none."""
    return {
        "title": report.title,
        "org": report.org,
        "year": report.year,
        "period": report.term.code,
        "area": report.scope.area or None,
        "from": report.scope.first.isoformat(),
        "to": report.scope.last.isoformat(),
        "drawn_at": report.drawn_at.isoformat(),
        "definitions": report.definitions,
        "notes": list(report.notes),
        "heading": dataclasses.asdict(report.heading),
        "key_figures": cards_of(report),
        "snapshot": report.stored.name if report.stored else None,
        "sections": [_section_json(filled) for filled in report.sections],
        "tables": [dataclasses.asdict(table) for table in report.tables],
        "checks": [finding.as_json() for finding in found],
    }


def _section_json(filled: FilledSection) -> dict[str, Any]:
    section = filled.section
    return {
        "id": section.id,
        "title": section.title,
        "ring": section.ring,
        "nothing": filled.nothing,
        "sentences": [
            {
                "id": sentence.id,
                "text": sentence.text,
                "numbers": [_number_json(p) for p in sentence.pieces if p.code],
            }
            for sentence in filled.sentences
        ],
    }


def _number_json(piece: Piece) -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": piece.code,
        "format": piece.format,
        "value": piece.value,
        "shown": piece.shown,
    }
    if piece.is_number:
        found |= {"before": piece.before, "reason": piece.reason}
        found |= {"cumulative": True} if piece.cumulative else {}
        found |= {"area": piece.area} if piece.area else {}
    return found
