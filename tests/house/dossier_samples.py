"""Contexts of the collection form: the tab of the person page, and the paper."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from tests.house.frame_samples import CSRF, Context, frame
from yizhou.dossier.facts import Section
from yizhou.dossier.queries.form import Pair, Part, Record, Sheet

HEADERS = ["入伍时间", "退役时间", "部队代号"]


def sheet(name: str, title: str, records: list[Record], **more: Any) -> Sheet:
    """One ledger of a section."""
    given = {"is_open": True, "count": len(records), "more_url": "/x/", "add_url": "/x/", **more}
    return Sheet(name, title, records=records, headers=HEADERS, **given)


SPELL = Record(
    [Pair("入伍时间", "1979-11-01"), Pair("退役时间", "1983-12-15"), Pair("部队代号", "")], "/x/", "/x/"
)


def part(section: Section, sheets: Sequence[Sheet] = (), lacking: Sequence[str] = (), **more: Any) -> Part:
    """A section of the form."""
    given = {"is_required": True, "pairs": (), "correct_url": "", **more}
    return Part(section, sheets=sheets, lacking=lacking, **given)


NAMES = [Pair("姓名", "陈国梁", needed=True), Pair("民族", "")]
PARTS = [
    part(Section("identity", "身份", fields=("name",), required=("ALL",)), pairs=NAMES, correct_url="/x/"),
    part(
        Section("service", "服役", note="几段写几段", ledgers=("service_spells",)),
        [sheet("service_spells", "服役经历", [SPELL, SPELL]), sheet("service_honours", "奖励", [])],
        ["退役军衔"],
    ),
    part(
        Section("placement", "安置", ledgers=("placement_records",), single=True),
        [sheet("placement_records", "安置情况", [], add_url="")],
        is_required=False,
    ),
    part(
        Section("disability", "伤残", ledgers=("disability_assessments",)),
        [sheet("disability_assessments", "伤残评定", [], is_open=False, add_url="", more_url="")],
    ),
]
TAB: Context = {
    "csrf_input": CSRF,
    "groups": [{"name": "退役士兵", "primary": "主"}, {"name": "残疾军人", "primary": ""}],
    "parts": PARTS,
    "required": 2,
    "done": 1,
    "percent": 50,
    "open_parts": [PARTS[1]],
    "doubts": [{"level": "warn", "text": "残疾抚恤金与农村籍老年补助不得同时享受"}],
    "print_url": "/x/",
    "export_url": "/x/",
    "uid": "a1",
}
WORKBOOK: Context = {
    **frame("整本采集表"),
    "csrf_input": CSRF,
    "title": "整本采集表",
    "note": "一种台账一张表",
    "sheets": ["人员台账", "服役经历台账"],
    "areas": [["339902000000", "望澜区"]],
    "template_url": "/x/",
    "export_url": "/x/",
    "upload_url": "/x/",
    "free_rows": 100,
    "megabytes": 50,
}
PRINT: Context = {
    **frame("一人一档"),
    "title": "信息采集表",
    "name": "陈国梁",
    "number": "339902********1017",
    "place": "望澜区芦汀街道芦汀社区",
    "groups": TAB["groups"],
    "parts": PARTS,
    "blanks": 2,
    "printed_on": dt.date(2026, 3, 2),
    "back_url": "/x/",
}
PAGES: list[tuple[str, str, Context]] = [
    ("dossier/_form.html", "form", TAB),
    (
        "dossier/_form.html",
        "complete",
        {**TAB, "groups": TAB["groups"][:1], "doubts": [], "parts": PARTS[:1], "export_url": ""},
    ),
    ("dossier/print.html", "paper", PRINT),
    ("dossier/workbook.html", "all", WORKBOOK),
    ("dossier/workbook.html", "read only", {**WORKBOOK, "export_url": "", "upload_url": ""}),
]
