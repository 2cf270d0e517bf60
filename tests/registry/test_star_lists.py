"""Published star lists: joined by a score of name, producer and place; doubts before a person; quoted, never an award."""

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from registry.actions.imports import confirm_file, receive_file
from registry.intake.stars import is_star_list, stars_of, year_of
from registry.intake.work import check_file, run_file
from registry.models import ImportFile, Product, Question, StarQuote
from selection.models import Award
from tests import make
from tests.registry.files import ends

pytestmark = pytest.mark.django_db
HEAD = "ชื่อผลิตภัณฑ์,ชื่อผู้ประกอบการ,จังหวัด,ประเภท,ระดับดาว\n"


def star_list(*lines: str, name: str = "CDD_OPC_2024.csv", by=None) -> ImportFile:
    content = ContentFile(("\ufeff" + HEAD + "\n".join(lines)).encode())
    file = check_file(receive_file(by=by, name=name, content=content, check=False))
    return run_file(confirm_file(by=by, file=file, run=False)) if file.state == "checked" else file


@pytest.mark.parametrize(("text", "stars"), [
    ("5", 5), ("ระดับ 4 ดาว", 4), ("๓ ดาว", 3), ("★★★", 3), ("4 ดาว ★★★★", 4), ("ดาว 4-5", None), ("", None), ("12", None), ("6 ดาว", None),
    ("4 ★★★", None),
])  # fmt: skip
def test_the_digit_is_found_among_the_words_around_it(text, stars):
    assert stars_of(text) == stars


def test_the_layout_and_the_year_are_read_off():
    assert is_star_list({"product_name_th", "producer_name", "province", "category", "star"})
    assert not is_star_list({"product_name_th", "producer_name", "province", "tambon", "star"})
    assert (year_of("CDD_OPC_2024.csv"), year_of("opc ๒๕๖๗.xlsx"), year_of("รายชื่อ.csv"), year_of("2024-2565")) == (2567, 2567, None, None)


def test_stars_are_quoted_asked_about_or_refused_and_never_become_an_award(client):
    home = make.producer(name="กลุ่มทอผ้าบ้านโพน")
    sure = make.product(home, name="ผ้าแพรวาลายนาค")
    twins = [make.product(make.producer(name=f"กลุ่มจักสาน{place}"), name="กระติบข้าวไม้ไผ่") for place in ("ดอนยาว", "หนองแวง")]
    make.product(make.producer(make.ELSEWHERE, name="กลุ่มไกล"), name="น้ำพริกเผา")
    officer = make.province_officer()
    lines = (
        "ผ้าแพรวา ลายนาค,กลุ่มทอผ้าบ้านโพน,กาฬสินธุ์,ผ้า เครื่องแต่งกาย,ระดับ 5 ดาว", "กระติบข้าวไม้ไผ่,กลุ่มจักสาน,จ.กาฬสินธุ์,,4 ดาว",
        "น้ำพริกเผา,กลุ่มไกล,กาฬสินธุ์,อาหาร,3", "ผ้าแพรวาลายนาค,กลุ่มทอผ้าบ้านโพน,กาฬสินธุ์,,ไม่ผ่าน",
        "ผ้าแพรวาลายนาค,กลุ่มทอผ้าบ้านโพน,ไม่มีจังหวัดนี้เลย,,5",
    )  # fmt: skip
    before = Product.objects.count()
    file = star_list(*lines, by=officer)
    assert ends(file) == [
        ("merged", "stars_quoted"), ("question", "stars_doubtful"), ("refused", "not_in_register"), ("refused", "star_not_read"),
        ("refused", "area_unknown"),
    ]  # fmt: skip
    quote = StarQuote.objects.get()
    assert (quote.product, quote.year_be, quote.stars) == (sure, 2567, 5)
    assert quote.source == "CDD_OPC_2024.csv · 2"
    client.force_login(officer)
    page = client.get("/en" + reverse("registry:product-show", args=[sure.public_id])).content.decode()
    assert "CDD_OPC_2024.csv" in page
    question = Question.objects.get()
    address = reverse("registry:question-answer", args=[question.public_id])
    form = client.get(address).context["answering"]
    assert list(form.fields) == ["product"]
    assert {code for code, _label in form.fields["product"].choices} == {row.public_id for row in twins}
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"product": "other"}).status_code == 422
    assert client.post(address, {"product": twins[1].public_id}).status_code == 302
    assert [row.stars for row in twins[1].star_quotes.all()] == [4]
    assert ends(star_list(*lines[:2], by=officer)) == [("merged", "same"), ("merged", "same")]
    other = star_list(lines[0].replace("5 ดาว", "3 ดาว"), name="CDD_OPC_2024_แก้ไข.csv", by=officer)
    assert ends(other) == [("merged", "stars_quoted")]
    assert sorted(sure.star_quotes.values_list("stars", flat=True)) == [3, 5]
    assert ends(star_list(lines[0], name="รายชื่อ.csv", by=officer)) == [("refused", "year_missing")]
    assert ends(star_list(lines[0], by=make.province_officer(make.OTHER_PROVINCE))) == [("refused", "not_your_area")]
    assert (Product.objects.count(), Award.objects.count()) == (before, 0)
    for act in (lambda: StarQuote.objects.update(stars=1), StarQuote.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
