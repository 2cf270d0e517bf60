"""What changes field by field; all rows or none; the file of rows sent again; how long a sent file is kept."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registry.actions.imports import confirm_file, forget_files
from registry.intake.report import as_written, safe
from registry.intake.work import run_file
from registry.models import ImportFile, Outcome, Product, Threshold
from registry.refusal import Refused
from tests import make
from tests.registry.files import checked, ends, row, taken
from tests.registry.test_import_columns import send
from tests.registry.test_import_pages import show, work

pytestmark = pytest.mark.django_db


def test_the_preview_tells_each_change_before_and_after(client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    taken(row(unit="ผืน"))
    file = checked(row(unit="ชิ้น", price_baht="120", category="ผ้า เครื่องแต่งกาย", packaging="กล่อง"), by=officer)
    line = file.import_rows.get()
    apparel = make.category("apparel").name_th
    assert sorted(line.changes) == sorted([
        ["category_id", "", apparel, True], ["price_baht", "", "120", True], ["packaging", "", "กล่อง", True], ["unit", "ผืน", "ชิ้น", False],
    ])  # fmt: skip
    page = client.get("/en" + show(file)).content.decode()
    assert "<strong>120</strong>" in page
    assert "stays; the file says ชิ้น" in page
    run_file(confirm_file(by=officer, file=file, run=False))
    assert len(file.import_rows.get().changes) == 4
    product = Product.objects.get()
    assert (product.unit, str(product.price_baht), product.packaging) == ("ผืน", "120.00", "กล่อง")


def test_all_rows_or_none(client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    mixed = checked(row(), row("น้ำพริก", producer=""), by=officer)
    page = client.get("/en" + show(mixed)).content.decode()
    assert "row 3" in page
    confirm = reverse("registry:import-confirm", args=[mixed.public_id])
    assert client.post(confirm, {"answer": "whole"}).status_code == 403
    good = checked(row("ผ้าขิดลายนาค"), row("ผ้าแพรวา"), by=officer)
    assert 'value="whole"' in client.get(show(good)).content.decode()
    client.post(reverse("registry:import-confirm", args=[good.public_id]), {"answer": "whole"})
    make.producer(name="กลุ่มทอผ้าบ้านโพนน")  # now one row's producer is doubtful
    work()
    good.refresh_from_db()
    assert (good.state, good.taken, Product.objects.count()) == ("refused", 0, 0)
    assert "Not all rows are good" in good.problem_en
    with pytest.raises(Refused):
        confirm_file(by=officer, file=good, whole=True)
    calm = checked(*(row(f"ผ้าลายที่ {n}", "กลุ่มอื่นนาดี") for n in range(3)), by=officer)
    run_file(confirm_file(by=officer, file=calm, run=False, whole=True), chunk=1)
    assert {outcome for outcome, _reason in ends(calm)} == {"created"}


def test_the_file_of_rows_is_corrected_and_sent_again_and_nothing_is_doubled(client):
    officer = make.amphoe_officer()
    client.force_login(officer)
    file = taken(row("=ผ้า", price_baht="10"), row("น้ำพริก", producer=""), row("ต้นกล้าพริก"), by=officer)
    answer = client.get(reverse("registry:import-result", args=[file.public_id]), {"rows": "all"})
    text = answer.getvalue().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [line[-2] for line in lines[1:]] == [str(Outcome(one).label) for one in ("created", "question", "refused")]
    assert lines[1][0] == "'=ผ้า"
    again = send(client, text.replace("น้ำพริก,,", "น้ำพริก,กลุ่มโพนงาม,").encode())
    client.post(reverse("registry:import-confirm", args=[again.public_id]))
    work()
    assert ends(again) == [("merged", "same"), ("created", "no_category"), ("refused", "live_plant")]
    assert sorted(Product.objects.values_list("name", flat=True)) == ["=ผ้า", "น้ำพริก"]
    for written in ("=1", "'ปกติ", "a\n+b\n'c", "＝1", "-5", ""):
        assert as_written(safe(written)) == written


def test_a_sent_file_goes_after_its_term_and_its_rows_stay(client, django_capture_on_commit_callbacks):
    old, young = taken(row()), checked(row("ผ้าแพรวา"))
    waiting = ImportFile.objects.create(name="ก", file="x.bin", digest="0" * 64, state="running")
    later = timezone.now() + timedelta(days=Threshold.objects.get(code="import_file_days").value + 1)
    assert forget_files(at=timezone.now() + timedelta(days=1)) == 0
    ImportFile.objects.filter(pk=young.pk).update(changed_at=later)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_files(at=later) == 1
        assert forget_files(at=later) == 0
    for file in (old, young, waiting):
        file.refresh_from_db()
    assert (old.erased_at is None, young.erased_at, waiting.erased_at) == (False, None, None)
    assert young.file.storage.exists(young.file.name)
    assert not old.file.storage.exists(old.file.name)
    assert old.import_rows.count() == 1
