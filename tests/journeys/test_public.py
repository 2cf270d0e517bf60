"""A stranger finds a product: from the front page to the marks behind its star, on a phone, with and without scripts."""

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from otop.children import Child
from registry.thai import year_be
from selection.models import YearlyReport
from tests import make
from tests.journeys.walk import PHONE, Walk, weigh
from tests.live import LiveSite
from tests.selection.listings import announced, listed
from tests.selection.make import today

pytestmark = pytest.mark.journey
PATIENCE = 40  # seconds for the worker
MOST_BYTES = 100 * 1024
LOOKS = [("light", 320), ("light", 768), ("light", 1280), ("dark", 320)]


@pytest.fixture
def product(own_db: Any) -> str:
    """An announced product among others; gives its public id."""
    won = announced()
    for number in range(30):
        listed(f"ผ้าไหมมัดหมี่ลายที่ {number}", code=make.ELSEWHERE, stars=1 + number % 5)
    return won[0].public_id


def phone(browser: Browser, site: LiveSite, **rest: Any) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="th-TH", base_url=site.url, **rest)
    return context.new_page()


def test_a_stranger_finds_a_product_without_scripts(browser: Browser, product: str, site: LiveSite) -> None:
    page = phone(browser, site, java_script_enabled=False)
    page.goto("/")
    page.locator("#q").fill("ผ้าขิด หนองบัว")
    page.locator(".hero .seek .btn").click()
    expect(page.locator(".res .prod")).to_have_count(3)
    page.locator(".to-facets a").click()
    page.locator("#facets input[name=stars][value='5']").check()
    page.locator("#facets .acts .btn").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".res .prod")).to_have_count(3)
    page.locator(f".res a[href='/products/{product}/']").click()
    expect(page.locator(".sumline")).to_contain_text("27.00 + 27.00 + 36.00 = 90.00")
    page.locator(".place a").last.click()
    expect(page).to_have_url(f"{site.url}/areas/{make.PROVINCE}/")
    page.locator(f"main a[href='/areas/{make.PARENT}/']").click()
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".res .prod")).to_have_count(5)


def test_a_certificate_is_checked_by_its_number(browser: Browser, product: str, site: LiveSite) -> None:
    page = phone(browser, site)
    page.goto(f"/products/{product}/")
    number = page.locator(".cert-no").inner_text()
    page.goto("/")
    page.locator("#cn").fill(number)
    page.locator(".check .btn").click()
    expect(page.locator(".res .prod")).to_have_count(1)
    expect(page.locator(f".res a[href='/products/{product}/']")).to_be_visible()


def test_a_place_is_picked_by_typing(browser: Browser, product: str, site: LiveSite) -> None:
    page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="th-TH", base_url=site.url).new_page()
    page.goto("/products/")
    page.locator("input[name=area_typed]").press_sequentially("หนองบัว นามน", delay=20)
    page.locator(f"[role=option][data-code='{make.HOME}']").click()
    page.locator("#facets .acts .btn").first.click()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".res .prod")).to_have_count(3)


def test_public_pages_are_open_to_everyone(
    browser: Browser, product: str, site: LiveSite, axe: Callable[[Page], list[dict[str, Any]]]
) -> None:
    paths = [
        "/", "/en/", "/products/", "/products/?stars=5&q=ไม่มีคำนี้", "/products/?area_typed=หนองบัว&stars=99", f"/products/{product}/",
        f"/en/products/{product}/", "/areas/", f"/areas/{make.PROVINCE}/", f"/en/areas/{make.HOME}/", "/products/00000000/",
    ]  # fmt: skip
    for theme, width in LOOKS:
        page = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=theme, locale="th-TH", base_url=site.url
        ).new_page()
        for path in paths:
            page.goto(path)
            assert axe(page) == [], (path, width, theme)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


def test_public_pages_keep_to_themselves_and_are_light(product: str, walk: Walk) -> None:
    """No fault in the console, no request to another host, and a first visit weighs little (bodies as they are served)."""
    for address in ("/", "/products/", f"/products/{product}/"):
        weight = weigh(walk.enter(size=PHONE), address)
        assert weight <= MOST_BYTES, f"{address}: {weight:,} bytes"


def test_searching_in_english(product: str, walk: Walk) -> None:
    page = walk.enter(size=PHONE)
    page.goto("/en/")
    page.locator("#q").fill("ผ้าขิด หนองบัว")
    page.locator(".hero .seek .btn").click()
    expect(page.locator(".res .prod")).to_have_count(3)
    expect(page.locator(".res-head h2")).to_contain_text("3 items")
    page.locator(f".res a[href='/en/products/{product}/']").click()
    expect(page.locator("main")).to_contain_text("Which marks this star came from")
    page.goto("/en/products/?q=nothing+like+this")
    expect(page.locator(".empty")).to_contain_text("Nothing listed holds all the words")


def test_a_year_is_counted_from_its_page(product: str, walk: Walk, worker: Child) -> None:
    """A central officer asks, a worker counts, a stranger reads the figures and takes the table home."""
    year = year_be(today())
    officer = walk.enter(make.central_officer())
    officer.goto("/reports/")
    walk.look(officer, "reports to count")
    officer.fill("#id_year", str(year))
    officer.get_by_role("button", name="นับปีนี้").click()
    end = time.monotonic() + PATIENCE
    while not YearlyReport.objects.filter(year_be=year).exists() and time.monotonic() < end:
        officer.wait_for_timeout(500)
    page = walk.enter()
    page.goto("/reports/")
    walk.look(page, "reports")
    page.locator("main").get_by_role("link", name=str(year)).click()
    expect(page.locator(".frozen")).to_contain_text("ตัวเลขชั่วคราว")
    walk.look(page, "report")
    with page.expect_download() as caught:
        page.get_by_role("link", name="XLSX").click()
    book = openpyxl.load_workbook(io.BytesIO(Path(caught.value.path()).read_bytes()))
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    told = {int(words.replace(",", "")) for words in page.locator(".counts b").all_inner_texts()}
    assert 5 in told  # the products of the round that this test announced
    assert told <= set(cells)
