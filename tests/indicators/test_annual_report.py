"""The annual report: on screen, as Word, as JSON; the same numbers everywhere, and the checks before signing."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest
import time_machine
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    TOWN,
    at,
    call,
    divisions,
    person,
    post,
    reception,
    station,
    visit,
    window,
)
from tests.indicators.people_of_the_house import signed_in
from tests.jobs.makers import employer
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden
from yizhou.events.recording import Concern, record
from yizhou.indicators.facts import facts
from yizhou.indicators.queries import UnknownArea, all_values, measure
from yizhou.indicators.report.build import NOTHING, Report, Wish, annual
from yizhou.indicators.report.checks import checks, findings
from yizhou.indicators.report.document import write_document
from yizhou.indicators.report.facts import form
from yizhou.indicators.report.write import UnknownSuffix, write_report
from yizhou.indicators.rules import Draft
from yizhou.orgs.queries import console_actor
from yizhou.petitions.models import Petition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    """Some of everything in both counties, in the year of the report and the one before."""
    divisions()
    east, west = person(e_archive_on="2025-05-01", archive_complete=True), person(household_area=FAR_VILLAGE)
    visit(east, "2025-02-01 09:00:00")
    visit(east, "2025-08-01 09:00:00")
    visit(west, "2024-08-01 09:00:00")
    here = station(**dict.fromkeys(("has_office", "has_hall"), True))
    station(level="COUNTY", area=COUNTY)
    post(here, "甲")
    window()
    window(area=OTHER)
    for month in range(1, 13):
        reception(f"2025-{month:02d}-28 23:59:59", persons=200, area=(COUNTY, OTHER, TOWN, CITY)[month % 4])
        reception(f"2024-{month:02d}-01 00:00:00", persons=100)
        call(
            f"2025-{month:02d}-15 09:00:00",
            closed_at=at(f"2025-{month:02d}-15 10:00:00"),
            due_on="2025-12-31",
        )


def texts(report: Report) -> dict[str, str]:
    return {sentence.id: sentence.text for sentence in report.sentences}


def city() -> Report:
    return annual(Wish(2025, CITY), console_actor())


def test_sentences_of_the_city() -> None:
    report = city()
    assert report.title == "示范市退役军人事务局关于2025年度退役军人服务保障工作情况的报告"
    said = texts(report)
    assert (
        said["A0-1"]
        == "2025年，示范市退役军人事务局以服务退役军人为主轴，部署四个坚持、五项工程、六个到位，全年工作情况如下。"
    )
    assert (
        said["A0-2"] == "截至2025年12月31日，全市在网管理的退役军人2人（与上年末持平），有效联系覆盖率0.0%。"
    )
    assert said["A1.3-1"] == "全年走访慰问退役老兵1人（与上年持平）。"
    assert said["A2.1-1"].endswith("村社站齐备率0.0%（0/1）。")
    assert said["A3.1-1"] == "期末启用窗口2个（与上年末持平），“一件事”联办事项13项。"
    assert said["A3.1-2"] == (
        "全年大厅来访2400人次（比上年增长100.0%）；热线受理12件，直接答复并办结12件，直接答复率100%。"
    )
    assert said["A3.1-3"] == "期内到期的热线工单按时办结率100%（12/12）。"
    assert said["A4.3-2"] == "一人一档到位率50.0%，一人一卡到位率0.0%。"
    assert said["A4.1-2"] == "全年信访来访—（台账未启用）人次。"


def test_a_section_without_business_keeps_its_heading() -> None:
    empty = {filled.section.id for filled in city().sections if filled.nothing}
    assert "A1" in empty
    assert "A3.1" not in empty
    assert NOTHING == "本期无此项业务记录。"


def test_a_county_gets_the_other_form_and_its_own_numbers() -> None:
    report = annual(Wish(2025, "339901", borrow=True), console_actor())
    said = texts(report)
    assert report.title == "东县退役军人事务局关于2025年度退役军人事务工作情况的报告"
    assert said["A3.1-2"].startswith("全年大厅来访1200人次（与上年持平）；热线受理12件")
    assert said["B3.1-1"] == "党员教育管理机制共6条，期末服务中心党支部0个。"
    assert "A3.1-2" not in texts(annual(Wish(2025, "339901"), console_actor()))


def test_a_ledger_that_another_area_uses_is_not_in_use_here() -> None:
    said = texts(annual(Wish(2025, OTHER, borrow=True), console_actor()))
    assert said["A3.1-3"] == "期内到期的热线工单按时办结率—（台账未启用）。"


def test_a_nought_of_a_ledger_nobody_uses_is_not_told() -> None:
    """Petitions are on file; whether the steps were walked nobody ever wrote down."""
    Petition.objects.create(
        petition_no="P1", registered_on="2025-03-01", closed_on="2025-04-01", persons=1, area=COUNTY
    )
    assert texts(city())["A4.1-1"].endswith("步骤齐备的占—（台账未启用）。")
    assert "台账未启用" not in texts(city())["A4.1-2"]


def test_a_number_that_is_there_proves_its_ledger() -> None:
    employer(resident_from="2025-01-01")
    assert measure("job_hotline_employers", city().scope).value == 1
    assert texts(city())["A3.2-1"].startswith("热线平台在驻或在招企业1家")


def test_every_number_of_the_json_is_that_of_the_indicators_command(tmp_path: Path) -> None:
    path = tmp_path / "annual.json"
    write_report(Wish(2025, CITY), path, console_actor())
    report = json.loads(path.read_text(encoding="utf-8"))
    values = all_values(FIRST, LAST, CITY)["values"]
    numbers = [n for section in report["sections"] for s in section["sentences"] for n in s["numbers"]]
    printed = [n for n in numbers if n["format"] not in ("nd", "yoy")]
    assert len(printed) > 60
    measured = 0
    for n in printed:
        of = {"num": "numerator", "den": "denominator"}.get(n["format"], "value")
        assert n["value"] == values[n["code"]].get(of) or n["reason"], n
        measured += n["value"] is not None
        assert (n["value"] is None) == bool(n["reason"])
        assert n["shown"].startswith("—（") == (n["value"] is None)
    assert measured > 30
    for section in report["sections"]:
        for sentence in section["sentences"]:
            assert " " not in sentence["text"]
            assert "None" not in sentence["text"]


def test_the_document_is_official_paper(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    report = write_report(Wish(2025, CITY), path, console_actor())
    document = docx.Document(str(path))
    page = document.sections[0]
    sizes = (page.page_width, page.page_height, page.top_margin, page.bottom_margin, page.left_margin)
    wanted = (Mm(210), Mm(297), Mm(37), Mm(35), Mm(28))
    assert all(abs(got - want) < Mm(0.1) for got, want in zip(sizes, wanted, strict=True))
    assert abs(page.right_margin - Mm(26)) < Mm(0.1)
    grid = page._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "580")
    normal = document.styles["Normal"]
    assert (normal.font.size, normal.paragraph_format.line_spacing) == (Pt(16), Pt(29))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[0] == report.title
    assert set(texts(report).values()) < set(said)


def fonts_of(paragraph: Any) -> set[tuple[str, str]]:
    found = [run._element.rPr.rFonts for run in paragraph.runs if run.text]
    return {(fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) for fonts in found}


def test_the_document_names_the_fonts_for_chinese_too(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    report = write_report(Wish(2025, CITY), path, console_actor())
    by_text = {paragraph.text: paragraph for paragraph in docx.Document(str(path)).paragraphs}
    for text, font in (
        (report.title, "方正小标宋简体"),
        ("三、五项工程", "黑体"),
        ("（一）联动办理的服务大厅", "楷体_GB2312"),
        (texts(report)["A3.1-1"], "仿宋_GB2312"),
    ):
        assert fonts_of(by_text[text]) == {(font, font)}
    indent = by_text[texts(report)["A3.1-1"]]._element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_document_numbers_its_pages_outside(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    write_report(Wish(2025, CITY), path, console_actor())
    document = docx.Document(str(path))
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((page.footer, 2), (page.even_page_footer, 0)):
        paragraph = footer.paragraphs[0]
        assert paragraph.text == "—  —"
        assert paragraph.alignment == side
        assert [e.text for e in paragraph._element.iter(qn("w:instrText"))] == ["PAGE"]


def test_a_report_upwards_has_a_red_head_and_a_recipient(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    report = replace(city(), heading=Draft(red_head=True, recipient="省退役军人事务厅", signer="周明"))
    write_document(report, [], path)
    head, _, line, *rest = docx.Document(str(path)).paragraphs
    assert (head.text, str(head.runs[0].font.color.rgb)) == ("示范市退役军人事务局文件", "FF0000")
    assert head.runs[0].font.size * len(head.text) <= Mm(156), "the head stands in one line"
    assert line.text.endswith("签发人：周明")
    order = [child.tag.rpartition("}")[2] for child in line._element.pPr]
    assert order == ["pBdr", "jc"]
    assert [p.text for p in rest[:5]] == ["", "", report.title, "", "省退役军人事务厅："]


def test_the_document_lists_definitions_of_what_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    report = write_report(Wish(2025, CITY), path, console_actor())
    tables = docx.Document(str(path)).tables
    table = next(
        table for table in tables if table.rows[0].cells[0].text == "序号" and len(table.columns) == 5
    )
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "指标", "数值", "口径", "来源"]
    assert len(rows) - 1 == len(report.codes)
    hall = next(row for row in rows if row[1] == "接待退役军人来访人次")
    assert (hall[2], hall[4]) == ("2400人次", "来访接待台账")


def test_the_document_carries_the_tables_of_its_chapters(tmp_path: Path) -> None:
    path = tmp_path / "annual.docx"
    report = write_report(Wish(2025, CITY), path, console_actor())
    document = docx.Document(str(path))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert [text for text in said if text.startswith(("附件", "　　　"))][:2] == [
        "附件：1. 分区划统计表",
        "　　　2. 指标口径与数据来源",
    ]
    assert {made.title for made in report.tables} < set(said)
    printed = [tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows]
    assert {row for made in report.tables for row in made.rows} <= set(printed)
    assert all(n.page_width < n.page_height for n in document.sections[:2])


def test_the_tables_have_their_page(client: PoliceClient) -> None:
    html = signed_in(client).get(f"/reports/annual/2025/tables/?area={CITY}").content.decode()
    assert "来访按月份和事由" in html
    assert "2400" in html
    assert client.get("/reports/annual/1999/tables/").status_code == 404


def test_every_indicator_is_told_in_a_report() -> None:
    """Each of the 165 stands in a sentence of at least one form, and is a number there, not only an aim."""
    sentences = [s for name in ("city", "county") for s in form(name).sentences.values()]  # type: ignore[arg-type]  # the two names
    told = {number.code for s in sentences for clause in s.clauses for number in clause.numbers}
    assert told == set(facts())
    assert len(told) == 165


def test_the_page_opens_every_number(client: PoliceClient) -> None:
    html = signed_in(client).get(f"/reports/annual/2025/?area={CITY}").content.decode()
    links = re.findall(r'<a class="number[^"]*" href="([^"]+)" title="(\w+)"', html)
    report = city()
    numbers = [piece for s in report.sentences for piece in s.pieces if piece.is_number]
    assert [code for _, code in links] == [piece.code for piece in numbers]
    assert ">2,400</a>" in html
    assert f"{len(numbers)} 处数字，{sum(piece.value is None for piece in numbers)} 处尚无来源" in html
    checks_url = re.search(r'hx-get="([^"]+/checks/[^"]*)"', html)
    assert checks_url
    assert "V01 必须成立" in client.get(checks_url[1].replace("&amp;", "&")).content.decode()
    for url, _ in links[:12]:
        card = client.get(url.replace("&amp;", "&"), headers={"HX-Request": "true"})
        assert card.status_code == 200
        plain = client.get(url.replace("&amp;", "&"))
        assert (plain.status_code, plain["Location"].split("?")[1]) == (
            302,
            url.split("?")[1].replace("&amp;", "&"),
        )


def test_the_key_figures_stand_above_the_report(client: PoliceClient) -> None:
    html = signed_in(client).get(f"/reports/annual/2025/?area={CITY}").content.decode()
    cards = re.findall(
        r'class="card kpi" href="([^"]+)">\s*<span class="label">([^<]+)</span>\s*<b>(.*?)</b>', html
    )
    assert [re.sub(r"<.*?>", "", shown) for _, _, shown in cards][:4] == ["2,400人次", "12件", "0.0%", "—"]
    assert len(cards) == 8
    assert "/indicators/hall_visit_times/?from=2025-01-01" in cards[0][0]
    assert "较 2024 年 +100.0%" in html
    assert 'class="card kpi"' not in client.get(f"/reports/monthly/2025/9/?area={CITY}").content.decode()


def test_files_from_the_browser(client: PoliceClient) -> None:
    signed_in(client)
    got = client.post(f"/reports/annual/2025/report.json?area={CITY}")
    assert json.loads(b"".join(got.streaming_content))["year"] == 2025
    assert client.post("/reports/annual/2025/report.docx").status_code == 200
    for path in ("2025/report.odt", "1999/report.docx", "2999/report.docx"):
        assert client.post(f"/reports/annual/{path}").status_code == 404
    assert client.get("/reports/annual/2999/").status_code == 404
    assert client.get("/reports/annual/").status_code == 302


def test_a_report_stays_inside_the_area(client: PoliceClient) -> None:
    signed_in(client, "TOWN_STATION", TOWN)
    assert client.get(f"/reports/annual/2025/?area={COUNTY}").status_code == 404
    assert "东镇退役军人事务局" in client.get("/reports/annual/2025/").content.decode()


def test_what_write_annual_refuses(tmp_path: Path) -> None:
    with pytest.raises(UnknownSuffix):
        write_report(Wish(2025, ""), tmp_path / "annual.odt", console_actor())
    with pytest.raises(UnknownArea):
        write_report(Wish(2025, "339999"), tmp_path / "annual.docx", console_actor())
    with pytest.raises(Forbidden):
        write_report(Wish(2025, ""), tmp_path / "annual.docx", Actor(None, "无权", areas=("",)))
    assert list(tmp_path.iterdir()) == []


def test_a_standalone_page_is_written(tmp_path: Path) -> None:
    path = tmp_path / "annual.html"
    write_report(Wish(2025, ""), path, console_actor())
    html = path.read_text(encoding="utf-8")
    assert "2,400" in html
    assert "签发前核对" in html
    assert "<script" not in html


def test_checks_that_can_be_made_hold() -> None:
    found = {finding.check.id: finding for finding in findings(city())}
    assert set(found) == {check.id for check in checks()}
    assert [name for name, finding in found.items() if finding.state == "late"] == []
    assert (found["V01"].compared, found["V01"].state) == (3, "ok")
    assert (found["V07"].compared, found["V07"].state) == (0, "")
    # months and divisions of receptions, calls and visits; chapters; platforms; items
    assert found["V10"].compared == 11
    assert found["V10"].unmeasured == 8


def test_a_check_that_does_not_hold_is_named() -> None:
    report = city()
    numbers = report.numbers
    numbers._known["hotline_direct_answered"] = (
        numbers.now("hall_visit_times"),
        numbers.before("hall_visit_times"),
    )
    found = {finding.check.id: finding for finding in findings(report)}
    assert found["V01"].state == "late"
    assert found["V01"].faults == (
        "热线直接答复办理件数 2,400 ≤ 热线受理件数 12",
        "热线直接答复率(派生)的分子 12 = 热线直接答复办理件数 2,400",
    )


def test_a_check_is_read_in_words(client: PoliceClient) -> None:
    html = signed_in(client).get(f"/reports/annual/2025/checks/?area={CITY}").content.decode()
    assert not re.findall(r"[a-z]+_[a-z_]+", re.sub(r"<[^>]+>", "", html))


def test_rows_that_came_after_the_period_want_an_explanation() -> None:
    """W4: everything of the year was entered later here; what was entered in time is not told."""
    late = reception("2025-06-01 09:00:00")
    record(console_actor(), "hall_reception.added", late, concern=Concern(area=late.area))
    found = {finding.check.id: finding for finding in findings(city())}
    told = "期末之后补录期内记录 1 条，其中来访接待台账 1 条"
    assert told in found["W4"].faults
    with time_machine.travel("2025-06-02 12:00:00+08:00"):
        assert not [text for text in {f.check.id: f for f in findings(city())}["W4"].faults if "补录" in text]
    in_time = reception("2025-06-03 09:00:00")
    with time_machine.travel("2025-06-04 12:00:00+08:00"):
        record(console_actor(), "hall_reception.added", in_time, concern=Concern(area=in_time.area))
    found = {finding.check.id: finding for finding in findings(city())}
    assert told in found["W4"].faults


def test_large_changes_want_an_explanation() -> None:
    found = {finding.check.id: finding for finding in findings(city())}
    assert found["W2"].state == "warn"
    assert found["W2"].faults == ("接待退役军人来访人次：上年 1200，本年 2400",)
