"""Makes docs/screenshots: the kinds of pages at 1440 and 390 px, in a real Chromium against a real server.

`python scripts/screenshots.py` fills a demonstration of its own and throws it away afterwards; `--home DIR` serves a
copy of one that is there. A picture is what a reader sees without scrolling; over 300 KB it is refused.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.tour import STOPS, Desk, sign_in
from tests.support.console import served, yizhou

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "screenshots"
LIMIT = 300 * 1024
HEIGHTS = {1440: 1000, 390: 844}
"""Height shown at each width."""


@contextmanager
def desks(browser: Browser, address: str) -> Iterator[Desk]:
    """Pages of browsers of their own, signed in by the name of an account."""
    contexts: list[BrowserContext] = []

    def sit_down(username: str) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": 1440, "height": HEIGHTS[1440]},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        sign_in(page, username)
        return page

    yield sit_down
    for context in contexts:
        context.close()


def take(page: Page, name: str, target: Path) -> None:
    """Store the picture at every width."""
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        page.wait_for_load_state("networkidle")
        file = target / f"{name}-{width}.png"
        page.screenshot(path=file, animations="disabled", caret="hide")
        size = file.stat().st_size
        print(f"{file.name:<22} {size // 1024:>4} KB")
        if size > LIMIT:
            sys.exit(f"{file.name} is larger than {LIMIT // 1024} KB")


def main(arguments: list[str]) -> None:
    """Fill a demonstration unless one is given, serve it, take every picture."""
    names = [stop.name for stop in STOPS]
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", type=Path, help="data directory of a demonstration that is there")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder of the pictures")
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(names)}; all by default")
    chosen = parser.parse_args(arguments)
    chosen.target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chosen.home:
            shutil.copytree(chosen.home, folder / "home")
        elif (filled := yizhou(folder / "home", ["demo"])).code:
            sys.exit(filled.err)
        with served(folder / "home") as (_, address), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            for stop in STOPS:
                if stop.name in (chosen.names or names):
                    with desks(browser, address) as desk:
                        take(stop.go(desk, folder), stop.name, chosen.target)
            browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
