"""Names, categories, standards, headings and result files: the small arts of reading and writing rows."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake import names
from registry.intake.categories import named_category, suggested_category
from registry.intake.columns import FIELDS, read_headings
from registry.intake.report import COLUMNS, csv_lines, rows_to_correct, safe
from registry.intake.standards import Standards
from registry.models import ProducerType, Standard


@pytest.mark.parametrize("nothing", ["", " ", "-", "–", "...", "ไม่มี", "ไม่ ระบุ", "N/A", "(-)", "\u200b"])
def test_ways_to_write_nothing_are_empty(nothing):
    assert names.said_name(nothing) == ""
    assert names.product_name(nothing) == ""


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("กะปิกุ้งเเท้", "กะปิกุ้งแท้"),
        ("นำ้พริก\u200b เผา", "น้ำพริก เผา"),
        ("บริษัท หวาน จำกัด &#169;2018 ", "บริษัท หวาน จำกัด"),
        ("กล้วยอบ (รหัสโอทอป 630400029)", "กล้วยอบ"),
        ("เกาลัดคั่ว  หมู่ที่ 1  ระดับ 4 ดาว ปี 2555", "เกาลัดคั่ว"),
        ("ขนมปังพิซซ่า opc-2012", "ขนมปังพิซซ่า"),
        ("ไข่เค็ม 5 ดาวจ่าเกียรติ", "ไข่เค็ม 5 ดาวจ่าเกียรติ"),
        ("OTOP 5 STAR", "OTOP 5 STAR"),
        ("กระยาสารท หมู่ ๑", "กระยาสารท หมู่ ๑"),
    ],
)
def test_product_names_are_cleaned_of_what_is_no_name(written, name):
    assert names.product_name(written) == name


@pytest.mark.parametrize(
    ("ask", "yes", "no"),
    [
        (names.is_damaged, ["ชุดอาหาร 8 ชิ้..", "#NAME?", "ผ้า\ufffdขิด", "ก" * 251], ["ผ้าขิด", "น้ำพริก No.1", "ก" * 250]),
        (names.is_withheld, ["[บุคคล]", "*****", "xxxxx"], ["ร้าน [ป้า] แดง", "แม่สมศรี"]),
        (
            names.is_seller,
            ["จำหน่ายเอง", "ร้านจัดจำหน่าย ศูนย์ OTOP", "ศูนย์แสดงและจำหน่ายสินค้า", "ตลาดนัดบ้านดอน"],
            ["กลุ่มผลิตและจำหน่ายกล้วยบ้านโพน", "ร้านแม่แดง", "ตลาดปลาสินเจริญ"],
        ),
        (
            names.is_general,
            ["กลุ่มแม่บ้านเกษตรกร", "วิสาหกิจชุมชน", "กลุ่มแปรรูปอาหาร", "บ้าน"],
            ["กลุ่มแม่บ้านหมู่ 3", "กลุ่มแม่บ้านโพนทราย", "ปิติ"],
        ),
    ],
)
def test_names_that_are_none(ask, yes, no):
    assert [name for name in yes if not ask(name)] == []
    assert [name for name in no if ask(name)] == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("กลุ่มแม่บ้านเกษตรกรบ้านโพน", "กลุ่มบ้านโพน", True),
        ("ร้านสายชลพัฒน์", "ร้านสายซลพัฒน์", True),
        ("บริษัท ชื่นฟาร์ม จำกัด", "ชื่นฟาร์ม", True),
        ("กลุ่มทอผ้าบ้านโพน หมู่ 3", "กลุ่มทอผ้าบ้านโพน หมู่ 5", False),
        ("กลุ่มทอผ้าบ้านโพน", "กลุ่มทอผ้าบ้านหนองบัว", False),
        ("แม่แดง", "แม่แหง", False),  # too short to tell a slip from another name
        ("กลุ่มแม่บ้าน", "กลุ่มสตรี", False),
    ],
)
def test_producers_that_may_be_one(one, other, alike):
    assert names.alike_producers(one, other) is alike
    assert names.alike_producers(other, one) is alike


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("ขนมทองม้วน", "ทองม้วน", True),
        ("น้ำพริกเผากุ้งเสียบ", "น้ำพริกเผากุ้งเสียป", True),
        ("กล้วยฉาบเค็ม", "กล้วยฉาบหวาน", False),
        ("ปลาส้ม", "ปลาสด", False),
        ("ข้าวหอมมะลิ 105", "ข้าวหอมมะลิ", False),
    ],
)
def test_products_that_may_be_one(one, other, alike):
    assert names.alike_products(one, other) is alike


def test_the_type_is_read_from_its_column_or_the_name():
    assert names.producer_type("เจ้าของรายเดียว", "กลุ่มทอผ้า") == ProducerType.OWNER
    assert names.producer_type("", "บริษัท ไทย จำกัด") == ProducerType.SME
    assert names.producer_type("", "กลุ่มทอผ้า") == ProducerType.GROUP
    assert names.producer_type("?", "แม่แดง") == ProducerType.OWNER


@given(st.text(max_size=60))
def test_cleaning_a_clean_name_changes_nothing(text):
    name = names.product_name(text)
    assert names.said_name(name) == name


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("อาหาร", "food"), ("Food", "food"), ("ผ้าและเครื่องแต่งกาย", "apparel"), ("ของใช้/ของตกแต่ง/ของที่ระลึก", "utensil"), ("herb", "herb"),
        ("food; herbal", ""), ("อาหารและเครื่องดื่ม", ""), ("อะไรก็ได้", ""),
    ],
)  # fmt: skip
def test_only_a_named_category_is_one(said, code):
    assert named_category(said) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("น้ำพริกเผา", "food"), ("ไวน์ผลไม้", "beverage"), ("ผ้าไหมมัดหมี่", "apparel"), ("ตะกร้าหวาย", "utensil"),
        ("สบู่น้ำผึ้ง", "herb"), ("ฮูปแต้ม", ""),
    ],
)  # fmt: skip
def test_words_suggest_a_category(name, code):
    assert suggested_category(name) == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "held", "strange"),
    [
        ("มผช.247/2552", [("tcps", "มผช.247/2552")], []),
        ("มผช.๒๘๑/๒๕๕๔", [("tcps", "มผช.281/2554")], []),
        ("มอก.99-2517 มผช.275/2547 สด.32/2542", [("tis", "มอก.99-2517"), ("tcps", "มผช.275/2547")], ["สด.32/2542"]),
        ("อย. 10-1-12345-1-0001", [("fda", "10-1-12345-1-0001")], []),
        ("GI", [], ["GI"]),
        ("", [], []),
    ],
)
def test_standards_are_recognised_by_mark_and_number(said, held, strange):
    found, rest = Standards.load().read(said)
    assert [(one.code, one.number) for one in found] == held
    assert rest == strange
    assert {one.standard for one in found} <= set(Standard.objects.values_list("id", flat=True))


def test_headings_of_both_languages_are_known_and_no_name_means_two():
    for field, (thai, others) in FIELDS.items():
        for name in (thai, *others):
            base = {} if field in ("product_name_th", "tambon") else {"product_name_th": "ชื่อผลิตภัณฑ์", "tambon": "ตำบล"}
            missing = {"product_name_th": "ตำบล", "tambon": "ชื่อผลิตภัณฑ์"}.get(field, "")
            found = read_headings([[*base.values(), *([missing] if missing else []), name]])
            assert field in found.columns, name


DANGEROUS = [
    '=HYPERLINK("http://x","y")', "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =1",
    "\u00a0=1", "\u3000=1", "\t=1", "\r=1", "\t", "\rx",
    "＝1+1", "＋1+A1", "－1-A1", "＠SUM(1)", "ก\n=1+1", "\u200b=1", "\ufeff=1", "|cmd", "﹢1",
    "﹦1", "=" * 9, "  \t =x", "+66812345678abc", "-ก",
    "\x0b=1", "\x1f=1", "⁼1", "﹫x",
]  # fmt: skip


@pytest.mark.parametrize("payload", DANGEROUS)
def test_no_text_becomes_a_formula(payload):
    lines = "".join(csv_lines(["a"], [[payload]]))
    cell = next(row for number, row in enumerate(csv.reader(io.StringIO(lines.removeprefix("\ufeff")))) if number == 1)[
        0
    ]
    for line in cell.split("\n"):
        assert line.lstrip(" \t\r\u00a0\u3000\u200b\ufeff\x0b\x1f")[:1] not in tuple("=+-@＝＋－＠|﹢﹦⁼﹫")
        assert line[:1] not in ("\t", "\r")
    assert cell.replace("'", "") == payload.replace("'", "")


@pytest.mark.parametrize("plain", ["ผ้าขิด", "12", "-5", "+0.5", "", "ก-ข", "a=b", "100%"])
def test_ordinary_text_and_numbers_stay(plain):
    assert safe(plain) == plain


def test_the_report_begins_with_a_mark_for_excel():
    lines = list(csv_lines(COLUMNS, [[2, "a", "b", "created", "", "", "460205", "", "ก", "b"]]))
    assert lines[0] == "\ufeffrow,source,source_ref,outcome,product,producer,area_code,field,message_th,message_en\r\n"
    assert lines[1] == "2,a,b,created,,,460205,,ก,b\r\n"


def test_rows_to_correct_can_be_read_again():
    header, rows = rows_to_correct(
        ["tambon", "product_name_th"], [({"product_name_th": "ผ้า"}, "7KQ2M4XD", "question", "ขาดตำบล")]
    )
    found = read_headings([header])
    assert found.unknown == ()
    assert found.said(next(rows)) == {"product_name_th": "ผ้า", "question": "7KQ2M4XD"}
