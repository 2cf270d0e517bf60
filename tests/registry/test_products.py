"""Products and the standards they hold: registering, correcting, ending, and their pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from registry.actions.products import change_product, end_product, register_product
from registry.actions.standards import add_conformity
from registry.models import Conformity, Draft, History, Product, ProductFact
from registry.refusal import Conflict, Refused
from tests import make

pytestmark = pytest.mark.django_db
SENT = {"name": "ผ้าขิดย้อมคราม", "category": "apparel", "area": make.HOME, "area_typed": "หนองบัว"}


def codes(act, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


def address(name: str, row) -> str:
    return reverse(f"registry:{name}", args=[row.public_id])


def test_a_product_is_registered_with_its_first_fact():
    officer = make.amphoe_officer()
    producer = make.producer(by=officer)
    product = register_product(
        by=officer, producer=producer, name="ผ้าขิด", category=make.category(), price_baht=Decimal("1250.50"),
        story="ยายเล่า \n\n\n\n ว่า", at=make.at(2026, 2, 3),
    )
    assert (product.area.code, product.story, product.origin) == (make.HOME, "ยายเล่า\n\nว่า", "real")
    fact = ProductFact.objects.get()
    assert (fact.on, fact.category.code, fact.active) == (date(2026, 2, 3), "apparel", True)


def test_without_a_category_it_is_kept_and_incomplete():
    product = make.product(category=None)
    assert not product.is_complete
    assert not Product.objects.complete().exists()


def test_a_new_category_is_a_new_fact_and_the_old_one_stays():
    product = make.product(category=None)
    change_product(
        by=None, product=product, version=1, name=product.name, category=make.category("food"), area=product.area,
        at=make.at(2026, 6, 1),
    )
    told = list(ProductFact.objects.order_by("id").values_list("on", "category__code"))
    assert told == [(make.LONG_AGO, None), (date(2026, 6, 1), "food")]


def test_a_change_of_words_is_no_new_fact_and_leaves_what_is_not_told():
    product = make.product(story="เดิม", unit="ผืน")
    change_product(
        by=None, product=product, version=1, name="ชื่อใหม่", category=product.category, area=product.area, unit="หลา"
    )
    product.refresh_from_db()
    assert (product.name, product.story, product.unit) == ("ชื่อใหม่", "เดิม", "หลา")
    assert product.name_key == "ชื่อใหม่"
    assert ProductFact.objects.count() == 1


@pytest.mark.parametrize(("told", "code"), [
    ({"price_baht": Decimal(-1)}, "price_odd"), ({"price_baht": Decimal("1.005")}, "price_odd"),
    ({"price_baht": Decimal(10**8)}, "price_odd"), ({"capacity_month": -1}, "capacity_odd"),
    ({"capacity_month": 2**31}, "capacity_odd"), ({"registered_on": date(2500, 1, 1)}, "day_to_come"),
    ({"name": "-"}, "name_missing"),
])
def test_figures_days_and_names_fit(told, code):
    assert codes(register_product, by=None, producer=make.producer(), **{"name": "ผ้า", **told}) == [code]


def test_the_same_name_of_one_producer_in_one_tambon_is_refused():
    there = make.product(name="ผ้าขิด")
    with pytest.raises(Refused) as raised:
        make.product(there.producer, name="ผ้า ขิด")
    assert there.public_id in raised.value.sentences[0]
    assert make.product(there.producer, name="ผ้าขิด", area=make.area(make.SISTER)).pk != there.pk


def test_an_officer_needs_both_the_producers_place_and_the_products():
    recorder = make.recorder()
    producer = make.producer(by=recorder)
    elsewhere = make.area(make.SISTER)
    assert codes(register_product, by=recorder, producer=producer, name="ผ้า", area=elsewhere) == ["not_your_area"]


def test_an_ended_producer_takes_no_product_and_an_ended_product_no_change():
    product = make.product()
    end_product(by=None, product=product, version=1)
    assert ProductFact.objects.latest("id").active is False
    kept = {"name": "x", "category": None, "area": product.area}
    assert codes(change_product, by=None, product=product, version=2, **kept) == ["ended_already"]
    assert codes(end_product, by=None, product=product, version=2) == ["ended_already"]


def test_a_product_does_not_end_before_it_began():
    assert codes(end_product, by=None, product=make.product(), version=1, ended_on=date(2020, 1, 1)) == ["days_reversed"]


def test_two_people_saving_lose_nothing():
    product = make.product()
    mine = Product.objects.get(pk=product.pk)
    kept = {"category": product.category, "area": product.area}
    change_product(by=None, product=product, version=1, name="ของเขา", **kept)
    with pytest.raises(Conflict):
        change_product(by=None, product=mine, version=1, name="ของฉัน", **kept)
    product.refresh_from_db()
    assert product.name == "ของเขา"


def test_an_odd_number_is_a_warning_that_is_kept():
    product = make.product()
    for number in ("247/2552", "๒๔๘/๒๕๕๒", "ไม่แน่ใจ"):
        add_conformity(by=None, product=product, standard=make.standard(), number=number)
    assert set(Conformity.objects.values_list("number", flat=True)) == {"247/2552", "248/2552", "ไม่แน่ใจ"}
    warned = [line.after["warning"] for line in History.objects.filter(act="standard_added").order_by("id")]
    assert warned == [None, None, "number_looks_odd"]


def test_a_standard_is_recorded_once_and_its_days_are_in_order():
    product = make.product()
    make.conformity(product)
    assert codes(add_conformity, by=None, product=product, standard=make.standard(), number="247/2552") == [
        "standard_recorded"
    ]
    assert codes(
        add_conformity, by=None, product=product, standard=make.standard(), number="1/2550",
        valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1),
    ) == ["days_reversed"]


def test_an_officer_registers_and_corrects_in_the_browser(client):
    client.force_login(make.amphoe_officer())
    producer = make.producer(village="หมู่ 4")
    page = client.get(address("product-new", producer)).content.decode()
    assert f'value="{make.HOME}"' in page
    assert "หมู่ 4" in page
    sent = {**SENT, "price_baht": "๑,๒๕๐.๕๐", "capacity_month": "๖๐", "unit": "ผืน"}
    answer = client.post(address("product-new", producer), sent)
    product = Product.objects.get()
    assert answer.url == address("product-show", product)
    assert (product.price_baht, product.capacity_month) == (Decimal("1250.50"), 60)
    form = client.get(address("product-edit", product)).content.decode()
    assert "1,250.50" in form
    assert client.post(address("product-edit", product), {**SENT, "category": "food", "version": "1"}).status_code == 302
    product.refresh_from_db()
    assert product.category.code == "food"
    shown = client.get(address("product-show", product)).content.decode()
    assert str(make.category("food").name_th) in shown


def test_the_browser_warns_of_an_odd_number_and_keeps_it(client):
    client.force_login(make.amphoe_officer())
    product = make.product()
    sent = {"standard": "tcps", "number": "เลขแปลก", "valid_to": "31 ธันวาคม 2570"}
    page = client.post(address("conformity-new", product), sent, follow=True).content.decode()
    assert page.count("เลขแปลก") >= 3  # the notice, the standard, the history
    assert Conformity.objects.get().valid_to == date(2027, 12, 31)


HUGE = "ก" * 350_000  # about 1 MB


@pytest.mark.parametrize(("field", "typed"), [
    ("name", ""), ("name", "ก\x00ข"), ("name", "ก" * 251), ("name", HUGE), ("story", HUGE), ("name_en", "x" * 251),
    ("village", "ก" * 121), ("unit", "ก" * 41), ("wisdom", "\x00"), ("category", "cars"), ("category", "\x00"),
    ("area", "999999"), ("area", "\x00"), ("area", HUGE), ("price_baht", "9" * 40), ("price_baht", "1e9"),
    ("price_baht", "nan"), ("price_baht", "-1"), ("capacity_month", "หกสิบผืน"), ("capacity_month", "9" * 20),
    ("capacity_month", "1.5"), ("registered_on", "31/02/2567"), ("registered_on", "x" * 1000),
    ("registered_on", "1/1/9999"),
])
def test_every_bad_field_is_an_error_beside_it_and_nothing_is_lost(client, field, typed):
    client.force_login(make.amphoe_officer())
    sent = {**SENT, "story": "เรื่องที่พิมพ์ไว้", field: typed}
    if field == "area":
        sent["area_typed"] = ""
    answer = client.post(address("product-new", make.producer()), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    if field != "story":
        assert "เรื่องที่พิมพ์ไว้" in answer.content.decode()
    assert not Product.objects.exists()


@pytest.mark.parametrize("version", ["", "x", "0", "-1", "9" * 5000, "1.5", "\x00"])
def test_a_damaged_version_is_an_error_of_the_form(client, version):
    client.force_login(make.amphoe_officer())
    product = make.product()
    assert client.post(address("product-edit", product), {**SENT, "version": version}).status_code == 422


def test_repeated_parameters_do_no_harm(client):
    client.force_login(make.amphoe_officer())
    producer = make.producer()
    sent = {name: [value, value] for name, value in SENT.items()}
    assert client.post(address("product-new", producer), sent).status_code == 302
    assert client.get(reverse("registry:product-list"), {"page": ["2", "x"], "name": ["a", "\x00"]}).status_code == 200


def test_what_is_typed_waits_on_the_server_until_it_is_sent(client):
    client.force_login(make.amphoe_officer())
    page = address("product-new", make.producer())
    typed = {**SENT, "name": "ร่างหนึ่ง", "draft_page": page}
    assert client.post(reverse("registry:draft-save"), typed).status_code == 200
    again = client.get(page).content.decode()
    assert "ร่างหนึ่ง" in again
    assert "460205" in again
    client.post(page, SENT)
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_own_and_can_be_thrown_away(client):
    page = address("product-new", make.producer())
    client.force_login(make.amphoe_officer())
    client.post(reverse("registry:draft-save"), {"name": "ร่างหนึ่ง", "draft_page": page})
    client.force_login(make.recorder())
    assert "ร่างหนึ่ง" not in client.get(page).content.decode()
    client.force_login(Draft.objects.get().user)
    assert client.post(reverse("registry:draft-drop"), {"draft_page": page}).url == page
    assert not Draft.objects.exists()


@pytest.mark.parametrize("page", ["", "https://evil.example/", "//evil.example/", "/nowhere/", "/" + "x" * 300, "\x00"])
def test_a_draft_belongs_to_a_page_of_ours(client, page):
    client.force_login(make.amphoe_officer())
    for name in ("draft-save", "draft-drop"):
        assert client.post(reverse(f"registry:{name}"), {"name": "x", "draft_page": page}).status_code == 400


def test_a_huge_draft_is_not_kept(client):
    client.force_login(make.amphoe_officer())
    sent = {"story": HUGE, "draft_page": reverse("registry:producer-new")}
    assert client.post(reverse("registry:draft-save"), sent).status_code == 400


def test_an_address_typed_from_paper_leads_to_the_product(client):
    client.force_login(make.amphoe_officer())
    product = make.product()
    right = address("product-show", product)
    typed = right.replace(product.public_id, product.public_id.lower().replace("0", "o").replace("1", "l"))
    if typed != right:
        assert client.get(typed, {"a": "1"}).url == f"{right}?a=1"
    wrong = "Z" if product.public_id[-1] != "Z" else "Y"
    assert client.get(right.replace(product.public_id, product.public_id[:-1] + wrong)).status_code == 404


def test_lists_are_narrowed_by_name_category_place_and_completeness(client):
    client.force_login(make.amphoe_officer())
    make.product(name="ผ้าขิดลายดอกแก้ว")
    make.product(name="ข้าวฮาง", category="food", code=make.SISTER)
    make.product(name="ยังไม่รู้ประเภท", category=None)

    def names(**asked) -> list[str]:
        page = client.get(reverse("registry:product-list"), asked)
        return [product.name for product in page.context["page_obj"]]

    assert names() == ["ข้าวฮาง", "ผ้าขิดลายดอกแก้ว", "ยังไม่รู้ประเภท"]
    assert names(name="ดอก  แก้ว".replace("  ", "")) == ["ผ้าขิดลายดอกแก้ว"]
    assert names(category="food") == ["ข้าวฮาง"]
    assert names(complete="no") == ["ยังไม่รู้ประเภท"]
    assert names(complete="yes", area=make.HOME) == ["ผ้าขิดลายดอกแก้ว"]
    assert names(area_typed="นามน", area="4602") == names()
    assert names(category="cars") == []
    assert names(page="99999999999999999999") == names()


@pytest.mark.parametrize("name", ["producer-list", "product-list"])
def test_a_list_costs_the_same_with_one_row_and_with_three(client, name, django_assert_max_num_queries):
    client.force_login(make.amphoe_officer())
    make.product()
    with django_assert_max_num_queries(7) as one:
        client.get(reverse(f"registry:{name}"))
    for _more in range(2):
        make.product(code=make.SISTER)
    with django_assert_max_num_queries(len(one)) as three:
        client.get(reverse(f"registry:{name}"))
    assert len(one) == len(three)


def test_a_page_of_a_product_costs_the_same_however_much_happened(client, django_assert_max_num_queries):
    client.force_login(make.amphoe_officer())
    product = make.product()
    make.conformity(product)
    with django_assert_max_num_queries(18) as one:
        client.get(address("product-show", product))
    for number in range(5):
        make.conformity(product, number=f"{number}/2560")
    with django_assert_max_num_queries(len(one)):
        client.get(address("product-show", product))
