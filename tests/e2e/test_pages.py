"""The page templates in a real browser under the strict policy: accessible, never wider than the screen, alive."""

from collections.abc import Callable
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import django_htmx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route

from tests.house import case_samples, figure_samples, page_samples, person_samples
from tests.house.test_components import PAGES, rendered
from tests.house.tree import SOURCE

ADDRESS = "http://pages.test/"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
STATIC = [*SOURCE.glob("*/static"), Path(django_htmx.__file__).parent / "static"]
WHOLE = [(name, shows, context) for name, shows, context in PAGES if "/_" not in name]
PERSON = ("people/person.html", person_samples.PERSON)

Open = Callable[..., Page]
Answer = Callable[[Route], None]


def answer(html: str, status: int = 200) -> dict[str, Any]:
    headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
    return {"status": status, "headers": headers, "body": html}


@pytest.fixture
def opened(page: Page) -> Open:
    """Open a sample page; what it asks of /x/ is answered by `reply`."""

    def static(route: Route) -> None:
        name = route.request.url.partition("/static/")[2]
        path = next(folder / name for folder in STATIC if (folder / name).exists())
        route.fulfill(body=path.read_bytes(), content_type=guess_type(name)[0] or "text/plain")

    def show(template: str, context: dict[str, Any], reply: Answer | None = None) -> Page:
        page.route(ADDRESS, lambda route: route.fulfill(**answer(rendered(template, context))))
        page.route(ADDRESS + "static/**", static)
        page.route(ADDRESS + "x/", reply or (lambda route: route.fulfill(status=204)))
        page.goto(ADDRESS)
        return page

    return show


@pytest.mark.parametrize(("template", "shows", "sample"), WHOLE, ids=[f"{t}:{s}" for t, s, _ in WHOLE])
def test_a_page_is_accessible_and_fits_every_screen(
    opened: Open, template: str, shows: str, sample: dict[str, Any]
) -> None:
    page = opened(template, sample)
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:80]) for v in violations] == [], shows
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 844})
        for size in ("large", ""):
            page.evaluate("size => document.documentElement.dataset.type = size", size)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, size)


def test_slash_goes_to_the_search_box(opened: Open) -> None:
    page = opened(*PERSON)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search-box"
    assert page.input_value("#search-box") == ""


def test_a_masked_value_asks_for_a_reason_first(opened: Open) -> None:
    posted: list[str | None] = []

    def reply(route: Route) -> None:
        shown = {**page_samples.REVEAL, "value": "330482196008030319"}
        posted.append(route.request.post_data if route.request.method == "POST" else None)
        told = route.request.method == "POST" and "reason=case" in (route.request.post_data or "")
        route.fulfill(**answer(rendered("people/_reveal.html", shown if told else page_samples.REVEAL)))

    page = opened(*PERSON, reply)
    page.click("button.reveal >> nth=0")
    page.wait_for_selector("#dialog[open]")
    assert page.locator("#dialog .value").count() == 0
    page.select_option("#id_reason", "case")
    page.click("#dialog-body button[type=submit]")
    assert page.inner_text("#dialog .value") == "330482196008030319"
    assert posted == [None, "csrfmiddlewaretoken=token&reason=case&note="]


def test_a_step_that_cannot_be_taken_back_is_asked_for_once(opened: Open) -> None:
    posted: list[str | None] = []

    def reply(route: Route) -> None:
        posted.append(route.request.post_data)
        route.fulfill(**answer("<p>ok</p>"))

    page = opened("cases/detail.html", case_samples.CASE, reply)
    page.check("input[name=outcome] >> nth=0")
    page.click("button[value=decide]")
    page.click("#confirm [value=no]")
    page.wait_for_selector("#confirm:not([open])", state="attached")
    assert posted == []
    page.click("button[value=decide]")
    page.click("#confirm [value=yes]")
    page.wait_for_url(ADDRESS + "x/")
    assert posted == ["csrfmiddlewaretoken=token&once=1f0c&outcome=yes&note=&verb=decide"]


def test_a_refusal_of_a_fragment_is_said_in_words(opened: Open) -> None:
    refused = rendered("portal/error.html", page_samples.FAULT)
    page = opened("cases/file.html", case_samples.FILING, lambda route: route.fulfill(**answer(refused, 409)))
    page.uncheck("input[value=RET-04]")
    assert page.inner_text(".toast") == "这件事还有没办完的子项。"


def test_a_number_of_the_report_opens_its_definition(opened: Open) -> None:
    figure = rendered("indicators/_figure.html", figure_samples.FIGURE)
    page = opened(
        "report/annual.html",
        {**figure_samples.REPORT, "definition": None},
        lambda r: r.fulfill(**answer(figure)),
    )
    page.set_viewport_size({"width": 390, "height": 844})
    page.click("a.number >> nth=0")
    page.wait_for_selector("#definition.sheet")
    assert page.inner_text("#definition h2 >> nth=0") == "网格化联系覆盖率"
    assert page.locator("a.number[aria-current]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("#definition.sheet").count() == 0


def test_large_type_is_remembered_and_the_drawer_opens_without_script(opened: Open) -> None:
    page = opened(*PERSON)
    page.click(".who summary")
    page.click("[data-act=type]")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.type") == "large"
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_selector(".nav", state="hidden")
    page.click(".menu summary")
    page.wait_for_selector(".nav", state="visible")
