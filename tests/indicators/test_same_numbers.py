"""The same numbers to the last digit in Word, PDF, HTML, JSON and ``yizhou indicators``; live and frozen."""

import json
import re
from pathlib import Path

import docx
import pypdf
import pytest

from tests.indicators.makers import CITY, FIRST, LAST, call, divisions, person, reception, station, visit
from yizhou.events.models import Event
from yizhou.indicators.actions import freeze_period
from yizhou.indicators.queries import all_values
from yizhou.indicators.report.build import Wish
from yizhou.indicators.report.frozen import restored, restored_findings
from yizhou.indicators.report.write import SUFFIXES, write_made, write_report
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db


def squeezed(text: str) -> str:
    """Without blanks, line ends and thousands marks, which each format sets in its own way."""
    return re.sub(r"\s|(?<=\d),(?=\d{3})", "", text)


def texts(folder: Path) -> dict[str, str]:
    """What each file says, squeezed."""
    document = docx.Document(str(folder / "r.docx"))
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "r.pdf").pages]
    # The number of a page stands between the sentences that it parts.
    printed = "\n".join(re.sub(r"\n?— ?\d+ ?—\s*$", "", page.strip()) for page in pages)
    html = re.sub(r"<[^>]+>", "", (folder / "r.html").read_text(encoding="utf-8"))
    return {
        "docx": squeezed("".join(paragraph.text for paragraph in document.paragraphs)),
        "pdf": squeezed(printed),
        "html": squeezed(html),
    }


def test_every_format_says_the_same(tmp_path: Path) -> None:
    divisions()
    who = person(e_archive_on="2025-05-01")
    visit(who, "2025-02-01 09:00:00")
    who.seal({"id_number": "330483197001011235"})
    who.save()
    station()
    reception("2025-03-01 10:00:00", persons=1234)
    call("2025-03-01 10:00:00")
    wish = Wish(2025, CITY)
    live, frozen = tmp_path / "live", tmp_path / "frozen"
    for folder in (live, frozen):
        folder.mkdir()
    for suffix in SUFFIXES:
        write_report(wish, live / f"r{suffix}", console_actor())
    snapshot = freeze_period(wish, "", actor=console_actor())
    for suffix in SUFFIXES:
        write_made(restored(snapshot), restored_findings(snapshot), frozen / f"r{suffix}", console_actor())
    values = all_values(FIRST, LAST, CITY)["values"]
    for folder in (live, frozen):
        told = json.loads((folder / "r.json").read_text(encoding="utf-8"))
        sentences = [sentence for section in told["sections"] for sentence in section["sentences"]]
        assert len(sentences) > 40
        found = texts(folder)
        for sentence in sentences:
            for name, text in found.items():
                assert squeezed(sentence["text"]) in text, (folder.name, name, sentence["id"])
            for n in sentence["numbers"]:
                if n["format"] not in ("nd", "yoy") and not n["reason"]:
                    key = {"num": "numerator", "den": "denominator"}.get(n["format"], "value")
                    assert n["value"] == values[n["code"]][key], n


def test_a_report_that_is_taken_out_is_on_record(tmp_path: Path) -> None:
    divisions()
    write_report(Wish(2025, CITY, kind="monthly", part=9), tmp_path / "r.json", console_actor())
    snapshot = freeze_period(Wish(2025, CITY), "", actor=console_actor())
    write_made(restored(snapshot), restored_findings(snapshot), tmp_path / "r.html", console_actor())
    taken = Event.objects.everywhere("test").filter(kind="report.written").order_by("id")
    assert [(event.area, event.data) for event in taken] == [
        (CITY, {"period": "2025-09", "format": "json", "snapshot": ""}),
        (CITY, {"period": "2025", "format": "html", "snapshot": "统计快照 2025 第 1 版"}),
    ]
