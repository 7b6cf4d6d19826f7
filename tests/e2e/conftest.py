"""The browser of the e2e tests: the system's Chromium, in Chinese, and any console error fails the test."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.e2e.tour import Desk, sign_in
from tests.support.console import served, yizhou

HERE = Path(__file__).parent
QUIET = ("--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder is an e2e test, so that no file forgets to say so."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the installed Chromium; nothing is downloaded."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium found (apt-get install chromium)")
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": [*QUIET, "--disable-sync"],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A clerk's screen; `page.set_viewport_size({"width": 390, "height": 844})` makes it a phone."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
    }


def listen_to(page: Page, errors: list[str]) -> None:
    """Note what the page complains about: broken scripts and refused inline code show up there first."""

    def listen(message: ConsoleMessage) -> None:
        # A refusal by the server (4xx) is an answer that tests ask for, not a fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            errors.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose console stays silent."""
    errors: list[str] = []
    listen_to(page, errors)
    yield page
    assert errors == []


@dataclass(frozen=True)
class County:
    """A running demonstration: its data directory and its address."""

    home: Path
    address: str


@pytest.fixture(scope="session")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A real `yizhou serve` over a small demonstration in a data directory of its own; killed at the end."""
    home = tmp_path_factory.mktemp("county") / "home"
    filled = yizhou(home, ["demo", "--people", "300", "--year", "2025"])
    assert filled.code == 0, filled.err
    with served(home) as (_, address):
        yield County(home, address)


@pytest.fixture
def desk(browser: Browser, browser_context_args: dict[str, Any], county: County) -> Iterator[Desk]:
    """Sit down at a desk: `desk("wl-window")` is a page of a browser of its own, signed in. Consoles stay silent."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def sit_down(username: str) -> Page:
        context = browser.new_context(**browser_context_args, base_url=county.address)
        contexts.append(context)
        page = context.new_page()
        listen_to(page, errors)
        if username:
            sign_in(page, username)
        return page

    yield sit_down
    for context in contexts:
        context.close()
    assert errors == []
