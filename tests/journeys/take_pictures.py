"""Takes the README's pictures anew from a site with the sample: `.venv/bin/python -m tests.journeys.take_pictures URL`."""

import json
import os
import re
import sys
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from registry.thai import year_be
from tests.browser import SWITCHES, chromium

HERE = Path(__file__).parent / "pictures"
HOME = Path(os.environ.get("OTOP_HOME", HERE.parents[2] / ".otop"))
# Picture, who looks, width and height, then addresses; an address that is a pattern is the first link on the page that fits.
PICTURES: tuple[tuple[str, str, int, int, tuple[str, ...]], ...] = (
    ("home", "", 1280, 900, ("/",)),
    ("catalogue", "", 1280, 900, ("/products/",)),
    ("product", "", 1280, 900, ("/products/?stars=5", r"/products/\w{8}/")),
    ("product", "", 360, 740, ("/products/?stars=5", r"/products/\w{8}/")),
    ("report", "", 1280, 900, ("/reports/{finished}/",)),
    ("worklist", "amphoe", 1280, 900, ("/work/",)),
    ("import", "amphoe", 1280, 900, ("/imports/", r"/imports/\w{8}/")),
    ("ranking", "amphoe-chair", 1280, 900, ("/rounds/{running}/panels/", r"/panels/\w{8}/")),
    ("forum", "amphoe", 360, 740, ("/rounds/{running}/forums/",)),
    ("sheet", "judge3", 820, 1100, ("/work/", r"/panels/\w{8}/sheets/", r"/panels/\w{8}/sheets/\w+/\w+/")),
)


def main(url: str) -> None:
    """Writes every picture; an address or link that is not there ends it with an error that names the picture."""
    logins = json.loads((HOME / "sample-logins.json").read_text())
    passwords = {row["username"]: row["password"] for row in logins}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(SWITCHES))
        for name, user, width, height, way in PICTURES:
            page = entered(browser, url, (width, height), user, passwords)
            follow(page, name, way)
            page.screenshot(path=str(HERE / f"{name}-{width}.png"))
            page.context.close()
        browser.close()


def entered(browser: Browser, url: str, size: tuple[int, int], user: str, passwords: dict[str, str]) -> Page:
    """A Thai window of that size, signed in when a user is named."""
    context = browser.new_context(base_url=url, viewport={"width": size[0], "height": size[1]}, locale="th-TH")
    page = context.new_page()
    if user:
        page.goto("/login/")
        page.fill("#id_username", user)
        page.fill("#id_password", passwords[user])
        page.get_by_role("button", name="เข้าสู่ระบบ").click()
        page.wait_for_url(lambda address: "/login/" not in address)
    return page


def follow(page: Page, name: str, way: tuple[str, ...]) -> None:
    """Goes from address to address."""
    for step in way:
        if "\\" in step:
            found = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
            step = next((link for link in found if link and re.fullmatch(step, link)), "")  # noqa: PLW2901
            if not step:
                raise SystemExit(f"picture {name}: no such link on {page.url}")
        elif "{finished}" in step:
            step = step.format(finished=year_be(date.today()) - 2)  # noqa: PLW2901 (the sample's last round that ended)
        elif "{running}" in step:
            page.goto("/rounds/")
            found = page.eval_on_selector_all("main a", "links => links.map(link => link.getAttribute('href'))")
            keys = [match[1] for link in found if (match := re.fullmatch(r"/rounds/(\d{4})/", link or ""))]
            step = step.format(running=max(keys))  # noqa: PLW2901
        answer = page.goto(step, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise SystemExit(f"picture {name}: {step} answers {answer and answer.status}")


if __name__ == "__main__":
    main(sys.argv[1])
