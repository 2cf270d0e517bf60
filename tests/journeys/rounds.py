"""Rounds and tambon forums through the browser."""

from datetime import date, timedelta

from playwright.sync_api import Page, expect

from registry.thai import date_words
from tests.journeys.walk import Walk, answer, press, refused, says
from tests.selection.make import today

EVIDENCE = {
    "wisdom": "เรียนจากยายมาสามรุ่น มัดย้อมและเกาะลายด้วยนิ้ว", "material": "ไหมและครามจากตำบลนี้ทั้งหมด",
    "plan": "แผนพัฒนาตำบล พ.ศ. 2566–2570 หน้า 24",
}  # fmt: skip


def thai(day: date) -> str:
    return date_words(day, "th")


def make_round(walk: Walk, page: Page) -> None:
    """The central officer drafts the round of 2569, is told what keeps it from opening, mends that and opens it."""
    page.goto("/rounds/new/")
    walk.look(page, "round form")
    page.fill("#id_name_th", "การคัดสรรสุดยอดหนึ่งตำบล หนึ่งผลิตภัณฑ์ 2569")
    page.fill("#id_name_en", "OTOP Product Champion 2026")
    page.fill("#id_register_closes_on", thai(today()))
    for number in range(1, 6):
        page.fill(f"#id_s{number}_opens_on", thai(today() - timedelta(days=20)))
        page.fill(f"#id_s{number}_closes_on", thai(today() + timedelta(days=30)))
    page.fill("#id_s3_closes_on", "ไม่แน่ใจ")
    refused(page, lambda: press(page, "เก็บเป็นร่าง"), "“ไม่แน่ใจ” ยังไม่ใช่วันที่")
    walk.look(page, "round form with an error")
    assert page.input_value("#id_name_th") == "การคัดสรรสุดยอดหนึ่งตำบล หนึ่งผลิตภัณฑ์ 2569"
    page.fill("#id_s3_closes_on", thai(today() + timedelta(days=30)))
    page.select_option("#id_criteria_food", "")
    press(page, "เก็บเป็นร่าง")
    says(page, "เลือกชุดหลักเกณฑ์ของประเภทอาหาร")
    walk.look(page, "draft round")
    press(page, "แก้กติกา")
    page.select_option("#id_criteria_food", index=1)
    press(page, "เก็บเป็นร่าง")
    press(page, "เปิดรอบ")
    walk.look(page, "round confirmation")
    press(page, "เปิดรอบ")
    says(page, "เปิด การคัดสรรสุดยอดหนึ่งตำบล หนึ่งผลิตภัณฑ์ 2569 แล้ว", "ตัวอย่าง ไม่ใช่เกณฑ์ทางการ")
    walk.look(page, "open round")


def begin_forum(walk: Walk, page: Page, *, present: int) -> str:
    """From the work list to the forum of one's own tambon, and its day and attendance; gives its address."""
    page.goto("/work/")
    walk.look(page, "work list of a recorder")
    page.locator("main").get_by_role("link", name="เวที").first.click()
    press(page, "บันทึกเวที")
    address = page.url
    page.fill("#id_held_on", thai(today()))
    page.fill("#id_place", "ศาลาประชาคม หมู่ 3")
    refused(page, lambda: press(page, "บันทึกวันและผู้เข้าร่วม"), "กรอกจำนวนผู้เข้าร่วม")
    assert page.input_value("#id_place") == "ศาลาประชาคม หมู่ 3"
    page.fill("#id_present", str(present))
    press(page, "บันทึกวันและผู้เข้าร่วม")
    return address


def bring(page: Page, forum: str, public_id: str) -> None:
    page.goto(forum)
    page.select_option("#id_product", public_id)
    press(page, "นำเข้าเวที")


def open_line(page: Page, forum: str, name: str) -> None:
    page.goto(forum)
    page.locator("article.fline", has_text=name).locator(".acts a").first.click()  # the second takes it back
    expect(page.locator("#id_votes")).to_be_visible()


def fill_line(page: Page, *, votes: int, chosen: bool, **said: str) -> None:
    """Types what the forum says of a product: yes to all with evidence, unless `said` differs."""
    for test, evidence in EVIDENCE.items():
        choice = said.get(test, "yes")
        page.locator(f"[name={test}][value={choice}]").check()
        page.fill(f"#id_{test}_evidence", evidence if choice == "yes" else "")
    page.fill("#id_votes", str(votes))
    page.set_checked("#id_chosen", chosen)
    page.fill("#id_reason", said.get("reason", ""))


def save_line(page: Page) -> None:
    found = answer(page, lambda: page.get_by_role("button", name="บันทึก", exact=True).click())
    assert found.status == 302, page.locator("main").inner_text()


def send_up(walk: Walk, page: Page, forum: str) -> None:
    page.goto(forum)
    walk.look(page, "forum ready to send")
    press(page, "ตรวจแล้วส่งขึ้นอำเภอ")
    walk.look(page, "forum check")
    press(page, "ยืนยันส่งขึ้นอำเภอ")
    says(page, "ส่งขึ้นอำเภอแล้ว")
    walk.look(page, "forum minutes")
