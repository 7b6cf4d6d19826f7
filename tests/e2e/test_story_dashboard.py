"""The story of the leader's page: charts drawn from their tables, every number opens, the wall renews itself."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.conftest import County
from tests.e2e.tour import Desk, drawn, sign_in

COLOURS = """canvas => {
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data, seen = new Set();
  for (let at = 0; at < data.length; at += 40) if (data[at + 3]) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
  return seen.size;
}"""
"""How many colours a drawing has: an empty one has none."""
MIDDLE = {"x": 300, "y": 200}


def colours(drawing: Locator) -> int:
    return int(drawing.locator("canvas").first.evaluate(COLOURS))


def figure_of(page: Page, title: str) -> Locator:
    return page.locator("figure.chart", has=page.locator("caption", has_text=title))


def test_every_chart_is_drawn_over_a_table_that_the_keyboard_opens(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    figures = page.locator("figure.chart").all()
    assert len(figures) == 4
    for figure in figures:
        assert colours(figure) > 2
        table = figure.locator("table")
        expect(table).to_be_hidden()
        figure.locator("summary").focus()
        page.keyboard.press("Enter")
        expect(table).to_be_visible()
        assert figure.locator("tbody tr").count() > 2


def test_a_number_opens_its_indicator_and_says_the_same(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    card = page.locator("a.kpi", has_text="接待退役军人来访人次")
    shown = re.sub(r"\s", "", card.locator("b").inner_text())
    card.click()
    assert re.sub(r"\s", "", page.locator(".figure .big").inner_text()) == shown


def test_a_month_of_a_chart_opens_that_month(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    figure = figure_of(page, "来访、热线与走访")
    figure.locator("summary").click()
    cell = figure.locator("tbody tr").nth(2).locator("td").first
    shown = cell.inner_text()
    cell.locator("a").click()
    expect(page).to_have_url(re.compile("from=2025-03-01&to=2025-03-31"))
    assert page.locator(".figure .big").inner_text().startswith(shown)


def test_the_map_leads_down_to_towns_and_villages_and_ends_there(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    expect(page.locator("#places .source")).to_contain_text("示例边界")
    expect(page.locator("#places .source")).to_contain_text("审图号：待部署单位填写")
    page.locator("#places .drawing").click(position=MIDDLE)
    expect(page).to_have_url(re.compile("area=339902"))
    expect(page.locator("#places .drawing canvas")).to_be_visible()
    page.locator("#places summary").click()
    page.locator("#places tbody th a").first.click()
    expect(page.locator("#places")).to_have_count(0)


def test_another_indicator_is_drawn_on_the_same_map(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    page.get_by_role("link", name="低收入退役(现役)军人家庭户数").click()
    expect(page.locator("#places h2")).to_have_text("各区划：低收入退役(现役)军人家庭户数")
    expect(page.locator("#places .drawing canvas")).to_be_visible()


def test_what_is_late_opens_as_a_list(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    line = page.locator(".lines li", has_text="超期未办结的办件")
    count = int(re.sub(r"\D", "", line.locator(".tag").inner_text()))
    line.locator("a").click()
    expect(page.locator("#results tbody tr")).to_have_count(count)


def test_without_script_the_tables_stand_open(browser: Browser, county: County) -> None:
    context = browser.new_context(base_url=county.address, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, "wl-leader")
    page.goto("/dashboard/")
    for table in page.locator("figure.chart table").all():
        expect(table).to_be_visible()
    expect(page.locator(".drawing").first).to_be_hidden()
    context.close()


def test_the_wall_renews_itself_and_draws_again(desk: Desk) -> None:
    page = drawn(desk("wl-window"), "/screen/")
    before = page.locator(".wall time").inner_text()
    page.evaluate("document.querySelector('.wall time').textContent = '很久以前'")
    page.evaluate(
        "window.htmx.ajax('GET', '/screen/', {source: '#wall', target: '#wall', swap: 'outerHTML', select: '#wall'})"
    )
    expect(page.locator(".wall time")).not_to_have_text("很久以前")
    assert page.locator(".wall time").inner_text() >= before
    for figure in page.locator("figure.chart").all():
        expect(figure.locator("canvas").first).to_be_visible()
        assert colours(figure) > 2


def test_on_paper_the_tables_are_open(desk: Desk) -> None:
    page = drawn(desk("wl-leader"), "/dashboard/")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".chart details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".chart details[open]").count() == 0
