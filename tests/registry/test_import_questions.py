"""Questions: what an answer creates or joins, once; who may give it; and what the same row does afterwards."""

import pytest

from registry.actions.imports import Answer, answer_question, dismiss_question
from registry.models import Conformity, History, ImportRow, Producer, Product, ProductFact, Question
from registry.refusal import Refused
from tests import make
from tests.registry.files import ends, row, stored, taken

pytestmark = pytest.mark.django_db
SOURCE = {"source": "open", "source_ref": "7"}


def question() -> Question:
    return Question.objects.select_related("area", "first_row").get()


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return refused.value.codes


def test_an_answer_creates_the_product_that_the_row_means():
    officer = make.amphoe_officer()
    row_of_file = row(producer="", price_baht="80", category="อาหาร", standard="มผช.1/2546", village="หมู่ 2", **SOURCE)
    taken(row_of_file)
    product = answer_question(
        by=officer,
        question=question(),
        choice=Answer(area=make.area(), producer_name="กลุ่มสตรีโพนงาม", product_name="ขนมนางเล็ด"),
    )
    assert (product.name, product.producer.name, product.area.code) == ("ขนมนางเล็ด", "กลุ่มสตรีโพนงาม", "460205")
    assert (product.price_baht, product.category.code, product.village, product.created_by) == (
        80,
        "food",
        "หมู่ 2",
        officer,
    )
    assert list(product.sources.values_list("source", "source_ref")) == [("open", "7")]
    assert Conformity.objects.get().number == "มผช.1/2546"
    assert ProductFact.objects.get().category.code == "food"
    asked = question()
    assert (asked.is_open, asked.product, asked.answered_by) == (False, product, officer)
    assert asked.answer == {"how": "chosen", "product": product.public_id}
    assert ImportRow.objects.get().product == product
    assert History.objects.get(act="question_answered").row == asked.public_id
    assert ends(taken(row_of_file)) == [("merged", "same")]


def test_an_answer_may_name_a_producer_or_product_of_the_register():
    known = make.product(make.producer(name="กลุ่มทอผ้าบ้านโพน"), name="ผ้าขิดลายดอกจัน", category=None)
    taken(row(producer="", unit="ผืน", **SOURCE), row("ผ้าแพรวา", producer="", source="open", source_ref="8"))
    first, second = Question.objects.order_by("first_row__number")
    joined = answer_question(by=None, question=first, choice=Answer(product=known))
    other = answer_question(
        by=None, question=second, choice=Answer(area=make.area(), producer=known.producer, product_name="ผ้าแพรวา")
    )
    assert (joined.pk, joined.unit, other.producer) == (known.pk, "ผืน", known.producer)
    assert Producer.objects.count() == 1
    assert Product.objects.count() == 2


def test_the_same_names_again_join_what_there_is():
    known = make.product(make.producer(name="กลุ่มทอผ้าบ้านโพน"), name="ผ้าขิดลายดอกจัน")
    taken(row(producer="กลุ่มทอผ้าบ้านโพง"))
    product = answer_question(
        by=None,
        question=question(),
        choice=Answer(area=make.area(), producer_name="กลุ่มทอผ้า บ้านโพน", product_name="ผ้าขิด ลายดอกจัน"),
    )
    assert product.pk == known.pk


def test_a_refused_row_is_not_asked_again():
    taken(row(producer=""))
    dismiss_question(by=make.amphoe_officer(), question=question(), reason="ไม่ใช่ผลิตภัณฑ์ของตำบลนี้")
    again = taken(row(producer=""))
    assert ends(again) == [("refused", "answered_no")]
    assert "ไม่ใช่ผลิตภัณฑ์ของตำบลนี้" in again.import_rows.get().message_th
    assert Question.objects.count() == 1


def test_only_an_officer_of_the_place_answers_and_only_once():
    taken(row(producer=""))
    choice = Answer(area=make.area(), producer_name="กลุ่มสตรีโพนงาม", product_name="ผ้าขิด")
    assert codes(answer_question, by=make.amphoe_officer("4603"), question=question(), choice=choice) == [
        "not_your_area"
    ]
    assert codes(dismiss_question, by=make.amphoe_officer("4603"), question=question(), reason="ก") == ["not_your_area"]
    stranger = make.central_officer(origin="sample")
    sample = make.producer(name="กลุ่มตัวอย่าง", by=stranger)
    assert codes(
        answer_question,
        by=make.central_officer(),
        question=question(),
        choice=Answer(area=make.area(), producer=sample, product_name="ก"),
    ) == ["origin_differs"]
    assert not Product.objects.exists()
    answer_question(by=make.recorder(), question=question(), choice=choice)
    before = stored(Product, Producer, Question)
    assert codes(answer_question, by=make.recorder(), question=question(), choice=choice) == ["answered_already"]
    assert codes(dismiss_question, by=make.recorder(), question=question(), reason="ก") == ["answered_already"]
    assert stored(Product, Producer, Question) == before


@pytest.mark.parametrize(
    ("choice", "code"),
    [
        ({"producer_name": "ก", "product_name": "ข"}, "tambon_missing"),
        ({"area": "4602", "producer_name": "ก", "product_name": "ข"}, "tambon_missing"),
        ({"area": "460205", "product_name": "ข"}, "producer_missing"),
        ({"area": "460205", "producer_name": "ก", "product_name": "..."}, "name_missing"),
        ({"area": "460205", "producer_name": "ก" * 251, "product_name": "ข"}, "name_long"),
    ],
)
def test_an_answer_lacks_nothing(choice, code):
    taken(row(producer="", tambon=""))
    area = make.area(choice.pop("area")) if "area" in choice else None
    assert code in codes(answer_question, by=None, question=question(), choice=Answer(area=area, **choice))


def test_a_producer_of_another_tambon_and_an_ended_product_are_no_answer():
    taken(row(producer=""))
    elsewhere = make.producer(make.SISTER, name="กลุ่มที่อื่น")
    ended = make.product(name="ผ้าเก่า")
    make.products.end_product(by=None, product=ended, version=1)
    for choice, code in (
        (Answer(area=make.area(), producer=elsewhere, product_name="ก"), "producer_elsewhere"), (Answer(product=ended), "product_ended"),
    ):  # fmt: skip
        assert codes(answer_question, by=None, question=question(), choice=choice) == [code]


def test_a_corrected_row_closes_its_question_by_source_or_by_code():
    taken(row(producer="", **SOURCE), row("ผ้าแพรวา", producer=""))
    first, second = Question.objects.order_by("first_row__number")
    corrected = taken(row(**SOURCE), row("ผ้าแพรวาลายเกาะ", question=second.public_id.lower()))
    assert ends(corrected) == [("created", "no_category"), ("created", "no_category")]
    for asked, product in ((first, "ผ้าขิดลายดอกจัน"), (second, "ผ้าแพรวาลายเกาะ")):
        asked.refresh_from_db()
        assert (asked.answer["how"], asked.product.name) == ("file", product)


def test_who_sees_which_questions():
    recorder = make.recorder()
    taken(row(producer=""), row("ก", producer="", tambon="กาฬสินธุ์", amphoe="เมือง"))
    taken({"product_name_th": "ข", "province": ""}, by=recorder)
    seen = {who: sorted(one.said["product_name_th"] for one in Question.objects.visible_to(user)) for who, user in {
        "recorder": recorder, "amphoe": make.amphoe_officer(), "elsewhere": make.amphoe_officer("4503"), "centre": make.central_officer(),
        "sample": make.central_officer(origin="sample"), "nobody": make.user(),
    }.items()}  # fmt: skip
    home, town, nowhere = "ผ้าขิดลายดอกจัน", "ก", "ข"
    assert seen == {
        "recorder": [nowhere, home], "amphoe": [home], "elsewhere": [], "centre": sorted([home, town, nowhere]), "sample": [], "nobody": [],
    }  # fmt: skip
