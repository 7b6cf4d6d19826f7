"""A report as it is stored with its snapshot, and read back: nothing of it is computed again."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any, cast

from yizhou.indicators.models import Snapshot
from yizhou.indicators.periods import Term
from yizhou.indicators.report.attachments import definition_rows
from yizhou.indicators.report.build import FilledSection, Report, Stored
from yizhou.indicators.report.cards import cards_of
from yizhou.indicators.report.checks import Check, Finding
from yizhou.indicators.report.compose import Filled, Piece
from yizhou.indicators.report.facts import FormName, Section
from yizhou.indicators.report.tables import Table
from yizhou.indicators.rules import Draft
from yizhou.indicators.snapshots import scope_of


def stored(report: Report, found: list[Finding], despite: str = "") -> dict[str, Any]:
    """The report as JSON that can be read back whole; ``despite``: why it was frozen although checks failed."""
    return {
        "title": report.title,
        "org": report.org,
        "drawn_at": report.drawn_at.isoformat(),
        "notes": [*report.notes, *([f"核对不成立，仍固化的理由：{despite}"] if despite else [])],
        "despite": despite,
        "cards": cards_of(report),
        "heading": dataclasses.asdict(report.heading),
        "sections": [_section(filled) for filled in report.sections],
        "tables": [dataclasses.asdict(table) for table in report.tables],
        "definition_rows": definition_rows(report),
        "below": {
            code: {area: figure.value for area, figure in parts.items()}
            for code, parts in report.below.items()
        },
        "checks": [finding.as_json() for finding in found],
    }


def _section(filled: FilledSection) -> dict[str, Any]:
    section = filled.section
    return {
        "id": section.id,
        "title": section.title,
        "ring": section.ring,
        "nothing": filled.nothing,
        "sentences": [
            {
                "id": sentence.id,
                "neutral": sentence.neutral,
                "pieces": [dataclasses.asdict(piece) for piece in sentence.pieces],
            }
            for sentence in filled.sentences
        ],
    }


def restored(snapshot: Snapshot) -> Report:
    """The report that was frozen."""
    held, term = snapshot.document, Term.of(snapshot.period)
    scope = scope_of(snapshot)
    tables = tuple(
        Table(**{**t, "headers": tuple(t["headers"]), "rows": tuple(tuple(row) for row in t["rows"])})
        for t in held["tables"]
    )
    rows = tuple(tuple(row) for row in held["definition_rows"])
    return Report(
        cast("FormName", snapshot.form),
        held["title"],
        held["org"],
        term,
        scope,
        tuple(_filled(section) for section in held["sections"]),
        None,
        dt.datetime.fromisoformat(held["drawn_at"]),
        snapshot.definitions,
        tuple(held["notes"]),
        Stored(tables, rows, f"统计快照 {snapshot}", tuple(held.get("cards", ()))),
        heading=Draft(**held.get("heading", {})),
    )


def _filled(held: dict[str, Any]) -> FilledSection:
    section = Section(held["id"], held["title"], held["ring"])
    sentences = tuple(
        Filled(s["id"], tuple(Piece(**piece) for piece in s["pieces"]), s["neutral"])
        for s in held["sentences"]
    )
    return FilledSection(section, sentences, held["nothing"])


def restored_findings(snapshot: Snapshot) -> list[Finding]:
    """The checks as they came out then."""
    return [
        Finding(Check(c["id"], c["kind"], c["text"]), c["compared"], tuple(c["faults"]), c["unmeasured"])
        for c in snapshot.document["checks"]
    ]
