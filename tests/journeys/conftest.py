"""What the journeys share: a walk through a real site, with everything noticed on it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.walk import Walk
from tests.live import LiveSite


@pytest.fixture
def walk(
    site: LiveSite, browser: Browser, browser_context_args: dict[str, Any], axe: Callable[[Page], list[dict[str, Any]]]
) -> Iterator[Walk]:
    """Windows on the site of this test; the test fails at its end with the list of what was wrong on the way."""
    walking = Walk(site.url, browser, browser_context_args, axe)
    yield walking
    walking.close()
    assert walking.faults == [], "\n".join(sorted(set(walking.faults)))
