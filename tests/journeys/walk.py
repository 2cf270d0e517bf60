"""People walking through the site in a browser, and everything wrong that is noticed on the way, told at the end."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override
from playwright.sync_api import APIResponse, Browser, BrowserContext, Page, Request, Response, expect

from registry.models import User

PHONE, TABLET, DESK = {"width": 360, "height": 740}, {"width": 820, "height": 1180}, {"width": 1280, "height": 900}
TALL = 4000
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Found = list[dict[str, Any]]
# What is said of a refusal's status (see _answered), and of a hint that was still asked for when the page was left.
NO_FAULTS = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


def session_of(user: User) -> str:
    """The cookie of a signed-in session of this user."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Walk:
    """A site and the people on it. `faults` gathers what no page may do: break, overflow, call elsewhere, fail axe."""

    def __init__(self, url: str, browser: Browser, context_args: dict[str, Any], axe: Callable[[Page], Found]) -> None:
        self.url, self.host = url, urlsplit(url).netloc
        self.browser, self.context_args, self.axe = browser, context_args, axe
        self.contexts: list[BrowserContext] = []
        self.faults: list[str] = []

    def enter(self, user: User | None = None, *, size: dict[str, int] = DESK, **context: Any) -> Page:
        """A fresh window, signed in as `user` by the session's cookie; a stranger's without one."""
        opened = self.browser.new_context(**{**self.context_args, "base_url": self.url, "viewport": size, **context})
        opened.set_default_timeout(15_000)
        if user is not None:
            opened.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": self.url}])
        self.contexts.append(opened)
        page = opened.new_page()
        page.on("console", lambda message: self._heard(page, message.type, message.text))
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: script error: {error}"))
        page.on("request", self._asked)
        page.on("response", self._answered)
        return page

    def look(self, page: Page, name: str, *, sizes: tuple[dict[str, int], ...] = (PHONE, DESK)) -> None:
        """Looks at a page in each width: nothing sticks out sideways, and axe finds nothing.

        The window is as tall as the page, so that a bar at its lower edge lies over nothing that could be scrolled out.
        """
        page.wait_for_load_state()
        before = page.viewport_size
        for size in sizes:
            page.set_viewport_size({**size, "height": TALL})
            over = page.evaluate(SIDEWAYS)
            if over > 0:
                self.faults.append(f"{name} at {size['width']}: {over} px too wide ({page.url})")
            for violation in self.axe(page):
                nodes = [" ".join(node["target"]) for node in violation["nodes"]][:3]
                self.faults.append(f"{name} at {size['width']}: axe {violation['id']} at {nodes} ({page.url})")
        page.set_viewport_size(before)

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def _heard(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and not text.startswith(NO_FAULTS):
            self.faults.append(f"{page.url}: console: {text}")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.faults.append(f"a request to another host: {request.url}")

    def _answered(self, response: Response) -> None:
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind not in ("document", "xhr", "fetch")):
            self.faults.append(f"{response.status} for {response.url} ({kind})")


def sign_in(page: Page, username: str, password: str) -> None:
    """Through the form at the door."""
    page.goto("/login/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    page.get_by_role("button", name="เข้าสู่ระบบ").click()


def weigh(page: Page, address: str) -> int:
    """The bytes that a first visit to the address brings over the line: every body as it is served, compressed or not."""
    asked: list[Request] = []

    def finished(request: Request) -> None:  # Playwright marks what it is given, and a built-in method takes no mark
        asked.append(request)

    page.on("requestfinished", finished)
    page.goto(address, wait_until="networkidle")
    return sum(request.sizes()["responseBodySize"] for request in asked)


def answer(page: Page, act: Callable[[], Any]) -> Response:
    """The document that `act` (a click that sends a form) leads to, before any redirect is followed."""
    with page.expect_response(lambda found: found.request.resource_type == "document") as caught:
        act()
    page.wait_for_load_state()
    return caught.value


def refused(page: Page, act: Callable[[], Any], sentence: str, status: int = 422) -> None:
    """`act` leads to a page of that status which says `sentence`."""
    assert answer(page, act).status == status, page.url
    says(page, sentence)


def in_thai(msgid: str, **places: object) -> str:
    """What the site says in Thai for this message; fails when it has no Thai."""
    with override("th"):
        words = gettext(msgid)
    assert words != msgid, f"no Thai for {msgid!r}"
    return words % places if places else words


def says(page: Page, *sentences: str) -> None:
    for sentence in sentences:
        expect(page.locator("main")).to_contain_text(sentence)


def press(page: Page, words: str) -> None:
    """Presses the one button or link of this name in the page's own part."""
    page.locator("main").locator("button:not([aria-hidden=true]), a").filter(has_text=words).first.click()
    page.wait_for_load_state()


def posted(page: Page, form: str, **changes: str) -> APIResponse:
    """Sends the form at the selector as it stands, with `changes`, beside the page; redirects are not followed."""
    fields = page.eval_on_selector(form, "form => Object.fromEntries(new FormData(form))")
    action = page.eval_on_selector(form, "form => form.action")
    return page.request.post(action, form={**fields, **changes}, max_redirects=0)
