"""A file whose columns are not understood waits for its sender's word, which is remembered for the same headings."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.models import ColumnMap, ImportFile, Product
from tests import make
from tests.registry.files import as_csv, checked, ends, row
from tests.registry.test_import_pages import NEW, show, work

pytestmark = pytest.mark.django_db
STRANGE = "ทะเบียนสินค้าอำเภอ\nของที่ทำ,คนทำ,แขวงหรือตำบล,อ.,จว.,ตำบล\nผ้าขิด,กลุ่มทอผ้าบ้านโพน 0812345678,หนองบัว,นามน,กาฬสินธุ์,ไม่ใช้\n".encode()


def send(client, data: bytes = STRANGE, name: str = "ของ.csv") -> ImportFile:
    client.post(NEW, {"file": SimpleUploadedFile(name, data)})
    work()
    return ImportFile.objects.latest("id")


def columns(file: ImportFile) -> str:
    return reverse("registry:import-columns", args=[file.public_id])


def test_columns_are_named_once_and_known_again(client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    file = send(client)
    assert file.state == "columns"
    page = client.get(show(file)).content.decode()
    assert columns(file) in page
    assert "ชื่อผลิตภัณฑ์" in page
    asked = client.get(columns(file))
    assert asked.context["form"].initial == {}
    assert asked.context["form"]["c5"].initial == "tambon"
    text = asked.content.decode()
    assert "กลุ่มทอผ้าบ้านโพน" in text
    assert "0812345678" not in text
    twice = client.post(columns(file), {"c0": "product_name_th", "c2": "tambon", "c5": "tambon"})
    assert twice.status_code == 422
    assert twice.context["form"]["c5"].errors
    assert twice.context["form"]["c0"].value() == "product_name_th"
    assert client.post(columns(file), {"c1": "producer_name", "c2": "tambon"}).status_code == 422
    assert client.post(columns(file), {"c0": "secret"}).status_code == 422
    assert not ColumnMap.objects.exists()
    said = {"c0": "product_name_th", "c1": "producer_name", "c2": "tambon", "c3": "amphoe", "c4": "province"}
    assert client.post(columns(file), said).status_code == 302
    work()
    assert ends(file) == [("created", "no_category")]
    assert file.import_rows.get().number == 3
    again = send(client, STRANGE.replace("ผ้าขิด".encode(), "ผ้าแพรวา".encode()), "อื่น.csv")
    assert again.state == "checked"
    page = client.get(show(again)).content.decode()
    assert "ของที่ทำ" in page
    assert columns(again) in page
    client.post(columns(again), said | {"c1": ""})
    work()
    assert ends(again) == [("question", "producer_missing")]
    assert ColumnMap.objects.get().fields[1] == ""
    client.post(reverse("registry:import-confirm", args=[again.public_id]))
    work()
    assert client.get(columns(again)).status_code == client.post(columns(again), said).status_code == 403
    client.force_login(make.amphoe_officer())
    assert send(client).state == "columns"
    assert client.get(columns(file)).status_code == 404
    assert not Product.objects.exists()


def test_two_columns_of_one_meaning_are_left_to_the_sender_and_his_file_can_be_left(client):
    client.force_login(make.amphoe_officer())
    file = send(client, as_csv(row(product="ผ้าอื่น")))
    assert file.state == "columns"
    assert client.get(columns(file)).context["form"]["c5"].initial == ""
    client.post(reverse("registry:import-confirm", args=[file.public_id]), {"answer": "cancel"})
    file.refresh_from_db()
    assert file.state == "cancelled"
    assert checked(row()).table["fields"][:2] == ["product_name_th", "producer_name"]
