"""Classifying a product: answers kept and numbered, the table held by the database, the page, the list, the work list."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from registry.actions.products import end_product
from registry.actions.quadrants import classify_product
from registry.models import Classification, History, QuadrantItem, QuadrantKind, QuadrantQuestion
from registry.models.quadrants import ANSWERS
from registry.quadrant import QUESTIONS, ROWS, items
from registry.refusal import Refused
from registry.worklist import Group, lines_for
from tests import make

pytestmark = pytest.mark.django_db
A, REVIEW = ["1.1", "2.1", "3.1", "4.1", "5.1"], ["1.1", "2.1", "3.3", "4.1", "5.1"]
B, C, D = ["1.2", "2.2", "3.3", "4.2", "5.4"], ["1.1", "2.3", "3.2", "4.4", "5.3"], ["1.3", "", "", "", ""]


def classified(product, answers, **rest) -> Classification:
    return classify_product(by=None, product=product, answers=answers, seen=product.classifications.count(), **rest)


def sent(answers, seen: int = 0, **rest) -> dict[str, object]:
    return dict(zip(ANSWERS, answers, strict=True)) | {"seen": seen, "remark": "", **rest}


def url(product) -> str:
    return reverse("registry:classification-new", args=[product.public_id])


@pytest.fixture
def signed(client):
    client.force_login(make.amphoe_officer())
    return client


def test_the_words_cover_the_table_and_say_that_they_are_not_confirmed():
    assert {row.number for row in QuadrantQuestion.objects.all()} == set(QUESTIONS)
    assert {row.code for row in QuadrantItem.objects.all()} == {code for question in QUESTIONS for code in items(question)}
    assert {row.letter for row in QuadrantKind.objects.all()} == {quadrant.value for quadrant in ROWS}
    for model in (QuadrantQuestion, QuadrantItem, QuadrantKind):
        for row in model.objects.all():
            assert row.text_th, row
            assert row.text_en, row
            assert row.source_note_th, row
            assert row.source_note_en, row
            assert not row.confirmed


def test_an_administrator_edits_the_words_and_never_the_code(client):
    client.force_login(make.administrator())
    item = QuadrantItem.objects.get(code="1.1")
    address = reverse("admin:registry_quadrantitem_change", args=[item.pk])
    words = {"text_th": "ถ้อยคำของกรมฯ", "text_en": "The department's words", "confirmed": "on", "code": "9.9"}
    assert client.post(address, words).status_code == 302
    item.refresh_from_db()
    assert (item.code, item.text_th, item.confirmed) == ("1.1", "ถ้อยคำของกรมฯ", True)


@pytest.mark.parametrize(("answers", "quadrant", "mark", "premium"), [
    (A, "A", "gold", True), (B, "B", "silver", False), (C, "C", "red", False), (D, "D", "blue", False), (REVIEW, "-", "", False),
])
def test_five_answers_are_kept_with_what_they_came_to(answers, quadrant, mark, premium):
    made = classified(make.product(), answers, at=make.at(2026, 11, 1))
    assert (made.quadrant, made.mark, made.premium, made.rule, made.number) == (quadrant, mark, premium, "qd-1", 1)
    assert list(made.answers) == answers
    assert made.at.date() == date(2026, 11, 1)
    line = History.objects.get(act="product_classified")
    assert (line.after["quadrant"], line.after["answers"]) == (quadrant, " ".join(filter(None, answers)))


def test_the_words_of_the_day_stay_with_the_answers():
    made = classified(make.product(), A)
    QuadrantItem.objects.update(text_th="อื่น")
    made.refresh_from_db()
    assert made.said[0][0] not in ("", "อื่น")


def test_without_a_standard_the_other_answers_are_not_kept():
    assert list(classified(make.product(), ["1.3", *A[1:]]).answers) == D


def test_a_correction_is_the_next_number_and_the_first_stays():
    product = make.product()
    classified(product, REVIEW)
    classified(product, A)
    assert list(product.classifications.values_list("number", "quadrant")) == [(2, "A"), (1, "-")]
    assert Classification.objects.current().get().number == 2


def refused(product, answers, seen: int = 0, by=None) -> list[str]:
    with pytest.raises(Refused) as raised:
        classify_product(by=by, product=product, answers=answers, seen=seen)
    return raised.value.codes


def test_missing_answers_an_old_form_an_ended_product_and_a_stranger_are_refused():
    product = make.product()
    assert refused(product, ["", "", "", "", ""]) == ["answer_missing"] * 5
    assert refused(product, ["1.1", "", "3.1", "9.9", "5.1"]) == ["answer_missing"] * 2
    classified(product, A)
    assert refused(product, B, seen=0) == ["classified_since"]
    assert refused(product, B, seen=1, by=make.recorder(make.ELSEWHERE)) == ["not_your_area"]
    end_product(by=None, product=product, version=1)
    assert refused(product, B, seen=1) == ["ended_already"]


@pytest.mark.parametrize("changed", [
    {"quadrant": "B"}, {"mark": "silver"}, {"premium": False}, {"market": "5.2"}, {"quadrant": "-", "mark": "", "premium": False},
    {"market": ""}, {"standard": "1.3"},
])
def test_the_database_itself_refuses_a_quadrant_that_does_not_follow(changed):
    right = {
        **dict(zip(ANSWERS, A, strict=True)), "quadrant": "A", "mark": "gold", "premium": True, "rule": "qd-1",
        "product": make.product(), "number": 1,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match="a_quadrant_follows_from_its_answers"), transaction.atomic():
        Classification.objects.create(**right | changed)
    assert Classification.objects.create(**right).pk


def test_a_classification_is_never_changed_or_taken_back():
    made = classified(make.product(), A)
    for act in (lambda: Classification.objects.update(note="x"), made.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            act()


# --- pages ----------------------------------------------------------------------------------------------------------------


def test_the_form_leads_to_the_product_and_shows_quadrant_mark_and_history(signed):
    product = make.product()
    assert signed.post(url(product), sent(REVIEW)).status_code == 302
    answer = signed.post(url(product), sent(A, seen=1, remark="ตรวจกับผู้ผลิตแล้ว"), follow=True)
    page = answer.content.decode()
    for words in ("ดาวเด่นสู่สากล", "Premium", "quad-gold", "ตรวจกับผู้ผลิตแล้ว", "ยังไม่จัดกลุ่ม – รอทบทวน", "qd-1"):
        assert words in page, words
    begun = signed.get(url(product)).content.decode()
    assert begun.count("checked") == 5
    assert 'name="seen" value="2"' in begun


def test_what_was_chosen_stays_when_an_answer_is_missing(signed):
    product = make.product()
    answer = signed.post(url(product), sent(["1.1", "2.1", "", "4.1", "5.1"]))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["process"]
    assert answer.content.decode().count("checked") == 4
    for strange in ({"standard": "9"}, {"seen": "x"}, {"seen": "99999999999"}, {}):
        assert signed.post(url(product), strange).status_code == 422
    assert not Classification.objects.exists()


def test_the_second_of_two_is_told_that_somebody_was_quicker(signed):
    product = make.product()
    classified(product, A)
    answer = signed.post(url(product), sent(B, seen=0))
    assert (answer.status_code, product.classifications.count()) == (403, 1)
    assert answer.content.decode().count("checked") == 5


def test_an_answer_that_the_register_does_not_bear_out_is_said_and_kept(signed):
    product = make.product()
    make.conformity(product)
    page = signed.post(url(product), sent(D), follow=True).content.decode()
    assert "คำตอบระบุว่าไม่มีมาตรฐาน แต่ทะเบียนมี มผช." in page
    assert product.classifications.get().quadrant == "D"


def test_the_register_is_narrowed_by_the_newest_quadrant_and_reviews_wait_in_the_work_list(signed):
    first, second, never = (make.product(name=name) for name in ("กก", "ขข", "คค"))
    classified(first, REVIEW)
    classified(first, A)
    classified(second, REVIEW)

    def listed(quadrant: str) -> list[str]:
        return [row.name for row in signed.get(reverse("registry:product-list"), {"quadrant": quadrant}).context["page_obj"]]

    assert {quadrant: listed(quadrant) for quadrant in ("A", "B", "review", "none")} == {
        "A": ["กก"], "B": [], "review": ["ขข"], "none": [never.name],
    }

    def waiting(user) -> list[int | None]:
        lines = lines_for(user, timezone.now())[Group.QUESTION]
        return [line.count for line in lines if "quadrant=review" in line.url]

    assert waiting(make.amphoe_officer()) == [1]
    assert waiting(make.recorder(make.ELSEWHERE)) == []
