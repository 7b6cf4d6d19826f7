"""The kinds of pages and the way to each: what the screenshots show and what has to be accessible."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.story import (
    download,
    fill_template,
    id_number,
    import_people,
    open_person,
    soldier,
    upload,
    years_ago,
)

Desk = Callable[[str], Page]
PASSWORD = "Demo-Yizhou-1"
SOLDIER = "夏侯归田"


@dataclass(frozen=True)
class Stop:
    """A kind of page, by the name of its picture; `go` opens it at a desk, files go into the folder."""

    name: str
    go: Callable[[Desk, Path], Page]


def sign_in(page: Page, username: str) -> None:
    """Sign in with an account of the demonstration."""
    page.goto("/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("nav.nav a[aria-current=page]")).to_have_text("工作台")


def workbench(desk: Desk, folder: Path) -> Page:
    """Where a clerk begins."""
    return desk("wl-centre")


def people(desk: Desk, folder: Path) -> Page:
    """The list of people."""
    page = desk("wl-centre")
    page.goto("/people/")
    return page


def person(desk: Desk, folder: Path) -> Page:
    """Somebody who came home lately and whose matters are under way."""
    page = desk("wl-bureau")
    page.goto("/cases/bundles/?status=IN_PROGRESS")
    page.locator("#results tbody a").first.click()
    page.locator(".case-hero a").first.click()
    expect(page.locator(".axis")).to_be_visible()
    return page


def preview(desk: Desk, folder: Path) -> Page:
    """A file with faults, checked and not yet written."""
    page = desk("wl-centre")
    page.goto("/ledgers/import/?ledger=people")
    template = download(page, "下载空白模板", folder / "template.xlsx")
    wrong = soldier("夏侯错码", 863)
    rows = [
        soldier("夏侯平安", 861),
        {
            **wrong,
            "身份证号": f"{wrong['身份证号']}"[:17] + ("0" if f"{wrong['身份证号']}"[-1] != "0" else "1"),
        },
        soldier("夏侯数字", 865, 身份证号=int(id_number(years_ago(21), 865)[:15]) * 1000),
        soldier("夏侯闰日", 867, 出生日期="2003-02-30"),
        soldier("夏侯早入", 869, 入伍时间=years_ago(10).isoformat()),
    ]
    upload(page, fill_template(template, rows, folder / "芦汀街道十一月.xlsx"))
    return page


def filing(desk: Desk, folder: Path) -> Page:
    """返乡一件事 as one form for somebody just come home."""
    import_people(desk("wl-centre"), [soldier(SOLDIER, 871)], folder)
    page = desk("wl-window")
    open_person(page, SOLDIER)
    page.get_by_role("link", name="发起事项").click()
    page.select_option("#id_subject", "return_home")
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("input[name=legs]")).to_have_count(13)
    return page


def bundle(desk: Desk, folder: Path) -> Page:
    """返乡一件事 under way: the last but one of the list, begun some days ago."""
    page = desk("wl-window")
    page.goto("/cases/bundles/?status=IN_PROGRESS")
    rows = page.locator("#results tbody tr td:first-child a")
    rows.nth(max(rows.count() - 2, 0)).click()
    expect(page.locator(".case-hero")).to_be_visible()
    return page


def report(desk: Desk, folder: Path) -> Page:
    """The annual report with one of its numbers opened."""
    page = desk("wl-leader")
    page.goto("/reports/annual/")
    page.locator("a.number[href*=agent_cases]").first.click()
    expect(page.locator("#definition .figure")).to_be_visible()
    return page


def dashboard(desk: Desk, folder: Path) -> Page:
    """The leader's page, its map drawn."""
    return drawn(desk("wl-leader"), "/dashboard/")


def screen(desk: Desk, folder: Path) -> Page:
    """The wall of the hall."""
    return drawn(desk("wl-window"), "/screen/")


def drawn(page: Page, path: str) -> Page:
    """A page of charts, all of them drawn."""
    page.goto(path)
    for drawing in page.locator(".drawing").all():
        expect(drawing.locator("canvas")).to_be_visible()
    return page


STOPS = (
    Stop("workbench", workbench),
    Stop("people", people),
    Stop("person", person),
    Stop("import", preview),
    Stop("filing", filing),
    Stop("case", bundle),
    Stop("report", report),
    Stop("dashboard", dashboard),
    Stop("screen", screen),
)
