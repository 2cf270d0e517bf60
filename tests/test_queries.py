"""Every list asks the database as often for 4,000 rows as for one."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.models import (
    Area,
    Category,
    ImportFile,
    ImportRow,
    Listing,
    Origin,
    Outcome,
    Producer,
    Product,
    Question,
    Sale,
    SalesChannel,
    free_public_ids,
)
from tests import make

SIZES = (1, 3, 4000)


def producers(count: int, first: int = 0) -> list[Producer]:
    """`count` producers spread over the tambons of one amphoe, written at once."""
    tambons = list(Area.objects.current().filter(parent__code=make.PARENT))
    rows = [
        Producer(
            public_id=key, name=f"กลุ่มทอผ้าที่ {number}", area=tambons[number % len(tambons)], registered_on=make.LONG_AGO
        )
        for number, key in enumerate(free_public_ids(Producer, count), first)
    ]
    for row in rows:
        row.set_keys()
    return Producer.objects.bulk_create(rows)


def products(count: int) -> list[Product]:
    """`count` products, each of its own producer."""
    category = make.category()
    rows = [
        Product(
            public_id=key, producer=home, area=home.area, name=f"ผ้าขิดที่ {number}", category=category, registered_on=make.LONG_AGO
        )
        for number, (key, home) in enumerate(zip(free_public_ids(Product, count), producers(count), strict=True))
    ]
    for row in rows:
        row.set_keys()
    return Product.objects.bulk_create(rows)


def listings(count: int) -> None:
    """`count` listed products in force."""
    categories = list(Category.objects.all())
    Listing.objects.bulk_create(
        Listing(
            product=row, public_id=row.public_id, origin=Origin.REAL, name=row.name, name_sort=row.name_sort,
            producer_name=row.producer.name, category=categories[number % 5], area=row.area, area_path_th="ต.หนองบัว อ.นามน จ.กาฬสินธุ์",
            area_path_en="Nong Bua, Na Mon, Kalasin", region_code="R-NE", province_code="46", amphoe_code=row.area.code[:4],
            tambon_code=row.area.code, searched=f"{row.name} {row.producer.name}", stars=1 + number % 5, level="central",
            round_key="2567", year_be=2567, certificate_no=f"2567-46-{number:05d}", announced_on=date(2024, 9, 18),
            valid_from=date(2024, 9, 18), valid_to=date(2099, 9, 17),
        )
        for number, row in enumerate(products(count))
    )  # fmt: skip


def imported(count: int) -> None:
    """One file of `count` rows, each of them a question."""
    file = ImportFile.objects.create(name="ไฟล์.csv", file="x.csv", digest="0" * 64, rows=count, state="done")
    rows = ImportRow.objects.bulk_create(
        ImportRow(
            file=file, number=number, said={"product_name_th": f"ผ้า {number}"}, outcome=Outcome.QUESTION, message_th="ถาม", message_en="ask"
        )
        for number in range(1, count + 1)
    )
    home = make.area()
    Question.objects.bulk_create(
        Question(
            public_id=key, identity=f"{row.number:064d}", kind="place", said=row.said, message_th="ถาม", message_en="ask",
            area=home, first_row=row,
        )
        for key, row in zip(free_public_ids(Question, count), rows, strict=True)
    )  # fmt: skip


def sold(count: int) -> None:
    """`count` producers, each of which told the sales of one month."""
    place = SalesChannel.objects.get(code="place")
    Sale.objects.bulk_create(
        Sale(producer=row, area=row.area, month=date(2024, 3, 1), channel=place, satang=100, at=make.at(2024, 4, 1))
        for row in producers(count, Producer.objects.count())
    )


PAGES: list[tuple[str, Callable[[int], object]]] = [
    ("/producers/", producers),
    ("/confirmations/", producers),
    (f"/sales/{make.PARENT}/2567-03/1/", sold),
    ("/sales/", sold),
    (f"/staleness/{make.PARENT}/", producers),
    (f"/sales/areas/{make.PARENT}/2567/", sold),
    ("/register/products/", products),
    ("/register/products/?q=ผ้า", products),
    ("/work/", products),
    ("/questions/", imported),
    ("/imports/", imported),
    ("/products/", listings),
    ("/products/?q=ผ้า", listings),
    ("/products/?stars=5&category=food", listings),
    (f"/areas/{make.PROVINCE}/", listings),
    ("/areas/", listings),
    ("/", listings),
]


def asked(client: Client, url: str) -> int:
    """How many queries a warm page costs."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


CASES = [(url, fill, who) for url, fill in PAGES for who in ("officer", "stranger") if who == "officer" or fill is listings]


@pytest.mark.parametrize(("url", "fill", "who"), CASES, ids=[f"{who} {url}" for url, _fill, who in CASES])
def test_a_list_costs_as_many_queries_for_4000_rows_as_for_one(
    db: None, client: Client, url: str, fill: Callable[[int], object], who: str
) -> None:
    if who == "officer":
        client.force_login(make.central_officer())
    counts = []
    for size in SIZES:
        fill_afresh(fill, size)
        counts.append(asked(client, url))
    print(f"{url}: {counts} queries at {SIZES} rows")
    assert len(set(counts)) == 1, counts
    assert counts[0] <= 16


def fill_afresh(fill: Callable[[int], object], size: int) -> object:
    """Only `size` rows of the kind; sales are never deleted, so those are added to."""
    if fill is sold:
        return fill(size - Producer.objects.count())
    for model in (Question, ImportRow, ImportFile, Listing, Product, Producer):
        model.objects.all().delete()
    return fill(size)
