"""What the data lack: each check finds its rows, every figure opens them, saving leads to the next, weeks are kept."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from registry.actions.goods import MaterialTold, tell_making
from registry.actions.quality import take_counts
from registry.models import Product, QualityCount
from registry.models.quality import OF_PRODUCTS, lacking
from registry.worklist import lines_for
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.at(2026, 11, 18)  # a Wednesday


def test_every_check_finds_what_it_names():
    bare, told = make.product(category=None), make.product(story="ยายเล่า", price_baht=100)
    tell_making(by=None, product=told, version=1, materials=[MaterialTold("ฝ้าย", make.area(make.PROVINCE))])
    make.conformity(told, valid_to=make.LONG_AGO + timedelta(days=30))
    found = {check.value: set(Product.objects.filter(lacking(check, NOW))) for check in OF_PRODUCTS}
    assert found == {
        "no_photo": {bare, told}, "no_origin": {bare}, "tambon_guessed": set(), "no_price": {bare}, "no_story": {bare},
        "no_category": {bare}, "paper_expired": {told},
    }  # fmt: skip


def test_every_figure_opens_its_rows_and_saving_leads_to_the_next(client: Client):
    officer = make.amphoe_officer()
    home = make.producer()
    first, second = make.product(home, name="กระติบ"), make.product(home, name="ตะกร้า")
    make.product(name="ผ้าขิด", price_baht=50)
    elsewhere = make.product(code=make.ELSEWHERE)
    client.force_login(officer)
    page = client.get(reverse("registry:quality") + "?check=no_price").content.decode()
    link = f"{reverse('registry:product-list')}?check=no_price&amp;area={make.HOME}"
    assert link in page
    rows = client.get(reverse("registry:product-list"), {"check": "no_price", "area": make.HOME}).content.decode()
    assert first.name in rows
    assert "ผ้าขิด" not in rows
    assert elsewhere.public_id not in rows
    begun = client.get(reverse("registry:quality-next"), {"check": "no_price", "area": make.PARENT})
    assert begun.url == reverse("registry:product-edit", args=[first.public_id]) + f"?mend=no_price&in={make.PARENT}"
    sent = {"name": first.name, "category": "apparel", "area": make.HOME, "area_typed": "หนองบัว", "price_baht": "20", "version": 1}
    saved = client.post(begun.url, sent)
    on = client.get(saved.url)
    assert on.url.startswith(reverse("registry:product-edit", args=[second.public_id]))
    last = client.post(on.url, {**sent, "name": second.name})
    assert client.get(last.url).url == reverse("registry:quality-area", args=[make.PARENT]) + "?check=no_price"
    assert any(line.url == reverse("registry:quality") for lines in lines_for(officer, NOW).values() for line in lines)
    stale = client.get(reverse("registry:producer-list"), {"check": "stale"}).content.decode()
    assert home.name in stale


def test_a_week_is_counted_once_for_the_whole_tree_and_drawn(client: Client):
    product = make.product()
    assert take_counts(by=None, at=NOW - timedelta(days=7)) > 0
    kept = QualityCount.objects.filter(check_name="no_price").values_list("area__code", "count", "rows")
    assert {make.HOME, make.PARENT, make.PROVINCE, make.CENTRE} <= {code for code, *_counts in kept}
    assert {counts for _code, *counts in ((code, (count, rows)) for code, count, rows in kept) for counts in counts} == {(1, 1)}
    Product.objects.filter(pk=product.pk).update(price_baht=5)
    assert take_counts(by=None, at=NOW) > 0
    assert take_counts(by=None, at=NOW) == 0
    client.force_login(make.amphoe_officer())
    page = client.get(reverse("registry:quality") + "?check=no_price").content.decode()
    assert "<svg" in page
    assert "9 พ" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        QualityCount.objects.update(count=0)
