"""An officer on a phone writes a month's sales, pastes the rest, asks who still produces; and the same without scripts."""

from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from registry.clock import bangkok_day
from registry.models import Confirmation, Producer, Sale
from registry.thai import month_code, months_before
from tests import make
from tests.journeys.walk import PHONE, Walk, answer, press, refused, says

pytestmark = pytest.mark.journey
NAMES = ("กลุ่มทอผ้าไหมมัดหมี่ย้อมสีธรรมชาติบ้านหนองบัวเหนือพัฒนาก้าวหน้า", "ครัวแม่บุญมา", "วิสาหกิจชุมชนข้าวฮางงอกสายใยรัก")


def last_month() -> date:
    return months_before(bangkok_day(timezone.now()).replace(day=1), 1)


def field(of: Producer, code: str = "place") -> str:
    return f"[name=a_{of.public_id}_{code}]"


def test_a_month_of_sales_on_a_phone(walk: Walk) -> None:
    made = [make.producer(name=name) for name in NAMES]
    first, second, third = sorted(made, key=lambda row: row.name_sort)
    page = walk.enter(make.amphoe_officer(), size=PHONE)
    page.goto("/sales/")
    walk.look(page, "way to the sales")
    press(page, "เปิดตาราง")
    says(page, *NAMES)
    walk.look(page, "empty grid")
    page.fill(field(first), "๑,๒๕๐.๕๐")
    page.focus(field(first))
    page.keyboard.press("Enter")  # the same channel of the next producer
    page.keyboard.type("พันสอง")
    refused(page, lambda: press(page, "บันทึก"), "“พันสอง” ยังไม่ใช่จำนวนเงิน")
    walk.look(page, "grid with an error")
    assert (page.input_value(field(first)), page.input_value(field(second))) == ("๑,๒๕๐.๕๐", "พันสอง")
    page.fill(field(second), "60,000,000")
    page.fill(field(third, "online"), "0")
    answer(page, lambda: press(page, "บันทึก"))
    says(page, "ยอดใหม่ 3 ช่อง", "สูงกว่าปกติมาก")
    walk.look(page, "grid with amounts and a warning")
    assert page.input_value(field(first)) == "1,250.50"
    pasted(walk, first, third)
    page.goto(f"/producers/{first.public_id}/")
    expect(page.locator("section[aria-labelledby=sales-h]")).to_contain_text("ยอดจำหน่ายรายเดือน")
    walk.look(page, "producer with its sales")
    asked(walk)


def pasted(walk: Walk, first: Producer, third: Producer) -> None:
    """A block with one line that cannot be read; without scripts."""
    page = walk.enter(make.amphoe_officer(), size=PHONE, java_script_enabled=False)
    page.goto(f"/sales/{make.PARENT}/{month_code(last_month())}/paste/")
    page.fill("#id_pasted", f"ผู้ผลิต\tงานแสดงสินค้า\tออนไลน์\tหมายเหตุ\n{first.name}\t500\t\tดี\n{third.public_id}\t๒๐๐\t7\t\nไม่มีชื่อนี้\t5\t\t")
    press(page, "อ่านบรรทัด")
    says(page, "เข้าใจแล้ว 2 บรรทัด ต้องแก้ 1 บรรทัด", "หมายเหตุ", "แทน 0", "บรรทัดที่ 4")
    with_scripts = walk.enter(make.amphoe_officer(), size=PHONE)
    with_scripts.goto(page.url)
    with_scripts.fill("#id_pasted", f"ผู้ผลิต\tออนไลน์\n{third.name}\t9\nไม่มีชื่อนี้\t5")
    press(with_scripts, "อ่านบรรทัด")
    walk.look(with_scripts, "pasted block looked over")
    press(page, "รับเข้า 2 บรรทัด")
    says(page, "อีก 1 บรรทัดรอแก้ไขด้านล่าง")
    assert "ไม่มีชื่อนี้" in page.input_value("#id_pasted")
    assert Sale.objects.told().get(producer=third, channel__code="fair").satang == 200_00
    assert Sale.objects.live().get(producer=third, channel__code="online").satang == 7_00


def asked(walk: Walk) -> None:
    """Still producing? One yes, one no, and how current the data are after it."""
    page = walk.enter(make.amphoe_officer(), size=PHONE)
    page.goto("/confirmations/")
    walk.look(page, "who was not asked")
    answer(page, lambda: page.locator(".asks li").first.get_by_role("button", name="ยังผลิตอยู่").click())
    assert Confirmation.objects.get().answer == "yes"
    page.locator(".asks li").first.get_by_role("link", name="เลิกแล้ว").click()
    walk.look(page, "no more")
    answer(page, lambda: press(page, "บันทึกคำตอบ"))
    assert Confirmation.objects.filter(answer="no").count() == 1
    page.goto(f"/staleness/{make.PARENT}/")
    says(page, "ข้อมูลเก่า")
    walk.look(page, "how current the data are")
    page.goto("/sales/areas/TH/2567/")
    walk.look(page, "sums of a year")
