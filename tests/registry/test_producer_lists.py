"""Published lists of producers (province, amphoe, tambon, producer, more): registered, met, asked about, refused; no product."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from registry.actions.imports import confirm_file, receive_file
from registry.intake.columns import is_producer_list, read_headings
from registry.intake.work import check_file, run_file
from registry.models import ImportFile, Producer, ProducerFact, Product, Question
from registry.refusal import Refused
from tests import make
from tests.registry.files import ends

pytestmark = pytest.mark.django_db
HEAD = "จังหวัด,อำเภอ,ตำบล,ชื่อผู้ประกอบการ,พิกัดจุดชมวิว\n"


def producer_list(*lines: str, head: str = HEAD, by=None) -> ImportFile:
    content = ContentFile(("\ufeff" + head + "\n".join(lines)).encode())
    file = check_file(receive_file(by=by, name="CDD_otop_own_2024.csv", content=content, check=False))
    return run_file(confirm_file(by=by, file=file, run=False)) if file.state == "checked" else file


def test_the_layout_is_known_by_its_columns_and_never_by_what_was_not_understood():
    assert is_producer_list(["province", "amphoe", "tambon", "producer_name", ""])
    assert not is_producer_list(["producer_name", "tambon", "product_name_th"])
    assert read_headings([HEAD.strip().split(",")]).unknown == ("พิกัดจุดชมวิว",)
    assert read_headings([["ผู้ผลิต", "ตำบล"]]).unknown == ()
    for other in (["รายการของดี", "ผู้ผลิต", "ตำบล"], ["จังหวัด", "ตำบล", "อำเภอ", "ผู้ผลิต", "ของดี"]):
        with pytest.raises(Refused) as caught:
            read_headings([other])
        assert caught.value.codes == ["columns_missing"]


def test_each_row_ends_once_and_no_product_is_made(client):
    there = make.producer(name="กลุ่มทอผ้าบ้านโพน")
    officer = make.province_officer()
    lines = (
        "กาฬสินธุ์,นามน,หนองบัว,กลุ่มจักสานดอนยาว,1", "กาฬสินธุ์,นามน,หนองบัว,กลุ่มทอผ้าบ้านโพน,2", "กาฬสินธุ์,นามน,หนองบัว,กลุ่มทอผ้าบ้านโพนน,3",
        "กาฬสินธุ์,นามน,,กลุ่มน้ำพริกแม่ทองใบ,4", "กาฬสินธุ์,นามน,หนองบัว,,5", "กาฬสินธุ์,นามน,ไม่มีตำบลนี้เลย,กลุ่มใด,6",
        "กาฬสินธุ์,นามน,หนองบัว,กลุ่มจักสานดอนยาว,7",
    )  # fmt: skip
    file = producer_list(*lines, by=officer)
    assert ends(file) == [
        ("created", "producer_new"), ("merged", "same"), ("question", "producer_similar"), ("question", "tambon_missing"),
        ("refused", "producer_unnamed"), ("refused", "area_unknown"), ("merged", "same"),
    ]  # fmt: skip
    assert any("names no products" in notice["en"] for notice in file.notice)
    made = Producer.objects.get(name="กลุ่มจักสานดอนยาว")
    assert (made.area.code, made.created_by, ProducerFact.objects.filter(producer=made).count()) == (make.HOME, officer, 1)
    assert (Product.objects.count(), Producer.objects.count()) == (0, 2)
    again = producer_list(*lines, by=officer)
    assert ends(again)[0] == ("merged", "same")
    assert (Producer.objects.count(), Question.objects.count()) == (2, 2)
    client.force_login(officer)
    page = client.get("/en" + reverse("registry:import-show", args=[file.public_id])).content.decode()
    assert reverse("registry:producer-show", args=[made.public_id]) in page
    assert "กลุ่มน้ำพริกแม่ทองใบ" in client.get(reverse("registry:question-list")).content.decode()
    alike, placeless = Question.objects.order_by("id")
    address = reverse("registry:question-answer", args=[alike.public_id])
    assert set(client.get(address).context["answering"].fields) == {"producer", "producer_name"}
    assert client.post(address, {"producer": there.public_id}).status_code == 302
    address = reverse("registry:question-answer", args=[placeless.public_id])
    assert client.post(address, {"producer_name": "กลุ่มน้ำพริกแม่ทองใบ"}).status_code == 422
    answer = {"tambon": "other", "area": make.HOME, "producer": "other", "producer_name": "กลุ่มน้ำพริกแม่ทองใบ"}
    assert client.post(address, answer).status_code == 302
    assert client.post(address, answer).status_code == 403  # it is answered
    assert Producer.objects.filter(name="กลุ่มน้ำพริกแม่ทองใบ", area__code=make.HOME).count() == 1
    assert [end for end in ends(producer_list(*lines, by=officer)) if end[0] == "question"] == []
    assert (Producer.objects.count(), Product.objects.count()) == (3, 0)


def test_the_sender_may_say_that_no_column_names_products(client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    file = producer_list("กลุ่มตีเหล็ก,หนองบัว,นามน,กาฬสินธุ์,ก", head="คนทำ,แขวงหรือตำบล,อ.,จว.,อื่นใด\n", by=officer)
    assert file.state == "columns"
    address = reverse("registry:import-columns", args=[file.public_id])
    said = {"c0": "producer_name", "c1": "tambon", "c2": "amphoe", "c3": "province"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, {**said, "producers_only": "on"}).status_code == 302
    file.refresh_from_db()
    assert ends(check_file(file)) == [("created", "producer_new")]
    assert client.get(address).context["form"]["producers_only"].initial is True


def test_a_row_not_taken_in_is_not_asked_again(client):
    make.producer(name="กลุ่มทอผ้าบ้านโพน")
    officer = make.province_officer()
    line = "กาฬสินธุ์,นามน,หนองบัว,กลุ่มทอผ้าบ้านโพนน,"
    producer_list(line, by=officer)
    client.force_login(officer)
    address = reverse("registry:question-answer", args=[Question.objects.get().public_id])
    assert client.post(address, {"dismiss": "1", "reason": "เขียนผิด"}).status_code == 302
    assert ends(producer_list(line, by=officer)) == [("refused", "answered_no")]
    assert ends(producer_list("กรุงเทพมหานคร,พระนคร,ชนะสงคราม,กลุ่มใด,", by=officer)) == [("refused", "not_your_area")]
