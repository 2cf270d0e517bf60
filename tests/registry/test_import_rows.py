"""Every row of a file ends as exactly one of created, merged, question, refused; the same file twice changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.actions.imports import Answer, answer_question, confirm_file
from registry.actions.merging import merge_producers, merge_products
from registry.clock import bangkok_day
from registry.intake.work import run_file
from registry.models import (
    Conformity,
    History,
    ImportRow,
    ImportState,
    Outcome,
    Producer,
    ProducerFact,
    Product,
    ProductFact,
    ProductSource,
    Question,
)
from tests import make
from tests.registry.files import checked, ends, row, stored, taken

pytestmark = pytest.mark.django_db
BOOK = (Producer, Product, ProducerFact, ProductFact, ProductSource, Conformity, Question, History)


def test_a_whole_row_becomes_a_product_with_its_dated_facts():
    file = taken(row(
        source="open", source_ref="7", category="ผ้าและเครื่องแต่งกาย", price_baht="๑,๒๐๐", village="บ้านโพน หมู่ 5", standard="มผช.247/2552",
        registered_on="18/09/2567", star="5", year_be="2555",
    ))  # fmt: skip
    product = Product.objects.select_related("producer", "category", "area").get()
    assert ends(file) == [("created", "complete")]
    assert (product.name, product.category.code, product.area.code) == ("ผ้าขิดลายดอกจัน", "apparel", "460205")
    assert (product.price_baht, product.village, product.registered_on) == (
        Decimal(1200),
        "บ้านโพน หมู่ 5",
        date(2024, 9, 18),
    )
    assert (product.producer.name, product.producer.type, product.origin) == ("กลุ่มทอผ้าบ้านโพน", "group", "real")
    assert list(product.facts.values_list("on", "category__code", "active")) == [(date(2024, 9, 18), "apparel", True)]
    assert list(product.producer.facts.values_list("on", "type", "active")) == [(date(2024, 9, 18), "group", True)]
    assert list(product.sources.values_list("source", "source_ref")) == [("open", "7")]
    assert list(product.conformities.values_list("standard__code", "number")) == [("tcps", "มผช.247/2552")]
    assert file.import_rows.get().said["star"] == "5"
    assert History.objects.get(kind="importfile").after["created"] == 1


def test_no_category_makes_an_incomplete_product_with_a_suggestion():
    file = taken(row("น้ำพริกเผา"))
    product = Product.objects.get()
    assert ends(file) == [("created", "no_category")]
    assert (product.category, product.category_suggested.code, product.is_complete) == (None, "food", False)
    assert product.registered_on == bangkok_day(product.created_at)
    assert "อาหาร" in file.import_rows.get().message_th


@pytest.mark.parametrize(
    ("rest", "reason", "field"),
    [
        ({"producer_name": ""}, "producer_missing", "producer_name"),
        ({"producer_name": "-"}, "producer_missing", "producer_name"),
        ({"producer_name": "[บุคคล]"}, "producer_withheld", "producer_name"),
        ({"producer_name": "จำหน่ายเอง"}, "producer_is_seller", "producer_name"),
        ({"producer_name": "กลุ่มแม่บ้านเกษตรกร"}, "producer_general", "producer_name"),
        ({"producer_name": "กลุ่มจักสานบ้านโคกพร้.."}, "producer_damaged", "producer_name"),
        ({"tambon": ""}, "tambon_missing", "tambon"),
        ({"tambon": "", "amphoe": "", "province": ""}, "tambon_missing", "tambon"),
        ({"tambon": "", "producer_name": ""}, "tambon_and_producer_missing", "tambon"),
        ({"tambon": "หนองบัง"}, "place_misspelt", "tambon"),
        ({"amphoe": ""}, "place_several", "amphoe"),
        ({"tambon": "กาฬสินธุ์"}, "place_contradiction", "tambon"),
        ({"product_name_th": "ชุดอาหารลายมะลิ 8 ชิ้.."}, "name_damaged", "product_name_th"),
    ],
)
def test_a_missing_or_doubtful_part_keeps_the_row_waiting_as_a_question(rest, reason, field):
    file = taken(row() | rest)
    found = file.import_rows.get()
    assert (found.outcome, found.reason, found.field) == (Outcome.QUESTION, reason, field)
    assert Product.objects.count() == Producer.objects.count() == 0
    question = Question.objects.get()
    assert (question.kind, question.first_row, question.is_open) == (reason, found, True)
    assert found.message_th
    assert found.message_en


@pytest.mark.parametrize(
    ("rest", "reason", "field"),
    [
        ({"product_name_th": ""}, "name_missing", "product_name_th"),
        ({"product_name_th": " - "}, "name_missing", "product_name_th"),
        ({"tambon": "ดาวอังคาร"}, "area_unknown", "tambon"),
        ({"province": "แคลิฟอร์เนีย", "amphoe": "ลอสแอนเจลิส", "tambon": "เบเวอร์ลี"}, "area_unknown", "province"),
    ],
)
def test_only_a_row_without_name_or_with_an_area_that_is_none_is_refused(rest, reason, field):
    file = taken(row() | rest)
    found = file.import_rows.get()
    assert (found.number, found.outcome, found.reason, found.field) == (2, Outcome.REFUSED, reason, field)
    assert "send the row again" in found.message_en
    assert not Product.objects.exists()
    assert not Question.objects.exists()


def test_names_a_slip_apart_in_one_tambon_are_a_question_with_the_choice():
    file = taken(
        row(producer="กลุ่มทอผ้าบ้านโพนทราย"), row("ผ้าไหม", producer="กลุ่มทอผ้าบ้านโพนทลาย"), row("ผ้าไหม", producer="กลุ่มสตรีทอผ้าบ้านโพนทราย"),
        row("ขนมทองม้วน", producer="แม่แดงขนมไทย"), row("ทองม้วน", producer="แม่แดงขนมไทย"),
        row("ข้าวแต๋น", producer="ชมรมผู้สูงอายุโพนงาม", village="หมู่ 2"), row("ข้าวเกรียบ", producer="ชมรมผู้สูงอายุโพนงาม", village="หมู่ 9"),
    )  # fmt: skip
    assert ends(file) == [
        ("created", "no_category"), ("question", "producer_similar"), ("question", "producer_similar"),
        ("created", "no_category"), ("question", "product_similar"),
        ("created", "no_category"), ("question", "village_differs"),
    ]  # fmt: skip
    first = Question.objects.filter(kind="producer_similar").first()
    assert first.choices["producers"] == [Producer.objects.get(name="กลุ่มทอผ้าบ้านโพนทราย").public_id]
    alike = Question.objects.get(kind="product_similar")
    assert alike.choices["products"] == [Product.objects.get(name="ขนมทองม้วน").public_id]


def test_a_repeated_row_is_joined_and_fills_only_what_is_empty():
    file = taken(
        row(price_baht="100"),
        row("ผ้าขิด ลายดอกจัน", price_baht="200", unit="ผืน", category="ผ้า"),
        row(producer="กลุ่มทอผ้า บ้านโพน"),
    )
    product = Product.objects.get()
    assert ends(file) == [("created", "no_category"), ("merged", "repeated"), ("merged", "repeated")]
    assert (product.price_baht, product.unit, product.category.code) == (Decimal(100), "ผืน", "apparel")
    assert "ราคา" in file.import_rows.get(number=3).message_th
    assert product.facts.count() == 1


def test_a_row_that_meets_the_register_fills_empty_fields_and_overwrites_none():
    known = make.product(
        make.producer(name="กลุ่มทอผ้าบ้านโพน"), name="ผ้าขิดลายดอกจัน", category=None, price_baht=Decimal(90)
    )
    file = taken(row(category="ผ้า", price_baht="120", unit="ผืน", source="s", source_ref="1"))
    known.refresh_from_db()
    assert ends(file) == [("merged", "filled")]
    assert (known.price_baht, known.unit, known.category.code, known.version) == (Decimal(90), "ผืน", "apparel", 2)
    assert [fact.category and fact.category.code for fact in known.facts.order_by("id")] == [None, "apparel"]
    again = taken(row(category="ผ้า", price_baht="120", unit="ผืน", source="s", source_ref="1"))
    assert ends(again) == [("merged", "differs")]
    known.refresh_from_db()
    assert (known.version, known.facts.count()) == (2, 2)


def test_a_subcategory_names_its_category_and_never_one_of_another():
    known = make.product(make.producer(name="กลุ่มทอผ้าบ้านโพน"), name="ผ้าขิดลายดอกจัน", category="food")
    assert ends(taken(row(subcategory="ผ้า"), row("ตะกร้า", subcategory="จักสาน"), row("เสื่อ", category="ผ้า", subcategory="จักสาน"))) == [
        ("merged", "differs"), ("created", "complete"), ("created", "complete"),
    ]  # fmt: skip
    known.refresh_from_db()
    assert (known.category.code, known.subcategory) == ("food", None)
    basket, mat = Product.objects.get(name="ตะกร้า"), Product.objects.get(name="เสื่อ")
    assert (basket.category.code, basket.subcategory.code) == ("utensil", "utensil-wicker")
    assert (mat.category.code, mat.subcategory) == ("apparel", None)
    assert ends(taken(row("เสื่อ", subcategory="ผ้า"))) == [("merged", "filled")]
    mat.refresh_from_db()
    assert mat.subcategory.code == "apparel-fabric"


def test_an_ended_product_or_producer_is_not_revived_without_a_word():
    producer = make.producer(name="กลุ่มทอผ้าบ้านโพน")
    product = make.product(producer, name="ผ้าขิดลายดอกจัน")
    make.products.end_product(by=None, product=product, version=1)
    assert ends(taken(row())) == [("question", "ended_before")]


def test_names_that_were_joined_with_others_mean_those_others():
    """However often: the second producer into the first, the first into the last; the second product into the first."""
    names = ("กลุ่มทอผ้าบ้านโพน", "แม่บ้านดอนยาวพัฒนา", "วิสาหกิจชุมชนหนองแวงสามัคคี")
    last, middle, first = (make.producer(name=name) for name in names)
    stays, goes = make.product(first, name="ผ้าขิดลายดอกจัน"), make.product(first, name="ตะกร้าหวายหูหิ้ว")
    merge_products(by=None, stays=stays, goes=goes, stays_version=stays.version, goes_version=goes.version)
    for here, there in ((middle, first), (last, middle)):
        here.refresh_from_db(), there.refresh_from_db()
        merge_producers(by=None, stays=here, goes=there, stays_version=here.version, goes_version=there.version)
    file = taken(row("ตะกร้าหวายหูหิ้ว", names[2], price_baht="90"), row("ผ้าขิดลายดอกจัน", names[1]), row("ข้าวฮางหอมมะลิ", names[2]))
    assert [end[0] for end in ends(file)] == ["merged", "merged", "created"]
    stays.refresh_from_db()
    assert (stays.price_baht, stays.producer) == (Decimal(90), last)
    assert Product.objects.get(name="ข้าวฮางหอมมะลิ").producer == last
    assert Producer.objects.count() == 3


def test_the_source_and_its_number_tell_a_row_before_its_names_do():
    first = taken(row("ผ้าขิด", source="open", source_ref="7"))
    renamed = taken(row("ผ้าไหมแพรวา", source="open", source_ref="7"))
    moved = taken(row("ผ้าขิด", source="open", source_ref="7", tambon="นามน"))
    other = taken(row("ผ้าไหมแพรวา", source="open", source_ref="8"))
    bare = taken({"product_name_th": "ผ้าขิด", "province": "กาฬสินธุ์", "source": "open", "source_ref": "7"})
    assert [ends(file)[0] for file in (first, renamed, moved, other, bare)] == [
        ("created", "no_category"), ("question", "source_differs"), ("question", "source_differs"), ("created", "no_category"),
        ("merged", "same"),
    ]  # fmt: skip
    assert Question.objects.count() == 1  # the same row of the source asks once


MIXED = (
    row(source="s", source_ref="1"), row(source="s", source_ref="1", unit="ผืน"), row("ผ้าไหม", standard="มผช.1/2546"), row("ผ้าไหม"),
    row("น้ำพริก", producer=""), row("น้ำพริก", producer=""), row("", producer="ก"), row("ปลาร้า", tambon="หนองบัง"), row("ตะกร้า", amphoe=""),
    row("ขนมทองม้วน", producer="แม่แดงขนมไทย", category="อาหาร"), row("ทองม้วน", producer="แม่แดงขนมไทย"),
)  # fmt: skip


def test_the_same_file_twice_changes_nothing():
    first = taken(*MIXED)
    before = stored(*BOOK)
    second = taken(*MIXED)
    assert stored(*BOOK) == before
    outcomes = [outcome for outcome, _reason in ends(second)]
    assert outcomes == ["merged" if outcome == "created" else outcome for outcome, _reason in ends(first)]


def test_the_check_says_before_what_the_run_says_after():
    file = checked(*MIXED)
    promised = list(
        file.import_rows.values_list("number", "outcome", "reason", "message_th", "message_en", "area_code")
    )
    assert file.state == ImportState.CHECKED
    assert not any(model.objects.exists() for model in BOOK)
    file.refresh_from_db()
    done = taken(*MIXED)
    assert (
        list(done.import_rows.values_list("number", "outcome", "reason", "message_th", "message_en", "area_code"))
        == promised
    )


@pytest.mark.parametrize("chunk", [1, 2, 3, 2000])
def test_the_size_of_the_chunks_changes_nothing(chunk):
    file = taken(*MIXED, chunk=chunk)
    assert [outcome for outcome, _reason in ends(file)] == [
        "created", "merged", "created", "merged", "question", "question", "refused", "question", "question", "created", "question",
    ]  # fmt: skip
    assert ends(file)[1] == ("merged", "repeated")
    assert Question.objects.count() == 4
    assert Product.objects.get(name="ผ้าขิดลายดอกจัน").unit == "ผืน"


def test_an_officer_brings_rows_of_his_areas_only():
    officer = make.amphoe_officer("4602")
    file = taken(
        row(),
        row("ผ้าไหม", tambon="กาฬสินธุ์", amphoe="เมือง"),
        row("ผ้าฝ้าย", tambon="", amphoe="เมือง"),
        row("ผ้าแพร", tambon="", amphoe=""),
        by=officer,
    )
    assert ends(file) == [
        ("created", "no_category"), ("refused", "not_your_area"), ("refused", "not_your_area"), ("question", "tambon_missing"),
    ]  # fmt: skip
    assert Product.objects.get().created_by == officer
    assert ends(taken(row("ผ้าไหม", tambon="กาฬสินธุ์", amphoe="เมือง"), by=make.central_officer())) == [
        ("created", "no_category")
    ]


def test_rows_of_a_sample_user_stay_samples():
    real = taken(row())
    sample = taken(row(), by=make.central_officer(origin="sample"))
    assert ends(real) == ends(sample) == [("created", "no_category")]
    assert sorted(Product.objects.values_list("origin", flat=True)) == ["real", "sample"]


def test_a_number_that_stands_on_different_rows_tells_none_of_them():
    twice = (row("ผ้าขิด", source="s", source_ref="1"), row("ขนมทองม้วน", source="s", source_ref="1"))
    first, again = taken(*twice), taken(*twice)
    assert ends(first) == [("created", "no_category")] * 2
    assert ends(again) == [("merged", "same")] * 2
    assert not ProductSource.objects.exists()
    assert "different rows" in first.import_rows.first().message_en


def test_a_question_about_a_village_speaks_for_the_row_of_that_village_only():
    rows = (row(village="หมู่ 2"), row(village="หมู่ 9"))
    first = taken(*rows)
    assert ends(first) == [("created", "no_category"), ("question", "village_differs")]
    choice = Answer(area=make.area(), producer_name="กลุ่มทอผ้าบ้านโพน หมู่ 9", product_name="ผ้าขิดลายดอกจัน")
    other = answer_question(by=None, question=Question.objects.get(), choice=choice)
    again = taken(*rows)
    assert ends(again) == [("merged", "same"), ("merged", "same")]
    assert again.import_rows.get(number=3).product == other


def test_what_cannot_be_read_is_left_out_with_a_note():
    file = taken(row(price_baht="ถูกมาก", registered_on="31/02/2567", capacity_month="-3", standard="มผช. (ไม่ระบุ)"))
    message = file.import_rows.get().message_en
    assert ends(file) == [("created", "no_category")]
    for said in ("ถูกมาก", "31/02/2567", "-3", "มผช. (ไม่ระบุ)"):
        assert said in message
    assert not Conformity.objects.exists()


CELL = st.text(
    alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=25
) | st.sampled_from(["หนองบัว", "นามน", "กาฬสินธุ์", "ผ้าขิด", "กลุ่มทอผ้าบ้านโพน", "-"])
ROWS = st.lists(st.fixed_dictionaries({
    "product_name_th": CELL, "producer_name": CELL, "tambon": CELL, "amphoe": CELL, "province": CELL, "price_baht": CELL, "category": CELL,
    "standard": CELL, "source": st.sampled_from(["", "s"]), "source_ref": st.sampled_from(["", "1", "2"]),
}), min_size=1, max_size=6)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS)
def test_whatever_the_cells_hold_each_row_ends_once_and_twice_changes_nothing(rows):
    rows = [
        {
            "product_name_th": "ผ้าขิดตั้งต้น",
            "producer_name": "กลุ่มทอผ้าตั้งต้น",
            "tambon": "หนองบัว",
            "amphoe": "นามน",
            "province": "กาฬสินธุ์",
        },
        *rows,
    ]
    first = taken(*rows)
    assert first.state == ImportState.DONE
    before = stored(*BOOK)
    second = taken(*rows)
    assert stored(*BOOK) == before
    assert {outcome for outcome, _reason in ends(second)} <= {"merged", "question", "refused"}
    for found in ImportRow.objects.filter(file=first):
        assert (found.product_id is not None) == (found.outcome in ("created", "merged"))
        assert found.message_th


FEW = st.lists(
    st.builds(
        row,
        st.sampled_from(["ผ้าขิด", "ขนมทองม้วน", "ทองม้วน", "น้ำพริก.."]),
        st.sampled_from(["", "กลุ่มทอผ้าบ้านโพนทราย", "กลุ่มทอผ้าบ้านโพนทลาย", "กลุ่มแม่บ้าน"]),
        tambon=st.sampled_from(["หนองบัว", "นามน", "", "หนองบัง"]),
        village=st.sampled_from(["", "หมู่ 2", "หมู่ 5"]),
        unit=st.sampled_from(["", "ผืน", "ชิ้น"]),
        source=st.just("s"),
        source_ref=st.sampled_from(["", "1", "2"]),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=FEW, chunk=st.integers(1, 8))
def test_rows_that_meet_one_another_change_nothing_the_second_time(rows, chunk):
    with transaction.atomic():
        file = checked(*rows)
        promised = ends(file)
        first = ends(run_file(confirm_file(by=None, file=file, run=False), chunk=chunk))
        assert first == promised
        assert [outcome for outcome, _reason in first].count("created") == Product.objects.count()
        before = stored(*BOOK)
        second = ends(taken(*rows))
        assert stored(*BOOK) == before
        assert "created" not in [outcome for outcome, _reason in second]
        transaction.set_rollback(True)
