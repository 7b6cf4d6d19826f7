"""What every page has to hold, whatever it shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def is_fit(page: Page) -> None:
    """The page is accessible, and never wider than the screen of a clerk or a phone."""
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:80]) for v in violations] == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1440, "height": 900})
