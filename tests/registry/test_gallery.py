"""The gallery in a browser: accessible, never wider than the screen, usable by keyboard alone."""


import pytest
from playwright.sync_api import Page

from tests.registry import gallery

OFFICER = {"public": False, "404": False}


@pytest.mark.journey
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_the_gallery_is_accessible_and_never_scrolls_sideways(page: Page, axe, width: int, theme: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in gallery.PAGES:
        gallery.show(page, gallery.render(name, theme=theme, officer=OFFICER.get(name, True)))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        assert axe(page) == [], name


@pytest.mark.journey
def test_text_twice_as_large_does_not_scroll_sideways(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    for name in gallery.PAGES:
        gallery.show(page, gallery.render(name, officer=OFFICER.get(name, True)))
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name


@pytest.mark.journey
def test_an_area_is_picked_by_keyboard(page: Page) -> None:
    gallery.show(page, gallery.render("form"), areas=gallery.options())
    box = page.locator("#id_area")
    box.fill("หนองบัว")
    page.wait_for_selector("#id_area_list:not([hidden]) [role=option]")
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowDown")
    box.press("Enter")
    assert page.locator("input[type=hidden][name=area]").input_value() == "460205"
    assert "460205" in page.locator("[data-chosen]").first.inner_text()
    assert box.get_attribute("aria-expanded") == "false"


@pytest.mark.journey
def test_a_closed_button_sends_nothing(page: Page) -> None:
    gallery.show(page, gallery.render("form"))
    page.locator("form .btn[aria-disabled=true]").first.focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("/page")
