"""The story of the leader: a number on the workbench, the rows behind it, the same number in the report on paper."""

import re
from pathlib import Path

import docx
from playwright.sync_api import Page, expect

from tests.e2e.story import download, import_people, soldier
from tests.e2e.tour import Desk

FILED = "全要素建档立卡人数"
YEAR = 2025


def test_a_number_opens_into_the_rows_it_was_counted_from(desk: Desk, tmp_path: Path) -> None:
    leader = desk("wl-leader")
    expect(leader.get_by_role("heading", level=1)).to_contain_text("沈若谷")
    before = figure(leader)
    names = ["司徒建档", "司徒立卡"]
    people = [soldier(name, serial) for name, serial in zip(names, (841, 843), strict=True)]
    import_people(desk("wl-centre"), people, tmp_path)
    assert figure(leader) == before + 2
    expect(leader.locator("#results")).to_contain_text(f"共 {before + 2} 条")
    rows = all_rows(leader)
    assert len(rows) == before + 2
    assert {name for name in names if any(name in row for row in rows)} == set(names)


def figure(page: Page) -> int:
    """Open the indicator from the list of all; its figure."""
    page.get_by_role("link", name="指标", exact=True).click()
    page.get_by_role("link", name=FILED).click()
    return int(page.locator(".figure .big").inner_text().split()[0].removesuffix("人"))


def all_rows(page: Page) -> list[str]:
    """The rows of every page of the list."""
    rows = page.locator("#results tbody tr").all_inner_texts()
    while link := page.locator("#results a", has_text="下一页").all():
        page.goto(link[0].get_attribute("href") or "")
        rows += page.locator("#results tbody tr").all_inner_texts()
    return rows


def test_a_rate_is_its_numerator_over_its_denominator(desk: Desk) -> None:
    page = desk("wl-leader")
    page.goto(f"/indicators/one_person_one_file_rate/?from={YEAR}-01-01&to={YEAR}-12-31")
    shown = page.locator(".figure .big").inner_text()
    tabs = page.get_by_role("navigation", name="分子与分母").get_by_role("link")
    expect(tabs).to_have_count(2)
    sizes = []
    for tab in tabs.all():
        tab.click()
        total = re.search(r"共 ([\d,]+) 条", page.locator("#results").inner_text())
        assert total
        sizes.append(int(total[1].replace(",", "")))
    assert 0 < sizes[0] < sizes[1]
    assert shown == f"{100 * sizes[0] / sizes[1]:.1f}%"


def test_the_report_on_screen_and_on_paper_tell_the_same(desk: Desk, tmp_path: Path) -> None:
    page = desk("wl-leader")
    page.goto(f"/reports/annual/{YEAR}/")
    number = page.locator("a.number[href*=agent_cases]").first
    shown = number.inner_text()
    assert int(shown.replace(",", "")) > 0
    sentence = page.locator("article p", has=number).inner_text()
    number.click()
    expect(page.locator("#definition h2").first).to_have_text("代办代跑件数(派生)")
    expect(page.locator("#definition .big")).to_contain_text(shown)
    paper = download(page, "Word 公文", tmp_path / "report.docx")
    lines = [re.sub(r"\s", "", line.text) for line in docx.Document(str(paper)).paragraphs]
    assert re.sub(r"\s", "", sentence) in lines
    page.locator("#definition").get_by_role("link", name="打开", exact=True).click()
    expect(page.locator(".figure .big")).to_contain_text(shown)
