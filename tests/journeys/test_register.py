"""An amphoe officer on a phone registers a producer, its product and a standard, with scripts and without."""

import pytest
from playwright.sync_api import Page, Route, expect

from registry.models import Conformity, Producer, Product
from tests import make
from tests.journeys.walk import PHONE, Walk, answer, press, refused, says, sign_in

pytestmark = pytest.mark.journey
PASSWORD = "ปลาร้าหม้อใหญ่-46-นามน"
STORY = "ยายสอนแม่ แม่สอนลูก ใช้ครามจากหลังบ้าน"


def test_registering_on_a_phone(walk: Walk) -> None:
    make.amphoe_officer(username="namon.office", password=PASSWORD)
    page = walk.enter(size=PHONE)
    page.goto("/producers/new/")
    says(page, "โปรดเข้าสู่ระบบก่อน")
    walk.look(page, "login")
    sign_in(page, "namon.office", "ไม่ใช่รหัสผ่านนี้แน่")
    says(page, "ชื่อผู้ใช้กับรหัสผ่านไม่ตรงกัน")
    sign_in(page, "namon.office", PASSWORD)
    page.goto("/producers/new/")
    typed_name(walk, page)
    pick(page)
    answer(page, lambda: press(page, "ขึ้นทะเบียนผู้ผลิต"))
    producer = Producer.objects.get(name="กลุ่มย้อมครามบ้านหนองบัว")
    assert (producer.area.code, producer.version) == (make.HOME, 1)
    add_product(walk, page, producer)
    add_standard(walk, page, Product.objects.get(producer=producer))
    correct(walk, page, Product.objects.get(producer=producer))


def typed_name(walk: Walk, page: Page) -> None:
    """Nothing but a name: every error stands above with a way to its field, and the name is still there."""
    page.fill("#id_name", "กลุ่มย้อมครามบ้านหนองบัว")
    refused(page, lambda: press(page, "ขึ้นทะเบียนผู้ผลิต"), "โปรดเลือกพื้นที่ พิมพ์บางส่วนของชื่อ")
    walk.look(page, "producer form with errors")
    assert page.input_value("#id_name") == "กลุ่มย้อมครามบ้านหนองบัว"
    expect(page.locator(".err-sum a[href='#id_area']")).to_be_visible()
    page.locator("input[name=type]").first.check()


def pick(page: Page) -> None:
    """The tambon by a part of its name; the whole path stands there before and after it is chosen."""
    page.locator("#id_area").press_sequentially("องบัว", delay=30)
    option = page.locator(f"[role=option][data-code='{make.HOME}']")
    expect(option).to_contain_text("อ.นามน จ.กาฬสินธุ์")
    option.click()
    expect(page.locator("[data-chosen]")).to_have_text(f"ต.หนองบัว อ.นามน จ.กาฬสินธุ์ · {make.HOME}")


def add_product(walk: Walk, page: Page, producer: Producer) -> None:
    page.goto(f"/producers/{producer.public_id}/products/new/")
    page.fill("#id_name", "ผ้าฝ้ายย้อมครามลายสายฝน")
    page.locator("[name=category][value=apparel]").check()
    page.fill("#id_story", STORY)
    page.fill("#id_price_baht", "พันสอง")
    refused(page, lambda: page.locator("main form[data-once] .form-acts button").click(), "“พันสอง” ยังไม่ใช่ตัวเลข")
    walk.look(page, "product form with an error")
    assert page.input_value("#id_story") == STORY
    assert page.locator("[name=category][value=apparel]").is_checked()
    page.fill("#id_price_baht", "๑,๒๐๐")
    answer(page, lambda: page.locator("main form[data-once] .form-acts button").click())
    says(page, "ผ้าฝ้ายย้อมครามลายสายฝน", "1,200")
    walk.look(page, "product of the register")


def add_standard(walk: Walk, page: Page, product: Product) -> None:
    page.goto(f"/register/products/{product.public_id}/standards/new/")
    walk.look(page, "standard form")
    page.select_option("#id_standard", "tcps")
    page.fill("#id_number", "๑๔๘/๒๕๕๓")
    proposed_late(page)
    page.fill("#id_valid_to", "1/2/2567")
    refused(page, lambda: page.locator("main form[data-once] .form-acts button").click(), "วัน", 403)
    assert page.input_value("#id_number") == "๑๔๘/๒๕๕๓"
    page.fill("#id_valid_to", "31 มกราคม 2571")
    answer(page, lambda: page.locator("main form[data-once] .form-acts button").click())
    says(page, "148/2553")
    assert Conformity.objects.get(product=product).valid_to.isoformat() == "2028-01-31"


def proposed_late(page: Page) -> None:
    """A last day that is proposed after something was typed there changes nothing; an empty field it fills."""
    last, held = page.locator("#id_valid_to"), dict[str, Route]()

    def hold(route: Route) -> None:
        held[route.request.url] = route

    page.route("**/notes/*", hold)
    with page.expect_request(lambda asked: "/notes/" in asked.url and "valid_from=1" in asked.url) as caught:
        page.fill("#id_valid_from", "1/2/2568")
        last.focus()
    last.press_sequentially("1/2/2567")
    held[caught.value.url].continue_()
    expect(page.locator("#number-note")).to_contain_text("31 มกราคม 2571")
    expect(last).to_have_value("1/2/2567")
    page.unroute("**/notes/*")
    last.blur()  # an empty field that ends as it began has not changed for the browser
    last.fill("")
    last.blur()
    expect(last).to_have_value("31 มกราคม 2571")


def correct(walk: Walk, page: Page, product: Product) -> None:
    """A correction on the product's page stands in its history, with what was there before."""
    page.goto(f"/register/products/{product.public_id}/edit/")
    page.fill("#id_name", "ผ้าฝ้ายย้อมครามลายสายฝนพรำ")
    answer(page, lambda: page.locator("main form[data-once] .form-acts button").click())
    history = page.locator("section[aria-labelledby=history-h]")
    expect(history).to_contain_text("แก้ไขผลิตภัณฑ์")
    expect(history.locator("del")).to_contain_text("ผ้าฝ้ายย้อมครามลายสายฝน")
    expect(history).to_contain_text("บันทึกมาตรฐาน")
    walk.look(page, "product with its history")


def test_registering_without_scripts(walk: Walk) -> None:
    page = walk.enter(make.amphoe_officer(), size=PHONE, java_script_enabled=False)
    page.goto("/producers/new/")
    page.fill("#id_name", "ครัวแม่บุญมา")
    page.locator("input[name=type]").first.check()
    page.fill("#id_area", "หนองบัว")
    refused(page, lambda: press(page, "ขึ้นทะเบียนผู้ผลิต"), "ตรงกับหลายแห่ง")
    assert page.input_value("#id_name") == "ครัวแม่บุญมา"
    page.locator(f"input[name=area][value='{make.HOME}']").check()
    press(page, "ขึ้นทะเบียนผู้ผลิต")
    producer = Producer.objects.get(name="ครัวแม่บุญมา")
    assert producer.area.code == make.HOME
    page.goto(f"/producers/{producer.public_id}/products/new/")
    page.fill("#id_name", "น้ำพริกปลาย่าง")
    page.locator("main form[data-once] .form-acts button").click()
    says(page, "น้ำพริกปลาย่าง", "ยังไม่มีประเภท")
    page.goto("/register/products/")
    says(page, "น้ำพริกปลาย่าง")
