"""The catalogue: forgiving search, filters, order, pages, and the page of one product; nothing typed breaks it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import Area, Listing, Origin, Product
from tests import make
from tests.selection import make as rounds
from tests.selection.listings import announced, listed, page, shown

pytestmark = pytest.mark.django_db
NAME = "ผ้าขิด ลายดอกแก้ว รุ่น ๑๒"


# --- search ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "ผ้าขิด", "ลายดอกแก้ว", "ผ้าขิดลาย", "ผ้าขิดลายดอกแก้ว", "ดอกแก้ว ผ้าขิด", "  ผ้าขิด   ดอกแก้ว ", "หนองบัวนอก", "กาฬสินธุ์",
        "จังหวัดกาฬสินธุ์", "จ.กาฬสินธุ์", "อำเภอนามน ผ้าขิด", "Kalasin", "kalasin nong bua", "2567-46-00099", "๒๕๖๗-๔๖-๐๐๐๙๙",
        "25674600099", "รุ่น 12", "รุ่น ๑๒", "ผ", "ผ้", "ผา", "ผ้าขิด นา", "ผ้า\u200bขิด", "ผ้้าขิด", "“ผ้าขิด”",
    ],
)  # fmt: skip
def test_what_people_type_finds_the_product(client: Client, typed: str):
    listed(NAME, producer="กลุ่มทอผ้าบ้านหนองบัวนอก", certificate="2567-46-00099")
    listed("กาแฟคั่ว", code="570101", producer="วิสาหกิจชุมชนบ้านไกล", certificate="2565-57-00001")
    assert shown(client, q=typed) == [NAME]


@pytest.mark.parametrize("typed", ["ผ้าขิด กาแฟ", "ไม่มีคำนี้", "...", "ฯ", "ข", "%", "_", "\\", "ผ้า%แก้ว", "ผ้า_ขิด%รุ่น", "'; --"])
def test_every_word_must_be_there_and_signs_stand_for_nothing_else(client: Client, typed: str):
    listed(NAME)
    listed("กาแฟคั่ว")
    assert shown(client, q=typed) == []


def test_one_or_two_letters_find_what_begins_with_them_in_the_order_of_the_dictionary(client: Client):
    for name in ("เกลือสินเธาว์", "กาแฟคั่ว", "ข้าวเกรียบ", "ผ้าขิด"):
        listed(name)
    assert shown(client, q="ก", order="name") == ["กาแฟคั่ว", "เกลือสินเธาว์"]
    assert shown(client, q="เก") == ["เกลือสินเธาว์"]
    assert shown(client, q="เ") == ["เกลือสินเธาว์"]


def test_an_empty_result_says_what_to_do(client: Client):
    listed("ผ้าขิด")
    found = page(client, "/en/products/", {"q": "nothingatall", "stars": 5})
    assert "Under these filters nothing holds all the words of “nothingatall”." in found
    assert 'href="?q=nothingatall"' in found
    assert "show=all" in found


# --- filters, order, pages ------------------------------------------------------------------------------------------


def three(client: Client) -> None:
    listed("ผ้าไหม", stars=5, year_be=2567, category="apparel", code=make.HOME)
    listed("กล้วยตาก", stars=3, year_be=2565, category="food", code=make.ELSEWHERE)
    listed("ชาใบหม่อน", stars=4, year_be=2567, category="beverage", code="570101")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["ผ้าไหม", "ชาใบหม่อน", "กล้วยตาก"]),
        ({"stars": [5, 3]}, ["ผ้าไหม", "กล้วยตาก"]),
        ({"stars": "๔"}, ["ชาใบหม่อน"]),
        ({"category": ["food", "beverage"]}, ["ชาใบหม่อน", "กล้วยตาก"]),
        ({"year": 2567}, ["ผ้าไหม", "ชาใบหม่อน"]),
        ({"area": "TH"}, ["ผ้าไหม", "ชาใบหม่อน", "กล้วยตาก"]),
        ({"area": "R-NE"}, ["ผ้าไหม", "กล้วยตาก"]),
        ({"area": make.PROVINCE}, ["ผ้าไหม"]),
        ({"area": make.PARENT}, ["ผ้าไหม"]),
        ({"area": make.HOME}, ["ผ้าไหม"]),
        ({"area": make.SISTER}, []),
        ({"area_typed": "นามน หนองบัว"}, []),
        ({"area_typed": "หนองบัว นามน"}, ["ผ้าไหม"]),
        ({"stars": 5, "category": "food"}, []),
        ({"order": "name"}, ["กล้วยตาก", "ชาใบหม่อน", "ผ้าไหม"]),
        ({"q": "ผ้า", "stars": [5, 4], "area": "R-NE", "year": 2567, "order": "newest"}, ["ผ้าไหม"]),
    ],
)
def test_the_filters_narrow_and_the_order_orders(client: Client, query: dict[str, Any], names: list[str]):
    three(client)
    assert shown(client, **query) == names


def test_a_place_that_fits_several_is_asked_about(client: Client):
    three(client)
    found = page(client, "/products/", {"area_typed": "หนองบัว"})
    assert shown(client, area_typed="หนองบัว") == []
    assert 'href="?area=' in found


def test_the_newest_come_first_when_asked(client: Client):
    day = rounds.today()
    for days in (30, 10, 20):
        listed(f"ผ้าไหม {days}", since=day - timedelta(days=days))
    assert shown(client, order="newest") == ["ผ้าไหม 10", "ผ้าไหม 20", "ผ้าไหม 30"]


def test_expired_products_stay_marked_outside_the_default(client: Client):
    day = rounds.today()
    listed("ผ้าไหม")
    listed("ผ้าเก่า", until=day - timedelta(days=1))
    listed("ผ้าวันสุดท้าย", until=day)
    assert set(shown(client)) == {"ผ้าไหม", "ผ้าวันสุดท้าย"}
    assert shown(client, show="expired") == ["ผ้าเก่า"]
    assert set(shown(client, show="all")) == {"ผ้าไหม", "ผ้าเก่า", "ผ้าวันสุดท้าย"}
    assert "OPC 2567 · expired" in page(client, "/en/products/", {"show": "expired"})


def test_pages_follow_one_another_and_none_is_shown_twice(client: Client):
    for number in range(50):
        listed(f"ผ้าไหมลายที่ {number:02d}")
    pages = [shown(client, page=number) for number in (1, 2, 3)]
    assert [len(names) for names in pages] == [24, 24, 2]
    assert len({name for names in pages for name in names}) == 50
    assert shown(client, page=99) == pages[2]
    assert 'rel="next" href="?stars=5&amp;page=2"' in page(client, "/products/", {"stars": 5})


def test_a_count_stops_at_a_thousand(client: Client):
    one = listed("ผ้าไหม")
    area, tambons = one.area, list(Area.objects.current().of_level("tambon")[:1005])
    products = [
        Product(public_id=f"{number:08d}", producer=one.product.producer, area=tambon, name="ผ้าไหม", registered_on=make.LONG_AGO)
        for number, tambon in enumerate(tambons) if tambon != area
    ]  # fmt: skip
    for product in products:
        product.set_keys()
    fields = {field.attname: getattr(one, field.attname) for field in Listing._meta.fields if field.name not in ("id", "product")}
    Listing.objects.bulk_create(
        Listing(**{**fields, "product": product, "public_id": product.public_id}) for product in Product.objects.bulk_create(products)
    )
    found = page(client, "/en/products/")
    assert "More than 1,000 items" in found
    assert "Counting stops at 1,000" in found


# --- nothing breaks it ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "page=abc", "page=-1", "page=0", "page=99999999999999999999", "page=1&page=2", "stars=99", "stars=x&stars=5", "stars=5&stars=5",
        "area=xx", "area=99999999999999999999", "area=46&area=45", "area=%00", "area_typed=%00", "q=%00", "q=" + "ก" * 9000, "year=-1",
        "year=99999999999999999999", "year=%E0%B9%92", "category=nothing", "show=x", "order=x", "order=-id", "q[]=x", "%00=%00",
        "q=%ff%fe", "stars=%F0%9F%98%80", "&&&===", "area=46'--", "csrf=1", "q=" + "ก+" * 400, "area_typed=" + "ก" * 9000,
    ],
)  # fmt: skip
def test_no_address_breaks_the_catalogue(client: Client, query: str):
    listed("ผ้าไหม")
    assert client.get(f"/products/?{query}").status_code == 200


def test_what_is_not_understood_is_left_out_and_said(client: Client):
    listed("ผ้าไหม")
    left_out = "Something in this address is not a filter of ours"
    assert left_out in page(client, "/en/products/", {"stars": 99, "area": "xx"})
    assert left_out not in page(client, "/en/products/", {"stars": 5, "area": "46", "unknown": 1})
    assert shown(client, stars=99, area="xx") == ["ผ้าไหม"]


@pytest.mark.parametrize("number", [1, 3, 100])
def test_a_list_asks_four_questions_however_long_it_is(client: Client, number: int):
    for count in range(number):
        listed(f"ผ้าไหมลายที่ {count}")
    for query, most in (("", 4), ("?q=ผ้าไหม&stars=5&category=apparel&area=46&year=2567", 5)):
        client.get(f"/products/{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/products/{query}")
        assert len(asked) == most


# --- one product ----------------------------------------------------------------------------------------------------


def test_a_product_shows_its_star_in_words_shapes_round_level_and_validity(client: Client):
    won = announced()[0]
    found = page(client, f"/en/products/{won.public_id}/")
    for words in (
        "5 of 5 stars", "<path class=\"st-on\"", "Result of OPC 2569, national level", "In force until", won.producer_name,
        won.certificate_no, "Tambon Nong Bua", f'href="/en/areas/{make.HOME}/"', f"/products/{won.public_id}/</p>", 'class="qr"',
        "in force, not revoked", "27.00 + 27.00 + 36.00 = <strong>90.00</strong>",
    ):  # fmt: skip
        assert words in found
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/en/products/{won.public_id}/")
    assert len(asked) <= 9


def test_an_expired_star_is_marked(client: Client):
    day = rounds.today()
    old = listed(since=day - timedelta(days=9), until=day - timedelta(days=1))
    found = page(client, f"/en/products/{old.public_id}/")
    assert "Expired on" in found
    assert "in force, not revoked" not in found


def test_the_history_holds_every_announced_round(client: Client):
    products = rounds.five_products()
    marks = {product.name: {"ก": 2100, "ข": 2100, "ค": 3200} for product in products}
    announced(round_=rounds.open_round("2567"), products=products, marks=marks)
    announced(round_=rounds.open_round("2569"), products=products)
    found = page(client, f"/en/products/{products[0].public_id}/")
    assert "74.00 points" in found
    assert "6.00 points short of 4 stars" in found
    assert found.index("2567") < found.rindex("2569")
    assert Listing.objects.get(product=products[0]).stars == 5


def test_an_unknown_product_is_not_found_like_one_that_is_not_listed(client: Client):
    known = make.product().public_id
    unknown = client.get("/products/00000000/")
    hidden = client.get(f"/products/{known}/")
    assert unknown.status_code == hidden.status_code == 404
    assert hidden.content.decode().replace(known, "00000000") == unknown.content.decode()


def test_samples_stand_behind_the_strip_and_give_way_to_what_is_real(client: Client):
    sample = listed("ผ้าตัวอย่าง", origin=Origin.SAMPLE)
    assert shown(client) == ["ผ้าตัวอย่าง"]
    assert "sample-line" in page(client, "/products/")
    assert "sample-line" in page(client, "/")
    listed("ผ้าจริง")
    assert shown(client, show="all") == ["ผ้าจริง"]
    assert "sample-line" not in page(client, "/products/")
    assert "sample-line" in page(client, f"/products/{sample.public_id}/")


def test_samples_never_stand_on_a_site_in_production(client: Client, settings: Any):
    sample = listed("ผ้าตัวอย่าง", origin=Origin.SAMPLE)
    settings.OTOP_MODE = "production"
    assert shown(client, show="all") == []
    assert client.get(f"/products/{sample.public_id}/").status_code == 404
