"""Every kind of page with the data of the demonstration: accessible, and never wider than a phone."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.tour import STOPS, Desk, Stop


@pytest.mark.parametrize("stop", STOPS, ids=[stop.name for stop in STOPS])
def test_it_is_accessible_and_fits_a_phone(desk: Desk, tmp_path: Path, stop: Stop) -> None:
    page = stop.go(desk, tmp_path)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        violations = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:80]) for v in violations] == [], width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
