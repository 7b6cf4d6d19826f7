"""What the stories share: rows of the people ledger, workbooks, the way of a file through the import pages."""

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
from playwright.sync_api import Page, expect

from yizhou.core.id_numbers import check_character

PEOPLE = "退役军人和优抚对象信息采集台账"
AREA = "339902"
TOWN_NAME = "芦汀街道"
VILLAGE = f"{AREA}001001"
Cell = str | int | None
Row = dict[str, Cell]


def today() -> dt.date:
    """The day at the place of the county."""
    return dt.datetime.now(ZoneInfo("Asia/Shanghai")).date()


def years_ago(years: int, days: int = 0) -> dt.date:
    """A day in the past; the 29th of February counts as the 28th."""
    now = today() - dt.timedelta(days=days)
    return now.replace(year=now.year - years, day=min(now.day, 28))


def soldier(name: str, serial: int, born: dt.date | None = None, **cells: Cell) -> Row:
    """A row of somebody who came home ten days ago after two years, is on the file, and looks for work.

    `serial` is the three digits of the identity number: odd for men.
    """
    born = born or years_ago(21)
    home = f"{TOWN_NAME}芦汀社区桂花里{serial}号"
    row: Row = {
        "身份证号": id_number(born, serial),
        "姓名": name,
        "性别": "男",
        "出生日期": born.isoformat(),
        "民族": "汉族",
        "户籍地区划": VILLAGE,
        "户籍地址": home,
        "常住地区划": VILLAGE,
        "常住地址": home,
        "户号": f"E2E{serial}",
        "户口类型": "城镇",
        "联系电话": f"139{serial:08d}",
        "政治面貌": "共青团员",
        "婚姻状况": "未婚",
        "学历": "专科教育",
        "健康状况": "健康或良好",
        "人员类别": "自主就业退役士兵",
        "入伍时间": years_ago(2, days=40).isoformat(),
        "退役时间": (today() - dt.timedelta(days=10)).isoformat(),
        "部队代号": "31234",
        "军兵种": "陆军",
        "退役军衔": "上等兵",
        "安置方式": "自主就业",
        "开户账号": "6222021203000000009",
        "就业状况": "失业",
        "养老保险": "城乡居民",
        "医疗保险": "城乡居民",
        "联系类别": "一般",
        "采集日期": (today() - dt.timedelta(days=5)).isoformat(),
        "建档日期": (today() - dt.timedelta(days=4)).isoformat(),
        "档案要件齐全": "是",
    }
    return {**row, **cells}


def id_number(born: dt.date, serial: int) -> str:
    """An identity number with the right check character."""
    first = f"{AREA}{born:%Y%m%d}{serial:03d}"
    return first + check_character(first)


def fill_template(template: Path, rows: Sequence[Row], target: Path) -> Path:
    """The rows in the blank template, as somebody with a spreadsheet program fills it."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for at, row in enumerate(rows, start=2):
        for header, value in row.items():
            sheet.cell(at, headers.index(header) + 1, value)
    book.save(target)
    return target


def download(page: Page, words: str, target: Path) -> Path:
    """Press the link or the button with these words and keep the file."""
    with page.expect_download() as begun:
        page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first.click()
    begun.value.save_as(target)
    return target


def upload(page: Page, path: Path, ledger: str = "people") -> dict[str, int]:
    """Hand in a file and wait for the preview; its counts."""
    page.goto(f"/ledgers/import/?ledger={ledger}")
    page.set_input_files("#id_file", path)
    page.get_by_role("button", name="上传并检查").click()
    expect(page.get_by_role("heading", name=re.compile("^核对："))).to_be_visible(timeout=30_000)
    return counts(page)


def confirm(page: Page) -> dict[str, int]:
    """Have the previewed rows written and wait for the end; its counts."""
    page.get_by_role("button", name=re.compile(r"^写入 \d+ 行$")).click()
    expect(page.get_by_role("heading", name=re.compile("^导入完成："))).to_be_visible(timeout=30_000)
    return counts(page)


def counts(page: Page) -> dict[str, int]:
    """The five numbers of a preview or a result."""
    boxes = page.locator(".counts > div")
    return {
        box.locator("span").inner_text(): int(box.locator("b").inner_text().replace(",", ""))
        for box in boxes.all()
    }


def import_people(page: Page, rows: Sequence[Row], folder: Path) -> None:
    """People into the file, the whole way through the browser."""
    page.goto("/ledgers/import/?ledger=people")
    template = download(page, "下载空白模板", folder / "template.xlsx")
    assert upload(page, fill_template(template, rows, folder / "people.xlsx"))["新增"] == len(rows)
    assert confirm(page)["新增"] == len(rows)


def search(page: Page, text: str) -> list[str]:
    """Type it into the search box after `/`: names of the hits, or of the one whose page opens at once."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if "/search/" in page.url:
        return page.locator("main .lines li a b").all_inner_texts()
    return [page.locator("h1").inner_text().split()[0]]


def open_person(page: Page, name: str) -> None:
    """Search for somebody with a rare name and open the page."""
    assert search(page, name) == [name]
    page.locator("main").get_by_role("link", name=name).click()
    expect(page.locator(".facts")).to_be_visible()
