"""Raw materials with origin and share come in with files: read surely or not at all, never over what somebody told."""

import pytest
from django.test import Client

from registry.actions.goods import MaterialTold, tell_making
from registry.actions.imports import Answer, answer_question
from registry.intake.made_of import read_made_of
from registry.intake.places import Places
from registry.models import Material, Product, Question
from registry.models.quality import QualityCheck, lacking
from tests import make
from tests.registry.files import ends, row, taken
from tests.registry.test_exports import read_csv

pytestmark = pytest.mark.django_db
CELL = "ฝ้าย = ต.หนองบัว อ.นามน จ.กาฬสินธุ์ 60%; ไหม = ประเทศลาว 40%"


def told(text: str) -> tuple[list[tuple[str, str, str, int | None]], list[str]]:
    """The lines with the codes of their areas, and what was not sure."""
    places = Places.load()
    lines, strange = read_made_of(text, places)
    return [(name, places.by_id[area].code if area else "", country, share) for name, area, country, share in lines], strange


@pytest.mark.parametrize(("text", "lines"), [
    (CELL, [("ฝ้าย", "460205", "", 60), ("ไหม", "", "ลาว", 40)]),
    ("ฝ้าย=อ.นามน จ.กาฬสินธุ์ ร้อยละ ๖๐\nคราม = สกลนคร", [("ฝ้าย", "4602", "", 60), ("คราม", "47", "", None)]),
    ("ฝ้าย = หนองบัว 460205 (60%)", [("ฝ้าย", "460205", "", 60)]),
    ("ฝ้าย = 46; ไม้ไผ่ ; ไม้ไผ่", [("ฝ้าย", "46", "", None), ("ไม้ไผ่", "", "", None)]),
    ("cotton = country: Laos 100%", [("cotton", "", "Laos", 100)]),
    ("", []),
])  # fmt: skip
def test_a_cell_is_read_as_people_write_it(text, lines):
    assert told(text) == (lines, [])


@pytest.mark.parametrize("text", [
    "ฝ้าย = หนองบัว", "ฝ้าย = ต.หนองบัว", "ฝ้าย = 999999", "ฝ้าย = นามน 460205", "ฝ้าย = อ.นามน จ.ไม่มีจริง", "= จ.กาฬสินธุ์", "ฝ้าย = ลาว",
    "ฝ้าย = จ.กาฬสินธุ์ 0%", "ก" * 121,
])  # fmt: skip
def test_what_is_no_sure_place_is_left_out_and_named(text):
    lines, strange = told(f"คราม = จ.สกลนคร; {text}")
    assert (lines, strange) == ([("คราม", "47", "", None)], [text[:120]])


def test_shares_above_a_hundred_and_too_many_lines_are_no_account_at_all():
    assert told("ก = 46 60%; ข = 47 50%") == ([], ["ก = 46 60%", "ข = 47 50%"])
    assert told(";".join(f"วัตถุดิบ {n}" for n in range(9)))[0] == []


def lines_of(product: Product) -> list[tuple[object, ...]]:
    return list(Material.objects.filter(product=product).live().values_list("name", "area__code", "country", "share"))


def test_a_new_product_gets_its_lines_and_the_same_file_again_changes_nothing():
    first = taken(row(material_origins=CELL))
    product = Product.objects.get()
    assert ends(first) == [("created", "no_category")]
    assert lines_of(product) == [("ฝ้าย", "460205", "", 60), ("ไหม", None, "ลาว", 40)]
    assert not Product.objects.filter(lacking(QualityCheck.NO_ORIGIN, make.at(2026, 1, 1))).exists()
    before = Product.objects.values().get(), list(Material.objects.values())
    assert ends(taken(row(material_origins=CELL))) == [("merged", "same")]
    assert before == (Product.objects.values().get(), list(Material.objects.values()))


def test_a_product_without_lines_gets_them_and_what_somebody_told_stays():
    bare, kept = make.product(name="ผ้าขิดลายดอกจัน"), make.product(name="ผ้าไหมแพรวา")
    tell_making(by=None, product=kept, version=kept.version, materials=[MaterialTold("ไหมบ้าน")])
    of = {"producer_name": bare.producer.name}, {"producer_name": kept.producer.name}
    file = taken(row(bare.name, material_origins=CELL, **of[0]), row(kept.name, material_origins=CELL, **of[1]))
    assert ends(file) == [("merged", "filled"), ("merged", "differs")]
    assert lines_of(bare) == [("ฝ้าย", "460205", "", 60), ("ไหม", None, "ลาว", 40)]
    assert lines_of(kept) == [("ไหมบ้าน", None, "", None)]
    assert Product.objects.get(pk=bare.pk).version == bare.version + 1
    one, two = file.import_rows.order_by("number")
    assert [change[0] for change in (*one.changes, *two.changes)] == ["made_of", "made_of"]
    assert [change[3] for change in (*one.changes, *two.changes)] == [True, False]
    assert "แหล่งวัตถุดิบ" in one.message_th
    assert "แหล่งวัตถุดิบ" in two.message_th


def test_a_question_keeps_the_lines_until_it_is_answered():
    taken(row(tambon="", material_origins=CELL))
    choice = Answer(area=make.area(), producer_name="กลุ่มทอผ้าบ้านโพน", product_name="ผ้าขิดลายดอกจัน")
    product = answer_question(by=None, question=Question.objects.get(), choice=choice)
    assert lines_of(product) == [("ฝ้าย", "460205", "", 60), ("ไหม", None, "ลาว", 40)]


def test_what_is_not_sure_is_told_to_the_sender():
    file = taken(row(material_origins="ฝ้าย = ที่ไหนสักแห่ง"))
    assert "ที่ไหนสักแห่ง" in file.import_rows.get().message_th
    assert not Material.objects.exists()


def test_what_goes_out_comes_in_again_as_it_was(client: Client):
    taken(row(material_origins="ฝ้าย = ต.หนองบัว อ.นามน จ.กาฬสินธุ์ 60%; คราม = จ.สกลนคร; ไหม = ประเทศลาว 40%; ไม้"))
    client.force_login(make.central_officer())
    head, line = read_csv(client.get("/register/products/list.csv"))
    cell = dict(zip(head, line, strict=True))["แหล่งวัตถุดิบ"]
    assert cell == "ฝ้าย = หนองบัว 460205 60%; คราม = สกลนคร 47; ไหม = ประเทศลาว 40%; ไม้"
    assert ends(taken(row(material_origins=cell))) == [("merged", "same")]
