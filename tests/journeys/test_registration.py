"""A registration on a phone: drafted and filed by the recorder, checked by the officer, decided and printed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from registry.models import PaperNeed, Producer, Registration
from tests import make
from tests.journeys.walk import PHONE, Walk, answer, press, says
from tests.registry import filings
from tests.registry.files import picture

pytestmark = pytest.mark.journey
NAME = "กลุ่มแม่บ้านเกษตรกรทอผ้าไหมแพรวาย้อมสีธรรมชาติบ้านหนองบัวสามัคคีพัฒนา"
BUTTON = "main form[data-once] .form-acts button"


def test_a_registration_on_a_phone(walk: Walk, tmp_path: Path) -> None:
    filings.window()
    producer = make.product(make.producer(name=NAME), name="ผ้าไหมแพรวาลายนาคหัวซุ้มย้อมสีธรรมชาติ").producer
    page = walk.enter(make.recorder(), size=PHONE)
    begin(walk, page, producer)
    row = Registration.objects.get()
    bring_papers(walk, page, row, tmp_path)
    answer(page, lambda: press(page, "ยื่นลงทะเบียน"))
    says(page, "ยื่นแล้ว รอตรวจ")
    walk.look(page, "registration filed")
    check(walk, row)
    decide(walk, row)
    row.refresh_from_db()
    assert (row.state, row.decisions.get().voters) == ("registered", 2)
    page.goto(f"/registrations/{row.public_id}/print/")
    says(page, NAME, "ส่วนที่ ๓ มติคณะกรรมการระดับอำเภอ", "ในการประชุมครั้งที่ ๓/๒๕๖๙")
    walk.look(page, "sheet of a registration")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.goto(f"/producers/{producer.public_id}/")
    says(page, "ลงทะเบียนแล้ว", row.public_id)
    walk.look(page, "producer with its registration")


def begin(walk: Walk, page: Page, producer: Producer) -> None:
    """From the producer's page through facts, community and products, by the buttons alone."""
    page.goto(f"/producers/{producer.public_id}/")
    press(page, "เริ่มการลงทะเบียน")
    walk.look(page, "kind of a registration")
    answer(page, lambda: page.locator(BUTTON).click())
    page.fill("#id_founded_on", "18 กันยายน 2560")
    page.fill("#id_members", "หก")
    answer(page, lambda: page.locator(BUTTON).click())
    walk.look(page, "facts of a registration with an error")
    page.fill("#id_members", "๑๒")
    page.locator("#id_thai_nationals").check()
    answer(page, lambda: page.locator(BUTTON).click())
    walk.look(page, "community of a registration")
    page.fill("#id_link_labour", "สมาชิกในหมู่บ้าน 12 คนทอเอง")
    answer(page, lambda: page.locator(BUTTON).click())
    walk.look(page, "products of a registration")
    answer(page, lambda: page.locator(BUTTON).click())


def bring_papers(walk: Walk, page: Page, row: Registration, tmp_path: Path) -> None:
    """Every paper that a group brings; a wrong file is told in place, and the next missing kind is marked already."""
    photo, page_of_text = tmp_path / "ภาพถ่าย.png", tmp_path / "เอกสาร.pdf"
    photo.write_bytes(picture())
    page_of_text.write_bytes(b"not a pdf at all")
    page.set_input_files("#id_file", str(page_of_text))
    answer(page, lambda: page.locator(BUTTON).click())
    says(page, "ไฟล์นี้ไม่ใช่ PDF")
    walk.look(page, "papers of a registration with an error")
    for _need in PaperNeed.objects.filter(must=True, for_group=True):
        page.set_input_files("#id_file", str(photo))
        answer(page, lambda: page.locator(BUTTON).click())
    assert row.papers.count() == 6
    walk.look(page, "papers of a registration")
    page.goto(f"/registrations/{row.public_id}/")
    walk.look(page, "registration ready to be filed")


def check(walk: Walk, row: Registration) -> None:
    """The officer, who sits on the committee too, passes it on."""
    officer = make.amphoe_officer()
    body, _seats = filings.committee()
    make.seat(body, officer)
    page = walk.enter(officer, size=PHONE)
    page.goto("/work/")
    press(page, "การลงทะเบียนที่รอตรวจ 1 ราย")
    press(page, row.producer.name)
    press(page, "ตรวจ")
    for group in page.locator("main fieldset").all():
        group.locator("input[type=radio]").first.check()
    page.fill("#id_position", "พัฒนาการอำเภอนามน")
    walk.look(page, "check list")
    answer(page, lambda: press(page, "ส่งคณะกรรมการ"))
    says(page, "ตรวจแล้ว รอคณะกรรมการ")


def decide(walk: Walk, row: Registration) -> None:
    """The chair records the meeting; the officer was there, and does not count."""
    _body, seats = filings.committee()
    page = walk.enter(seats[0].user, size=PHONE)
    page.goto("/work/")
    press(page, "การลงทะเบียนที่รอมติ 1 ราย")
    page.fill("#id_number", "3/2569")
    page.fill("#id_held_on", filings.today_words())
    for seat in (seats[0], seats[1], seats[3]):
        page.locator(f"input[name=present][value='{seat.public_id}']").check()
    page.locator(f"input[name='verdict-{row.public_id}'][value=register]").check()
    walk.look(page, "decisions of the committee")
    answer(page, lambda: page.locator(".form-acts button").click())
    says(page, "ประชุมครั้งที่ 3/2569")
