"""The browser of the journeys: the machine's Chromium in Thai, that reaches nothing but this machine."""

import os
import shutil
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)  # fmt: skip
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],  # what passed is only counted, not described: a third of the time
}
MISSING = "no Chromium on this machine: install it, or name it in CHROMIUM; nothing was tried in a browser"


def chromium() -> str | None:
    """The path of a Chromium, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser to start; without one the test is skipped, and fails where the tests are the gate."""
    found = chromium()
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return {**browser_type_launch_args, "executable_path": found, "args": list(SWITCHES)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in Thailand."""
    return {**browser_context_args, "locale": "th-TH", "timezone_id": "Asia/Bangkok"}


@pytest.fixture
def axe() -> Callable[[Page], list[dict[str, Any]]]:
    """What axe finds wrong on a page by WCAG 2.2 A and AA: a list, empty when nothing."""

    def violations(page: Page) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = Axe().run(page, options=STANDARD).response["violations"]
        return found

    return violations


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly when the journeys could not be tried."""
    if not chromium():
        terminalreporter.write_line(MISSING.upper(), red=True, bold=True)
