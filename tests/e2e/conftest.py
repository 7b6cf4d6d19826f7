"""The browser of the e2e tests: the system's Chromium, in Chinese, and any console error fails the test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

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
    return {**browser_type_launch_args, "executable_path": path, "args": [*QUIET, "--disable-sync"]}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A clerk's screen; `page.set_viewport_size({"width": 390, "height": 844})` makes it a phone."""
    return {
        **browser_context_args,
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
    }


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page whose console stays silent: broken scripts and refused inline code show up there first."""
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # A refusal by the server (4xx) is an answer that tests ask for, not a fault of the page.
        if message.type == "error" and "status of 4" not in message.text:
            errors.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
