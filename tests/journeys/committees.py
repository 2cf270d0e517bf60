"""Committees and judges through the browser: meetings, orders, score sheets, decisions."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from playwright.sync_api import Page

from tests.journeys.rounds import thai
from tests.journeys.walk import Walk, press, says
from tests.selection.make import today


def convene(page: Page, key: str = "2569") -> str:
    """Opens the one meeting that the reader's committee may open; gives its address."""
    page.goto(f"/rounds/{key}/panels/")
    press(page, "เปิดการประชุม")
    return page.url


def record_meeting(page: Page, panel: str, *, present: Sequence[int], number: str = "1/2569") -> None:
    """Number, notice, day and who was there, by their places in the list of seats."""
    page.goto(f"{panel}#meeting")
    fold = page.locator("#meeting details.fold:not([open]) > summary")
    if fold.count():
        fold.click()
    page.fill("#id_meeting_number", number)
    page.fill("#id_meeting_notice_on", thai(today() - timedelta(days=5)))
    page.fill("#id_meeting_held_on", thai(today()))
    page.fill("#id_meeting_place", "ห้องประชุมที่ว่าการอำเภอนามน")
    for place, box in enumerate(page.locator("#id_meeting_present input[type=checkbox]").all()):
        box.set_checked(place in present)
    page.locator("#meeting").get_by_role("button", name="บันทึกการประชุม").click()
    says(page, "บันทึกการประชุมแล้ว")


def write_order(page: Page, places: Mapping[str, int], *, reason: str) -> None:
    """Types a place for each product of these names, with the reason."""
    for name, place in places.items():
        row = page.locator("tr.rk", has_text=name)
        row.locator("input[name$=-place]").fill(str(place))
        row.locator("textarea[name$='-reason']").first.fill(reason)


def add_support(page: Page, *, product: str, help_: str, baht: str) -> None:
    """Fills the line of support; sending it is left to the reader."""
    page.locator("#plan details > summary").click()
    page.select_option("#id_plan_entry", label=product)
    page.fill("#id_plan_help", help_)
    page.fill("#id_plan_budget", "งบพัฒนาจังหวัด")
    page.fill("#id_plan_amount_baht", baht)


def settle(walk: Walk, page: Page, panel: str, name: str) -> None:
    page.goto(panel)
    walk.look(page, f"{name} ready to settle")
    press(page, "ตรวจแล้วปิดลำดับ")
    walk.look(page, f"{name} check")
    press(page, "ปิดลำดับ")
    says(page, "ปิดและส่งต่อแล้ว")
    walk.look(page, f"{name} settled")
