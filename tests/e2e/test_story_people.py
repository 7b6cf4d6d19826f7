"""The story of the county centre's clerk: a ledger with faults goes in, a person is found, a number is revealed."""

from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.e2e.story import (
    PEOPLE,
    confirm,
    download,
    fill_template,
    id_number,
    import_people,
    search,
    soldier,
    upload,
    years_ago,
)
from tests.e2e.tour import Desk

GOOD = [soldier(name, serial) for name, serial in (("欧冶归程", 811), ("欧冶望乡", 813), ("欧冶知返", 815))]
WRONG_CHECK = soldier("欧冶错码", 817)
ROUNDED = soldier("欧冶数字", 819)
NO_SUCH_DAY = soldier("欧冶闰日", 821, 出生日期="2003-02-30")


def faulty() -> list[dict[str, str | int | None]]:
    """Three good rows, and three that a station really sends in."""
    number = str(WRONG_CHECK["身份证号"])
    wrong = "0" if number[-1] != "0" else "1"
    return [
        *GOOD,
        {**WRONG_CHECK, "身份证号": number[:17] + wrong},
        # What a spreadsheet keeps of 18 digits typed as a number: the last three are gone.
        {**ROUNDED, "身份证号": int(id_number(years_ago(21), 819)[:15]) * 1000},
        NO_SUCH_DAY,
    ]


def test_a_faulty_ledger_is_checked_corrected_and_taken_in(desk: Desk, tmp_path: Path) -> None:
    page = desk("wl-centre")
    page.get_by_role("link", name="台账导入导出").click()
    page.get_by_role("row").filter(has_text=PEOPLE).get_by_role("link", name="导入").click()
    template = download(page, "下载空白模板", tmp_path / "template.xlsx")
    path = fill_template(template, faulty(), tmp_path / "芦汀街道.xlsx")

    assert upload(page, path) == {"新增": 3, "更改": 0, "不变": 0, "拒收": 3, "提醒": 3}
    refused = page.locator("table tbody tr").filter(has_text="拒收").all_inner_texts()
    told = [line.split("\t")[:3] for line in refused]
    assert told == [
        ["5", "身份证号", "拒收 ID_FORMAT"],
        ["6", "身份证号", "拒收 ID_FORMAT"],
        ["7", "出生日期", "拒收 TYPE"],
    ]
    assert "Excel 已把后面的位数改掉" in refused[1]
    errors = download(page, "下载错误文件", tmp_path / "errors.xlsx")
    assert confirm(page) == {"新增": 3, "更改": 0, "不变": 0, "拒收": 3, "提醒": 3}

    corrected = correct(errors, tmp_path / "corrected.xlsx")
    assert upload(page, corrected) == {"新增": 3, "更改": 0, "不变": 0, "拒收": 0, "提醒": 0}
    assert confirm(page) == {"新增": 3, "更改": 0, "不变": 0, "拒收": 0, "提醒": 0}
    expect(page.get_by_text("全部写入，没有出错的行。")).to_be_visible()

    assert upload(page, corrected) == {"新增": 0, "更改": 0, "不变": 3, "拒收": 0, "提醒": 0}
    expect(page.get_by_role("button", name="没有可写入的行")).to_be_disabled()


def correct(errors: Path, target: Path) -> Path:
    """The rejected rows put right on the second sheet of the errors file, the rest left as it came."""
    book = openpyxl.load_workbook(errors)
    assert book.sheetnames == ["问题", "被拒的行"]
    sheet = book["被拒的行"]
    headers = [cell.value for cell in sheet[1]]
    right = [WRONG_CHECK, ROUNDED, soldier("欧冶闰日", 821)]
    assert [cell.value for cell in sheet["B"]] == ["姓名", *(row["姓名"] for row in right)]
    for at, row in enumerate(right, start=2):
        for header in ("身份证号", "出生日期"):
            sheet.cell(at, headers.index(header) + 1, row[header])
    book.save(target)
    return target


def test_a_person_is_found_from_anywhere_and_a_look_at_the_number_is_logged(
    desk: Desk, tmp_path: Path
) -> None:
    page = desk("wl-centre")
    somebody = soldier("澹台寻踪", 823, years_ago(23), 联系电话="13977318246")
    import_people(page, [somebody], tmp_path)
    number = str(somebody["身份证号"])
    found = [search(page, text) for text in ("8246", "澹台寻踪", "寻踪", "ttxz", "tantaixunzong", number)]
    assert found == [["澹台寻踪"]] * 6
    uid = page.url.rstrip("/").rpartition("/")[2]
    expect(page.locator(".facts")).to_contain_text(f"{number[:6]}********{number[-4:]}")
    expect(page.locator("main")).not_to_contain_text(number)

    page.get_by_role("button", name="查看").first.click()
    dialog = page.locator("#dialog")
    dialog.get_by_role("button", name="查看身份证号").click()
    assert dialog.locator(".value").count() == 0, "no reason, no number"
    page.select_option("#id_reason", index=1)
    page.fill("#id_note", "核对优待证照片")
    dialog.get_by_role("button", name="查看身份证号").click()
    expect(dialog.locator(".value")).to_have_text(number)
    dialog.get_by_text("关闭", exact=True).click()

    auditor = desk("wl-auditor")
    auditor.goto(f"/log/?kind=person.revealed&person={uid}")
    rows = auditor.locator("main tbody tr")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("许望舒")
    expect(rows).to_contain_text("核对优待证照片")
    expect(auditor.locator("main")).not_to_contain_text(number)
