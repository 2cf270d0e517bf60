"""An officer's file: sent, checked, confirmed and taken in by a real worker, its question answered; bad files refused in words."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page

from otop.children import Child
from registry.models import ImportFile, ImportState, Product, Question, User
from tests import make
from tests.journeys.walk import PHONE, Walk, answer, press, refused, says
from tests.registry.files import as_csv, row

pytestmark = pytest.mark.journey
PATIENCE = 40_000  # milliseconds for the worker
ROWS = (
    row("ผ้าขิดลายดอกจัน", ประเภท="ผ้า เครื่องแต่งกาย"),  # created
    row("เสื่อกกลายขอ", "กลุ่มทอเสื่อบ้านโนน"),  # merged with the one of the register
    row("น้ำพริกปลาย่าง", ""),  # a question: who makes it
    row("", "กลุ่มแม่บ้านหนองบัว"),  # refused: no name
)


def send(page: Page, name: str, data: bytes) -> None:
    page.goto("/imports/new/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "application/octet-stream", "buffer": data})


def wait_for(page: Page, state: str) -> ImportFile:
    """The file once the worker brought it so far, its page read anew."""
    states = (ImportFile.objects.latest("id").state for _second in range(PATIENCE // 500))
    for now in states:
        if now == state:
            break
        page.wait_for_timeout(500)
    page.reload()
    file = ImportFile.objects.latest("id")
    assert file.state == state, file.problem
    return file


def test_the_way_of_a_file(walk: Walk, worker: Child) -> None:
    officer = make.amphoe_officer()
    mats = make.product(make.producer(name="กลุ่มทอเสื่อบ้านโนน"), name="เสื่อกกลายขอ", category=None)
    page = walk.enter(officer)
    page.goto("/imports/")
    walk.look(page, "no imports yet")
    send(page, "สินค้าหนองบัว.csv", as_csv(*ROWS))
    walk.look(page, "sending a file")
    assert answer(page, lambda: press(page, "ส่งและตรวจ")).status == 302
    file = wait_for(page, ImportState.CHECKED)
    says(page, "ระบบยังไม่บันทึกสิ่งใด")
    walk.look(page, "preview")
    assert Product.objects.count() == 1
    press(page, "รับเฉพาะแถวที่ดี")
    file = wait_for(page, ImportState.DONE)
    walk.look(page, "taken in")
    assert list(file.import_rows.order_by("number").values_list("outcome", flat=True)) == [
        "created", "merged", "question", "refused",
    ]  # fmt: skip
    with page.expect_download() as caught:
        page.get_by_role("link", name="ไฟล์ผล").click()
    lines = list(csv.DictReader(io.StringIO(Path(caught.value.path()).read_text(encoding="utf-8-sig"))))
    assert [line["ผล"] for line in lines] == [row.get_outcome_display() for row in file.import_rows.order_by("number")]
    assert file.import_rows.order_by("number")[1].product == mats
    answer_the_question(walk, page, officer)


def answer_the_question(walk: Walk, page: Page, officer: User) -> None:
    """Nothing is guessed: without a producer the form says so; with one the product stands in the register."""
    page.goto("/work/")
    walk.look(page, "work list with a question")
    page.goto("/questions/")
    walk.look(page, "questions")
    press(page, "น้ำพริกปลาย่าง")
    walk.look(page, "question", sizes=(PHONE,))
    page.locator("[name=producer][value=other]").check()
    page.fill("#id_producer_name", "")
    answered = page.locator("main form").first.locator(".form-acts button")
    refused(page, answered.click, "ผู้ผลิต")
    page.fill("#id_producer_name", "ครัวแม่บุญมา")
    answered.click()
    page.wait_for_load_state()
    product = Product.objects.get(name="น้ำพริกปลาย่าง")
    assert product.producer.name == "ครัวแม่บุญมา"
    assert Question.objects.get().answered_by == officer


def far_corner() -> bytes:
    """A small spreadsheet with one cell in the last column and row that there can be."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.append(["ชื่อผลิตภัณฑ์", "ตำบล", "อำเภอ", "จังหวัด"])
    sheet.append(["ผ้าขิด", "หนองบัว", "นามน", "กาฬสินธุ์"])
    sheet["XFD1048576"] = "."
    book.save(out)
    return out.getvalue()


def test_bad_files_are_refused_in_words(walk: Walk, worker: Child) -> None:
    page = walk.enter(make.amphoe_officer(), size=PHONE)

    def press_send() -> None:
        press(page, "ส่งและตรวจ")

    page.goto("/imports/new/")
    refused(page, press_send, "เลือกไฟล์ก่อน")
    walk.look(page, "no file chosen")
    send(page, "ภาพ.png", b"\x89PNG\r\n\x1a\n" + bytes(400))
    refused(page, press_send, "ไม่ใช่ตารางที่อ่านได้")
    send(page, "ว่าง.csv", b"")
    refused(page, press_send, "ไฟล์นี้ว่างเปล่า")
    spoilt = as_csv(row()).replace("ผ้าขิด".encode(), b"\xff\xfe\xe0\x81\xfc")
    for name, data, state, sentence in (
        ("คอลัมน์.csv", "สีที่ชอบ,วันเกิด\nคราม,จันทร์\n".encode(), ImportState.COLUMNS, "ไม่มีคอลัมน์"),
        ("เสีย.csv", spoilt, ImportState.REFUSED, "ตัวอักษร"),
        ("มุมไกล.xlsx", far_corner(), ImportState.REFUSED, "XFD1048576"),
    ):
        send(page, name, data)
        assert answer(page, press_send).status == 302
        wait_for(page, state)
        says(page, sentence)
        walk.look(page, f"refused {name}", sizes=(PHONE,))
    assert not Product.objects.exists()
