"""Writing the report to a file: .docx, .pdf, .html or .json by the suffix."""

from __future__ import annotations

from pathlib import Path

import orjson
from django.template.loader import render_to_string

from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden
from yizhou.events.recording import Concern, record, record_refusal
from yizhou.indicators.report.build import Report, Wish, annual
from yizhou.indicators.report.checks import Finding, findings
from yizhou.indicators.report.document import write_document
from yizhou.indicators.report.onscreen import as_json, check_rows, document_of, table_cards
from yizhou.indicators.report.pdf import write_pdf
from yizhou.indicators.report.periodic import periodic

WRITE = "indicators.write_report"
SUFFIXES = (".docx", ".pdf", ".html", ".json")


class UnknownSuffix(LookupError):
    """The report is not written in that format."""

    def __init__(self, suffix: str) -> None:
        super().__init__(f"不认识的后缀 {suffix or '（无）'}：可用 {'、'.join(SUFFIXES)}")


def made(wish: Wish, actor: Actor) -> Report:
    """The report of a year, or of a part of one. Raises ``UnknownArea``."""
    return annual(wish, actor) if wish.kind == "annual" else periodic(wish, actor)


def write_report(wish: Wish, path: Path, actor: Actor) -> Report:
    """Write the report of a division ("" for all) and return it.

    Raises ``UnknownSuffix``, ``UnknownArea`` and ``Forbidden``; nothing is written then.
    """
    allow(wish.term.code, path, actor)
    report = made(wish, actor)
    write_made(report, findings(report), path, actor)
    return report


def allow(code: str, path: Path, actor: Actor) -> None:
    """Raises ``UnknownSuffix`` and ``Forbidden``, the latter on record."""
    if path.suffix not in SUFFIXES:
        raise UnknownSuffix(path.suffix)
    if not actor.may(WRITE):
        record_refusal(actor, WRITE, code)
        raise Forbidden(WRITE)


def write_made(report: Report, found: list[Finding], path: Path, actor: Actor) -> None:
    """Write a report that is there already, made now or frozen long ago; logged first. Raises as ``write_report``."""
    allow(report.term.code, path, actor)
    record(
        actor,
        "report.written",
        concern=Concern(area=report.scope.area),
        period=report.term.code,
        format=path.suffix.lstrip("."),
        snapshot=report.stored.name if report.stored else "",
    )
    if path.suffix == ".docx":
        write_document(report, found, path)
    elif path.suffix == ".pdf":
        write_pdf(report, found, path)
    elif path.suffix == ".json":
        path.write_bytes(orjson.dumps(as_json(report, found), option=orjson.OPT_INDENT_2))
    else:
        path.write_text(standalone(report, found), encoding="utf-8")


def standalone(report: Report, found: list[Finding]) -> str:
    """The report as one page that needs nothing else."""
    return render_to_string(
        "report/file.html",
        {
            **document_of(report),
            "checks": check_rows(found),
            "tables": table_cards(report),
        },
    )
