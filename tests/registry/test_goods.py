"""What is told of a product in full: sub-category, live plants, materials, process, places of sale, prizes, labels."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, connection, transaction
from django.urls import reverse

from registry.actions.goods import MaterialTold, PrizeTold, SalesTold, tell_making, tell_selling
from registry.actions.products import change_product, register_product
from registry.models import Draft, History, Material, Prize, Product, SalesPlace, SubCategory, category_name
from registry.refusal import Conflict, Refused
from registry.rules.goods import PLANT_WORDS, plant_word
from tests import make
from tests.selection.listings import listed

pytestmark = pytest.mark.django_db
SENT = {"name": "ผ้าขิดย้อมคราม", "category": "apparel", "area": make.HOME, "area_typed": "หนองบัว"}


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


def page(name: str, row) -> str:
    return reverse(f"registry:{name}", args=[row.public_id])


def now(write) -> None:
    """Writes, and lets PostgreSQL hold against it at once what it holds against a whole transaction."""
    write()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sub(code: str) -> SubCategory:
    return SubCategory.objects.get(code=code)


@pytest.mark.parametrize("spelt", ["นำ้พริกเผา", "นํ้าพริกเผา", "น้ําพริกเผา", "น้ำ พริกเผา", "น้ำพริกเผา\u200b"])
def test_the_ways_of_typing_one_name_are_one_product(spelt):
    there = make.product(name="น้ำพริกเผา", category="food")
    assert codes(register_product, by=None, producer=there.producer, name=spelt) == ["product_exists"]
    assert make.product(name=spelt).name.replace(" ", "") == "น้ำพริกเผา"


def test_products_stand_in_the_order_of_the_dictionary(client):
    home = make.producer()
    names = ["กระเป๋า", "กะปิ", "เกลือ", "ข้าวแต๋น", "แคบหมู", "น้ำผึ้ง", "นำ้พริก", "ผ้าไหม", "ไม้กวาด", "สบู่"]
    for name in reversed(names):
        make.product(home, name=name)
    client.force_login(make.recorder())
    html = client.get(reverse("registry:product-list")).content.decode()
    shown = [name.replace("นำ้", "น้ำ") for name in names]
    assert sorted(shown, key=html.index) == shown


def test_a_subcategory_is_of_the_category():
    food = make.category("food")
    assert make.product(category="food", subcategory=sub("food-first")).subcategory.name == "วัตถุดิบที่ผ่านการแปรรูปเบื้องต้น"
    told = {"by": None, "producer": make.producer(), "name": "ผ้า", "subcategory": sub("utensil-wood")}
    assert codes(register_product, category=food, **told) == ["subcategory_differs"]
    assert codes(register_product, category=None, **told) == ["subcategory_differs"]
    product = make.product(category="food", subcategory=sub("food-first"))
    kept = {"by": None, "product": product, "version": 1, "name": product.name, "area": product.area}
    assert codes(change_product, category=make.category("herb"), **kept) == ["subcategory_differs"]
    change_product(category=make.category("herb"), subcategory=None, **kept)


def test_the_database_refuses_a_subcategory_of_another_category():
    product = make.product(category="food")
    with pytest.raises(IntegrityError), transaction.atomic():
        now(lambda: Product.objects.filter(pk=product.pk).update(subcategory=sub("utensil-wood")))
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.filter(pk=product.pk).update(subcategory=sub("food-first"), category=None)


def test_every_subcategory_that_is_not_confirmed_says_so():
    assert SubCategory.objects.count() == 17
    assert not SubCategory.objects.filter(source_note="").exists()


@pytest.mark.parametrize("name", ["กล้าไม้สัก", "กิ่ง พันธุ์ทุเรียน", "บอนไซ", "ต้นไม้มงคลในกระถาง", "Teak SAPLING", "ไม้ดอกไม้ประดับ"])
def test_a_name_that_sounds_like_a_live_plant_needs_a_persons_word(name):
    told = {"by": None, "producer": make.producer(), "name": name}
    with pytest.raises(Refused) as raised:
        register_product(**told)
    assert raised.value.codes == ["live_plant"]
    assert plant_word(name) in raised.value.sentences[0]
    product = register_product(**told, not_live_plant=True)
    assert History.objects.get(row=product.public_id).after["not_live_plant"] is True
    change_product(by=None, product=product, version=1, name=name, category=None, area=product.area, unit="ชิ้น")


@pytest.mark.parametrize("name", ["ดอกไม้ประดิษฐ์", "ไม้กวาดดอกหญ้า", "ผ้าไหมมัดหมี่ลายต้นสน", "น้ำพริก"])
def test_other_names_are_not_asked(name):
    assert plant_word(name) == ""
    assert register_product(by=None, producer=make.producer(), name=name).not_live_plant is False


def test_an_officer_is_asked_about_a_live_plant_in_the_form(client):
    client.force_login(make.recorder())
    producer = make.producer()
    assert "not_live_plant" not in client.get(page("product-new", producer)).content.decode()
    sent = {**SENT, "name": "โคมไฟลายกล้วยไม้", "subcategory": "apparel-garment"}
    answer = client.post(page("product-new", producer), sent)
    assert answer.status_code == 403
    assert 'name="not_live_plant"' in answer.content.decode()
    assert client.post(page("product-new", producer), {**sent, "not_live_plant": "on"}).status_code == 302
    product = Product.objects.get()
    assert (product.not_live_plant, product.subcategory.code) == (True, "apparel-garment")
    assert "checked" in client.get(page("product-edit", product)).content.decode()
    assert client.post(page("product-edit", product), {**sent, "subcategory": "cars", "version": "1"}).status_code == 422


def test_all_plant_words_find_themselves():
    assert all(plant_word(word) for word in PLANT_WORDS)


def cotton(share: int | None = 80) -> MaterialTold:
    return MaterialTold("ฝ้าย", make.area(make.PROVINCE), "", share)


def test_materials_are_told_with_origin_and_share_and_old_lines_end():
    product = make.product()
    dye = MaterialTold("คราม", make.area())
    tell_making(by=None, product=product, version=1, materials=[cotton(), dye], process="ปั่น\n\n\n\nย้อม", wisdom_holder="นางทองใบ")
    first = Material.objects.get(name="ฝ้าย")
    tell_making(
        by=None, product=product, version=2, materials=[MaterialTold("ไหม", None, "ลาว", 20), cotton()],
        process="ปั่น\n\nย้อม", wisdom_holder="นางทองใบ",
    )  # fmt: skip
    live = list(Material.objects.filter(product=product).live())
    assert [(row.name, row.place) for row in live] == [("ไหม", 0), ("ฝ้าย", 1)]
    assert live[1].pk == first.pk
    assert Material.objects.get(name="คราม").ended_at is not None
    line = History.objects.filter(row=product.public_id, act="product_changed").order_by("id")[1]
    assert line.before["material_lines"] == "ฝ้าย · จังหวัดกาฬสินธุ์ · 80%\nคราม · ตำบลหนองบัว"
    assert "process" not in line.after
    assert "ทองใบ" not in str(list(History.objects.values_list("before", "after")))


@pytest.mark.parametrize(("materials", "code"), [
    ([("ก", None, "", 60), ("ข", None, "", 41)], "shares_many"), ([("ก", None, "", 0)], "shares_many"),
    ([("ก", "46", "ลาว", None)], "origin_double"),
])
def test_shares_and_origins_fit(materials, code):
    told = [MaterialTold(name, make.area(place) if place else None, country, share) for name, place, country, share in materials]
    assert codes(tell_making, by=None, product=make.product(), version=1, materials=told) == [code]


def test_the_database_refuses_shares_above_the_whole_and_altered_lines():
    product = make.product()
    tell_making(by=None, product=product, version=1, materials=[cotton(80)])
    with pytest.raises(IntegrityError, match="more than 100"), transaction.atomic():
        now(lambda: Material.objects.create(product=product, place=1, name="ไหม", share=21))
    for change in ({"name": "ปอ"}, {"share": 1}):
        with pytest.raises((IntegrityError, InternalError), match="frozen"), transaction.atomic():
            Material.objects.filter(product=product).update(**change)
    with pytest.raises((IntegrityError, InternalError), match="frozen"), transaction.atomic():
        Material.objects.filter(product=product).delete()


def test_places_of_sale_and_prizes_are_told():
    product = make.product()
    tell_selling(
        by=None, product=product, version=1, places=[SalesTold("online", "ร้านเฟซบุ๊กผ้าหนองบัว")],
        prizes=[PrizeTold(2565, "ผ้าดีเด่น", "จังหวัดกาฬสินธุ์"), PrizeTold(None, "รางวัลเก่า")],
    )  # fmt: skip
    assert [row.told for row in Prize.objects.live()] == [(2565, "ผ้าดีเด่น", "จังหวัดกาฬสินธุ์"), (None, "รางวัลเก่า", "")]
    late = [PrizeTold(2700, "รางวัล")]
    assert codes(tell_selling, by=None, product=product, version=2, places=[], prizes=late) == ["prize_year_odd"]
    assert codes(tell_selling, by=make.recorder(make.SISTER), product=product, version=2, places=[], prizes=[]) == ["not_your_area"]


def test_two_people_telling_lines_lose_nothing():
    product = make.product()
    mine = Product.objects.get(pk=product.pk)
    tell_making(by=None, product=product, version=1, materials=[cotton(80)])
    with pytest.raises(Conflict) as raised:
        tell_making(by=None, product=mine, version=1, materials=[cotton(50)])
    assert raised.value.theirs["material_lines"].endswith("80%")
    assert raised.value.yours["material_lines"].endswith("50%")
    assert [row.share for row in Material.objects.live()] == [80]


def test_an_officer_tells_lines_in_the_browser_and_a_draft_keeps_them(client):
    client.force_login(make.recorder())
    product = make.product()
    where = page("product-making", product)
    typed = {"material0_name": "ฝ้าย", "material0_share": "๘๐", "material0_area": make.HOME, "material0_area_typed": "หนองบัว",
             "material1_name": "นำ้คราม", "material1_country": "ลาว", "process": "ปั่นแล้วย้อม", "version": "1"}
    client.post(reverse("registry:draft-save"), {**typed, "draft_page": where})
    again = client.get(where).content.decode()
    assert 'value="นำ้คราม"' in again
    assert f'value="{make.HOME}"' in again
    assert client.post(where, typed).status_code == 302
    assert not Draft.objects.exists()
    rows = Material.objects.live()
    assert [(row.name, row.area and row.area.code, row.country, row.share) for row in rows] == [
        ("ฝ้าย", make.HOME, "", 80), ("น้ำคราม", None, "ลาว", None),
    ]  # fmt: skip
    stale = client.post(where, {**typed, "material0_share": "70"})
    assert stale.status_code == 409
    assert "ฝ้าย · 80 · " in stale.content.decode()
    assert "ฝ้าย · 70 · " in stale.content.decode()
    shown = client.get(page("product-show", product)).content.decode()
    assert "ต.หนองบัว อ.นามน จ.กาฬสินธุ์" in shown
    assert client.get(where).content.decode().count('value="ฝ้าย"') == 1


@pytest.mark.parametrize(("name", "field", "typed"), [
    ("product-making", "material0_share", "101"), ("product-making", "material0_share", "ครึ่ง"), ("product-making", "material0_name", ""),
    ("product-making", "material0_area", "999999"), ("product-making", "material0_name", "ก" * 121),
    ("product-making", "material0_country", "\x00"), ("product-making", "process", "ก" * 20_001),
    ("product-selling", "place0_kind", "moon"), ("product-selling", "prize0_year", "ปีก่อน"), ("product-selling", "prize0_name", ""),
    ("product-making", "version", "x"),
])
def test_every_bad_line_is_an_error_beside_it(client, name, field, typed):
    client.force_login(make.recorder())
    product = make.product()
    sent = {"material0_name": "ฝ้าย", "material0_share": "5", "place0_name": "ตลาดนัด", "place0_kind": "market", "prize0_name": "รางวัล",
            "prize0_year": "2565", "prize0_giver": "จังหวัด", "version": "1", field: typed}
    answer = client.post(page(name, product), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Material.objects.exists()
    assert not SalesPlace.objects.exists()


def test_an_older_announcement_keeps_the_name_its_category_had(client):
    herb = make.category("herb")
    assert category_name(herb, date(2017, 1, 1)) == "สมุนไพรที่ไม่ใช่อาหารและยา"
    assert category_name(herb, date(2024, 1, 1)) == herb.name_th
    assert category_name(herb, date(2010, 1, 1)) == herb.name_th
    assert category_name(make.category("food"), date(2017, 1, 1)) == "อาหาร"
    old = listed(category="herb", since=date(2016, 9, 1))
    assert "สมุนไพรที่ไม่ใช่อาหารและยา" in client.get(f"/products/{old.public_id}/").content.decode()


def test_the_public_page_names_the_wisdom_holder_only_where_he_agreed(client):
    product = listed().product
    tell_making(by=None, product=product, version=1, materials=[cotton()], wisdom_holder="นางทองใบ ใจดี", packaging="ถุงกระดาษสา")
    html = client.get(f"/products/{product.public_id}/").content.decode()
    assert "ทองใบ" not in html
    assert "ถุงกระดาษสา" in html
    assert "จ.กาฬสินธุ์" in html
    tell_making(by=None, product=product, version=2, materials=[cotton()], wisdom_holder="นางทองใบ ใจดี", wisdom_holder_public=True)
    assert "ทองใบ" in client.get(f"/products/{product.public_id}/").content.decode()
