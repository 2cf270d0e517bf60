"""Rows that may be one and the same: asked at entry, found by the database, told apart, and made one."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from registry.actions.duplicates import find_alike, tell_distinct
from registry.actions.goods import MaterialTold, tell_making
from registry.actions.merging import merge_producers, merge_products
from registry.actions.products import change_product
from registry.models import (
    AlikeProducers,
    AlikeProducts,
    Conformity,
    DistinctProducers,
    History,
    Material,
    Person,
    Producer,
    Product,
    ProductFact,
    ProductSource,
)
from registry.refusal import Conflict, Refused
from registry.worklist import lines_for
from tests import make
from tests.selection import make as rounds
from tests.selection.listings import listed

pytestmark = pytest.mark.django_db
GROUP = {"name": "กลุ่มแม่บ้านเกษตรกรบ้านหนองบัวทอง", "type": "group", "area": make.HOME, "area_typed": "หนองบัว"}


def codes(refused, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        refused(**kwargs)
    return raised.value.codes


def merged(act, stays, goes, take=(), by=None, **rest):
    for row in (stays, goes):
        row.refresh_from_db()
    return act(by=by, stays=stays, goes=goes, stays_version=stays.version, goes_version=goes.version, take=take, **rest)


def test_what_is_alike_is_asked_before_it_is_saved_and_nothing_typed_is_lost(client: Client):
    recorder = make.recorder()
    there = make.producer(name="วิสาหกิจชุมชนบ้านหนองบัวทอง")
    hidden = make.producer("460201", name="กลุ่มสตรีบ้านหนองบัวทอง")  # of another tambon: not for this recorder
    client.force_login(recorder)
    sent = {**GROUP, "village": "บ้านโพน หมู่ 5"}
    page = client.post(reverse("registry:producer-new"), sent)
    told = page.content.decode()
    assert page.status_code == 200
    assert Producer.objects.count() == 2
    assert there.public_id in told
    assert hidden.public_id not in told
    assert "บ้านโพน หมู่ 5" in told
    assert GROUP["name"] in told
    hint = client.get(reverse("registry:producer-alike"), {"name": GROUP["name"], "area": make.HOME}).content.decode()
    assert there.public_id in hint
    assert hidden.public_id not in hint

    assert client.post(reverse("registry:producer-new"), {**sent, "another": "0"}).status_code == 200
    saved = client.post(reverse("registry:producer-new"), {**sent, "another": there.public_id})
    new = Producer.objects.get(name=GROUP["name"])
    assert saved.url == reverse("registry:producer-show", args=[new.public_id])
    assert DistinctProducers.objects.get().one == there
    assert History.objects.filter(act="told_distinct", row=new.public_id).exists()
    find_alike()
    pairs = AlikeProducers.objects.all()
    assert not pairs.filter(one=there, other=new).open().exists()
    assert pairs.filter(one=there, other=new).exists()

    mine = make.product(new, name="ข้าวแต๋นน้ำแตงโม")
    typed = {"name": "ขนมข้าวแต๋นนำ้แตงโม", "category": "food", "area": make.HOME, "area_typed": "หนองบัว", "price_baht": "35"}
    url = reverse("registry:product-new", args=[new.public_id])
    page = client.post(url, typed)
    assert mine.public_id in page.content.decode()
    assert 'value="35"' in page.content.decode()
    assert client.post(url, {**typed, "another": mine.public_id}).status_code == 302
    assert client.get(reverse("registry:product-alike", args=[new.public_id]), {"name": "ข้าวแต๋นน้ำแตง"}).status_code == 200


def test_pairs_are_found_by_name_and_place_and_a_word_holds_while_both_stay():
    one = make.producer(name="กลุ่มทอผ้าไหมบ้านโพน")
    near = make.producer("460201", name="วิสาหกิจชุมชนทอผ้าไหมบ้านโพน")
    make.producer(make.ELSEWHERE, name="กลุ่มทอผ้าไหมบ้านโพนงาม")
    make.producer(name="กลุ่มทอผ้าไหมบ้านโพน หมู่ 3", origin=make.SAMPLE)
    products = [make.product(one, name="ผ้าไหมแพรวาลายล่วง"), make.product(near, name="ผ้าไหมแพรวา ลายล่วง", code="460201")]
    twin = make.product(one, name="ผ้าไหมแพรวาลายลวง")
    make.product(one, name="ผ้าไหมแพรวาลายล่วง 2")  # another number is another product
    assert find_alike() == {"alikeproducers": 1, "alikeproducts": 1}
    assert list(AlikeProducers.objects.values_list("one", "other")) == [(one.pk, near.pk)]
    assert list(AlikeProducts.objects.values_list("one", "other")) == [(products[0].pk, twin.pk)]

    officer, recorder = make.amphoe_officer(), make.recorder()
    assert AlikeProducers.objects.visible_to(officer).count() == 1
    assert not AlikeProducers.objects.visible_to(recorder).exists()  # one of the two lies outside his tambon
    assert any("duplicates" in line.url for lines in lines_for(officer, make.at(2026, 11, 1)).values() for line in lines)
    assert codes(tell_distinct, by=recorder, one=one, other=near)

    tell_distinct(by=officer, one=twin, other=products[0])
    assert not AlikeProducts.objects.open().exists()
    change_product(by=officer, product=twin, version=1, name=twin.name, category=twin.category, area=twin.area, unit="ผืน")
    assert not AlikeProducts.objects.open().exists()  # nothing that is compared was changed
    change_product(by=officer, product=twin, version=2, name=twin.name, category=twin.category, area=twin.area, village="บ้านโพน")
    assert AlikeProducts.objects.open().exists()
    since = Product.objects.get(pk=twin.pk).changed_at
    change_product(by=officer, product=twin, version=3, name="เสื่อกก", category=twin.category, area=twin.area)
    assert find_alike(since=since)["alikeproducts"] == 0
    assert not AlikeProducts.objects.exists()


def test_two_products_become_one_and_nothing_told_is_lost(client: Client):
    officer = make.amphoe_officer()
    home = make.producer()
    stays = make.product(home, name="ผ้าขิด", category=None)
    goes = make.product(home, name="ผ้าขิดลายโบราณ", price_baht=Decimal(350), story="ยายเล่า")
    make.conformity(stays, number="1/2560"), make.conformity(goes, number="1/2560"), make.conformity(goes, number="2/2560")
    ProductSource.objects.create(product=goes, source="ก", source_ref="1")
    tell_making(by=None, product=goes, version=1, materials=[MaterialTold("ฝ้าย", make.area(make.PROVINCE), share=80)])
    client.force_login(officer)
    url = reverse("registry:product-merge", args=[stays.public_id, goes.public_id])
    page = client.get(url).content.decode()
    assert "ฝ้าย" in page
    assert "350" in page
    assert "ยายเล่า" in page
    sent = {"stays_version": 1, "goes_version": 2, "name": "stays"} | dict.fromkeys(
        ["category", "story", "price_baht", "material_lines"], "goes"
    )
    assert client.post(url, {**sent, "goes_version": 1}).status_code == 409
    assert Product.objects.active().count() == 2
    done = client.post(url, sent)
    assert done.status_code == 302, done.content.decode()
    for row in (stays, goes):
        row.refresh_from_db()
    assert (stays.name, stays.category.code, stays.story, int(stays.price_baht)) == ("ผ้าขิด", "apparel", "ยายเล่า", 350)
    assert goes.merged_into == stays
    assert goes.ended_on
    assert Material.objects.filter(product=stays).live().get().share == 80
    assert sorted(Conformity.objects.filter(product=stays).values_list("number", flat=True)) == ["1/2560", "2/2560"]
    assert Conformity.objects.get(product=goes).number == "1/2560"
    assert ProductSource.objects.get().product == stays
    assert not ProductFact.objects.filter(product=goes).latest("id").active
    assert {line.act for line in History.objects.filter(row=goes.public_id)} >= {"merged_away", "product_registered"}
    assert {"merged_here", "product_changed"} <= {line.act for line in History.objects.filter(row=stays.public_id)}

    old = reverse("registry:product-show", args=[goes.public_id])
    assert client.get(old).url == reverse("registry:product-show", args=[stays.public_id])
    assert stays.public_id in client.get(old + "?itself=1").content.decode()
    assert goes.public_id in client.get(reverse("registry:product-show", args=[stays.public_id])).content.decode()
    assert "ended_already" in codes(merged, act=merge_products, stays=stays, goes=goes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=goes.pk).update(merged_into=None)


def test_two_producers_become_one_with_their_products_and_people():
    stays, goes = make.producer(name="กลุ่มจักสาน"), make.producer(name="กลุ่มจักสานบ้านโพน", type="sme")
    both = [make.product(stays, name="กระติบ"), make.product(goes, name="กระติบ")]
    basket = make.product(goes, name="ตะกร้า")
    make.person(stays, role="chair"), make.person(goes, role="contact", national_id="", phone="0899999999")
    chair = make.person(goes, role="chair", national_id="", phone="")
    assert codes(merged, act=merge_producers, stays=stays, goes=goes) == ["products_first"]
    merged(merge_products, *both)
    assert merged(merge_producers, stays, goes, take=["type"]) == {"products_moved": 2, "people_moved": 1}
    basket.refresh_from_db()
    assert basket.producer == stays
    assert Producer.objects.get(pk=stays.pk).type == "sme"
    assert Person.objects.get(pk=chair.pk).producer == goes
    assert stays.people.count() == 2
    assert [person.told("phone") for person in stays.people.all()][-1] == "0899999999"  # it still opens
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE registry_person SET producer_id = %s WHERE id = %s", [goes.pk, stays.people.first().pk])


def test_what_rounds_and_places_forbid(client: Client):
    way = rounds.open_round()
    certified = listed(name="ผ้าขิดลายดาว").product
    other = make.product(certified.producer, name="ผ้าขิดลายดาวทอง")
    assert codes(merged, act=merge_products, stays=other, goes=certified) == ["certified"]
    entries = [make.product(name="เสื่อกก"), make.product(name="เสื่อกกพับ")]
    rounds.settled_forum(way, entries)
    assert codes(merged, act=merge_products, stays=entries[0], goes=entries[1]) == ["both_in_a_round"]
    assert codes(merged, act=merge_products, stays=other, goes=entries[0]) == ["in_a_round"]
    assert merged(merge_products, certified, other)
    assert certified.listing.product == certified

    far = make.product(code=make.ELSEWHERE)
    assert codes(merged, act=merge_products, stays=entries[0], goes=far, by=make.amphoe_officer())
    stale = make.producer()
    with pytest.raises(Conflict):
        merge_producers(by=None, stays=stale, goes=make.producer(), stays_version=1, goes_version=7)
    client.force_login(make.recorder())
    assert client.get(reverse("registry:product-merge", args=[entries[0].public_id, far.public_id])).status_code == 404
