"""Two officers correct one product: a draft is resumed on a phone, and each text is picked."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from registry.models import Draft, Product
from tests import make
from tests.journeys.walk import PHONE, Walk, answer, press, refused, says

pytestmark = pytest.mark.journey
NAME = "ผ้าไหมมัดหมี่ย้อมสีธรรมชาติลายขอพระเทพประยุกต์บ้านหนองบัวเหนือ"


def test_the_second_to_save_picks_between_both_texts(walk: Walk) -> None:
    product = make.product(name=NAME, story="เรื่องเดิมที่เล่าไว้นานแล้ว", village="บ้านเดิม")
    url, mine = reverse("registry:product-edit", args=[product.public_id]), make.recorder()
    desk = walk.enter(mine)
    desk.goto(url)
    desk.fill("#id_story", "เรื่องใหม่ที่ฉันเขียนตามคำบอกของแม่ครู")
    expect(desk.locator("[data-saved]")).to_contain_text("บันทึกร่าง")
    desk.context.close()

    other = walk.enter(make.amphoe_officer())
    other.goto(url)
    other.fill("#id_story", "เรื่องที่อำเภอเรียบเรียง")
    other.fill("#id_village", "บ้านหนองบัวเหนือ หมู่ 4")
    answer(other, lambda: press(other, "บันทึกการแก้"))

    phone = walk.enter(mine, size=PHONE)
    phone.goto("/work/")
    says(phone, "ร่างของฉัน", NAME)
    walk.look(phone, "work list with a draft")
    phone.get_by_role("link", name=NAME).click()
    says(phone, "ทิ้งร่างนี้")
    refused(phone, lambda: press(phone, "บันทึกการแก้"), "มีผู้อื่นบันทึกก่อนท่าน", 409)
    both_texts(walk, phone)
    stored = Product.objects.get()
    assert (stored.story, stored.village) == ("เรื่องใหม่ที่ฉันเขียนตามคำบอกของแม่ครู", "บ้านหนองบัวเหนือ หมู่ 4")
    assert not Draft.objects.filter(user=mine).exists()


def both_texts(walk: Walk, page: Page) -> None:
    """Mine is proposed where both changed it, theirs where I did not; so it is saved."""
    walk.look(page, "both texts")
    expect(page.locator("[name=take_story][value=mine]")).to_be_checked()
    expect(page.locator("[name=take_village][value=theirs]")).to_be_checked()
    answer(page, lambda: press(page, "บันทึกการแก้"))
