"""A recorder with a phone adds photographs to a product, with scripts and without; the public sees them once it is listed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from registry.models import Listing, Material, Product
from tests import make, pictures
from tests.journeys.walk import PHONE, Walk, answer, press, refused, says
from tests.selection.listings import listed

pytestmark = pytest.mark.journey
DESCRIBED = "หญิงสองคนย้อมด้ายในหม้อคราม"


@pytest.fixture
def shots(tmp_path: Path) -> list[str]:
    """Files as they lie in a phone: one with its place, one turned, one that is none."""
    contents = {"หน้า.jpg": pictures.with_place(), "ข้าง.jpg": pictures.with_place(6), "ลาย.jpg": pictures.SVG}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in contents]


def send(page: Page) -> None:
    page.locator("main form[enctype] button").click()


def loaded(page: Page, selector: str) -> None:
    """Every picture at the selector has come and been drawn."""
    for image in page.locator(selector).all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("image => image.naturalWidth") > 0


def test_adding_photographs_on_a_phone(walk: Walk, shots: list[str]) -> None:
    product = make.product(name="ผ้าฝ้ายย้อมครามลายสายฝนพรำของกลุ่มแม่บ้านเกษตรกรบ้านหนองบัวนอก")
    page = walk.enter(make.recorder(), size=PHONE)
    page.goto(f"/register/products/{product.public_id}/")
    page.locator("main a").filter(has_text="ภาพถ่าย").click()
    says(page, "ยังไม่มีภาพถ่าย")
    refused(page, lambda: send(page), "เลือกภาพอย่างน้อยหนึ่งภาพก่อน")
    walk.look(page, "no photographs, with an error")
    page.set_input_files("#id_photos", shots)
    assert page.get_attribute("#id_camera", "capture") == "environment"
    answer(page, lambda: send(page))
    says(page, "บันทึกภาพถ่ายแล้ว 2 ภาพ", "ลาย.jpg ไม่ใช่ภาพถ่าย")
    loaded(page, ".photo-line img")
    walk.look(page, "photographs")
    answer(page, lambda: page.locator(".photo-cut").nth(1).click())
    page.locator("input[name=focus][value='50-100']").check()
    page.fill("#id_alt_th", DESCRIBED)
    walk.look(page, "one photograph")
    answer(page, lambda: press(page, "บันทึก"))
    answer(page, lambda: page.get_by_role("button", name="เลื่อนขึ้นก่อน").click())
    first = product.photos.live()[0]
    assert (first.alt_th, first.focus_x, first.focus_y) == (DESCRIBED, 50, 100)
    answer(page, lambda: page.locator(".photo-line a.btn-q").nth(1).click())
    walk.look(page, "taking a photograph away")
    answer(page, lambda: press(page, "นำภาพนี้ออก"))
    assert [row.pk for row in product.photos.live()] == [first.pk]
    page.goto(f"/register/products/{product.public_id}/")
    loaded(page, ".obj-pic img")
    says(page, "บรรยายภาพถ่าย", "ย้ายลำดับภาพถ่าย", "นำภาพถ่ายออก")
    walk.look(page, "product of the register with its photograph")
    tell_making(walk, page, product)


def tell_making(walk: Walk, page: Page, product: Product) -> None:
    page.goto(f"/register/products/{product.public_id}/making/")
    page.fill("#id_material0_name", "นำ้คราม")
    page.fill("#id_material0_share", "เยอะ")
    refused(page, lambda: press(page, "บันทึก"), "“เยอะ” ยังไม่ใช่จำนวนเต็ม")
    walk.look(page, "how it is made, with an error")
    page.fill("#id_material0_share", "๒๐")
    page.locator("#id_material0_area").press_sequentially("องบัว", delay=30)
    page.locator(f"[role=option][data-code='{make.HOME}']").click()
    answer(page, lambda: press(page, "บันทึก"))
    says(page, "น้ำคราม", "20%")
    row = Material.objects.live().get()
    assert (row.area.code, row.share) == (make.HOME, 20)
    page.goto(f"/register/products/{product.public_id}/selling/")
    walk.look(page, "places of sale and prizes")


def test_photographs_without_scripts_and_what_the_public_sees(walk: Walk, shots: list[str]) -> None:
    product = listed().product
    page = walk.enter(make.recorder(), size=PHONE, java_script_enabled=False)
    page.goto(f"/register/products/{product.public_id}/photos/")
    page.set_input_files("#id_camera", shots[0])
    answer(page, lambda: send(page))
    says(page, "บันทึกภาพถ่ายแล้ว 1 ภาพ")
    stranger = walk.enter(size=PHONE)
    stranger.goto(f"/products/{product.public_id}/")
    loaded(stranger, ".obj-pic img")
    address = stranger.get_attribute(".obj-pic img", "src")
    walk.look(stranger, "public product with its photograph")
    stranger.goto("/products/")
    loaded(stranger, ".prod-pic img")
    walk.look(stranger, "catalogue with a photograph")
    assert stranger.request.get(address).status == 200
    Listing.objects.all().delete()
    assert stranger.request.get(address).status == 404
