"""The story of a town station's clerk: a row written by hand, put right, taken out and back; a file that came too early."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.looks import is_fit
from tests.e2e.story import confirm, download, fill_template, import_people, soldier, today, upload
from tests.e2e.tour import Desk

VISITS, COMFORT = "走访联系台账", "慰问金(品)发放台账"


def arrived(page: Page, title: str) -> None:
    """The page of that title is there."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


def open_ledger(page: Page, title: str) -> None:
    """From the menu to the rows of a ledger."""
    page.get_by_role("link", name="台账导入导出").click()
    page.get_by_role("link", name=title, exact=True).click()
    arrived(page, title)


def pick(page: Page, label: str, text: str) -> None:
    """Type what one knows of somebody and choose the first that is found."""
    page.get_by_label(label).fill(text)
    found = page.locator(".field", has=page.get_by_label(label)).get_by_role("radio").first
    found.check()


def colleague(page: Page) -> str:
    """The name of somebody who works in the reader's area."""
    open_ledger(page, "工作人员与联络员台账")
    at = page.locator("#results thead th").all_inner_texts().index("姓名")
    return page.locator("#results tbody tr").first.locator("td").nth(at).inner_text()


def write_visit(page: Page, name: str) -> None:
    """A visit of today, filled as far as it has to be."""
    visitor = colleague(page)
    open_ledger(page, VISITS)
    is_fit(page)
    page.get_by_role("link", name="登记一条").click()
    arrived(page, "登记：")
    is_fit(page)
    pick(page, "服务对象身份证号", name)
    pick(page, "走访人身份证号", visitor)
    page.get_by_label("走访时间").fill(f"{today()}T00:00")
    page.get_by_label("走访目的").select_option("日常联系")
    page.get_by_label("联系方式").select_option(index=1)
    page.get_by_label("是否完成").select_option("是")
    page.get_by_role("button", name="登记").click()
    arrived(page, name)


def test_a_row_is_written_corrected_taken_out_and_put_back(desk: Desk, tmp_path: Path) -> None:
    centre, town = desk("wl-centre"), desk("lt-town")
    import_people(centre, [soldier("东方走访", 881)], tmp_path)
    write_visit(town, "东方走访")

    town.get_by_role("link", name="更正", exact=True).click()
    town.get_by_label("地点").fill("芦汀社区活动室")
    town.get_by_label("凭什么更正").fill("对照走访记录本")
    is_fit(town)
    town.get_by_role("button", name="保存更正").click()
    history = town.locator("section", has=town.get_by_role("heading", name="变动记录"))
    expect(history).to_contain_text("地点：（空） → 芦汀社区活动室")
    is_fit(town)

    town.get_by_label("作废原因").fill("与昨天那一行重复")
    town.get_by_role("button", name="作废这一行").click()
    town.locator("#confirm").get_by_role("button", name="确定").click()
    taken_out = town.get_by_role("row").filter(has_text="与昨天那一行重复")
    expect(taken_out).to_be_visible()
    expect(taken_out.get_by_role("button", name="恢复")).to_have_count(0)

    open_ledger(centre, VISITS)
    centre.get_by_role("link", name="作废记录").click()
    arrived(centre, "作废记录")
    centre.get_by_text("看内容").first.click()
    expect(centre.locator("td dl").first).to_contain_text("芦汀社区活动室")
    is_fit(centre)
    centre.get_by_role("row").filter(has_text="与昨天那一行重复").get_by_role("button", name="恢复").click()
    centre.locator("#confirm").get_by_role("button", name="确定").click()
    arrived(centre, "东方走访")
    told = centre.locator("section", has=centre.get_by_role("heading", name="变动记录")).locator(
        "li > :first-child"
    )
    verbs = [text.rpartition("：")[2] for text in told.all_inner_texts()]
    assert verbs == ["恢复", "作废", "更正", "登记"]


def payment(number: str, serial: int) -> dict[str, str | int | None]:
    """Comfort money paid today."""
    return {
        "发放编号": number,
        "对象身份证号": soldier("", serial)["身份证号"],
        "节点": "春节",
        "形式": "现金",
        "金额(元)": "500",
        "发放日期": today().isoformat(),
    }


def test_rows_of_people_who_are_not_there_yet_wait_for_them(desk: Desk, tmp_path: Path) -> None:
    centre, town = desk("wl-centre"), desk("lt-town")
    import_people(centre, [soldier("东方先到", 883)], tmp_path)
    town.goto("/ledgers/import/?ledger=comfort_payments")
    template = download(town, "下载空白模板", tmp_path / "blank.xlsx")
    rows = [payment(f"E2E-{serial}", serial) for serial in (883, 885, 887)]
    path = fill_template(template, rows, tmp_path / "春节慰问.xlsx")
    assert upload(town, path, "comfort_payments")["拒收"] == 2
    town.get_by_label(re.compile("有 2 行只差")).check()
    is_fit(town)
    assert confirm(town) == {"新增": 1, "更改": 0, "不变": 0, "拒收": 0, "提醒": 0}
    is_fit(town)
    town.get_by_role("link", name="有 2 行存入“待补引用”").click()
    arrived(town, "待补引用")
    is_fit(town)

    nobody = town.get_by_role("row").filter(has_text="E2E-887")
    nobody.get_by_text("不等了").click()
    is_fit(town)
    nobody.get_by_label("原因").fill("查无此人")
    nobody.get_by_role("button", name="放弃这一行").click()
    expect(nobody).to_have_count(0)

    import_people(centre, [soldier("东方后到", 885)], tmp_path)
    town.reload()
    expect(town.get_by_role("row").filter(has_text="E2E-885")).to_have_count(0)
    open_ledger(town, COMFORT)
    expect(town.get_by_role("row").filter(has_text="E2E-885")).to_contain_text("东方后到")
