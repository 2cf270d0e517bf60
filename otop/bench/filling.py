"""Rows for a measurement, written by COPY: producers and products over the whole country, a third of them listed."""

import csv
import random
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from io import StringIO
from typing import Any

from django.db import connection, models

from registry.actions.statistics import refresh_statistics
from registry.clock import BE_OFFSET
from registry.levels import region_of_province
from registry.models import (
    Area,
    Category,
    Conformity,
    Listing,
    Producer,
    ProducerFact,
    Product,
    ProductFact,
    Standard,
)
from registry.public_ids import new_public_id

ASKED_ABOUT = "4602"  # the amphoe whose officer asks
LISTED_ONE_IN, PAPERS_ONE_IN = 3, 3
PRODUCTS_PER_PRODUCER = 2.5
BEGAN = date(2024, 1, 15)
WARES = ["ผ้าไหมมัดหมี่", "ผ้าขิด", "น้ำพริกเผา", "กล้วยตาก", "ตะกร้าหวาย", "สบู่สมุนไพร", "ข้าวฮาง", "ไวน์หมาก", "กระเป๋ากก", "ลูกประคบ"]
MAKERS = ["กลุ่มทอผ้าบ้าน", "กลุ่มแม่บ้านเกษตรกร", "วิสาหกิจชุมชนบ้าน", "กลุ่มจักสานบ้าน", "กลุ่มแปรรูปอาหารบ้าน"]
SYLLABLES = ["นา", "หนอง", "บัว", "โพน", "แก้ว", "คำ", "ศรี", "ทอง", "ดอน", "เหล่า", "ยาง", "สวน", "ใหม่", "กลาง", "เหนือ"]


def copy_in(rows: Iterable[models.Model], model: type[models.Model]) -> None:
    """Writes the rows by COPY, with the ids they carry."""
    fields: list[Any] = [field for field in model._meta.concrete_fields if not hasattr(field, "through")]
    fields = [field for field in fields if field.db_default is models.NOT_PROVIDED]
    text = StringIO()
    writer = csv.writer(text)
    for row in rows:
        writer.writerow([_cell(field, row) for field in fields])
    text.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {model._meta.db_table} ({columns}) FROM STDIN (FORMAT csv, NULL '~')", text)


def _cell(field: Any, row: models.Model) -> object:
    value = field.get_db_prep_save(getattr(row, field.attname), connection)
    return "~" if value is None else value


def fill(products: int, have: int) -> None:
    """Adds rows until there are so many products and two producers to five of them; always the same ones.

    The first product is one that every measured page finds: of the amphoe that is asked about, without a category, with
    a paper that ends soon. A page that finds nothing asks less, which would look like growing later.
    """
    dice = random.Random(2569)  # noqa: S311 - sample rows
    tambons = list(Area.objects.current().filter(level="tambon").with_path())
    categories, standard = list(Category.objects.all()), Standard.objects.get(code="tcps")
    first = int(have / PRODUCTS_PER_PRODUCER) + (have > 0)
    home = next(area for area in tambons if area.code.startswith(ASKED_ABOUT))
    end = max(first + 1, int(products / PRODUCTS_PER_PRODUCER))
    makers = [_maker(number, dice.choice(tambons) if number else home) for number in range(first, end)]
    copy_in(makers, Producer)
    copy_in((ProducerFact(id=row.pk, producer_id=row.pk, on=BEGAN, type=row.type, area_id=row.area_id) for row in makers), ProducerFact)
    goods = [_ware(number, makers[number % len(makers)], categories, dice) for number in range(have, products)]
    copy_in(goods, Product)
    copy_in(
        (ProductFact(id=row.pk, product_id=row.pk, on=BEGAN, category_id=row.category_id, area_id=row.area_id) for row in goods),
        ProductFact,
    )
    copy_in((_paper(row, standard, dice) for row in goods if row.pk % PAPERS_ONE_IN == 1), Conformity)
    places = {area.pk: area for area in tambons}
    copy_in((_line(row, places[row.area_id], categories, dice) for row in goods if row.pk % LISTED_ONE_IN == 1), Listing)
    refresh_statistics((Producer, ProducerFact, Product, ProductFact, Conformity, Listing))


def _name(number: int) -> str:
    """A name of two to four syllables, another for every number."""
    letters, rest = [], number
    while not letters or rest:
        rest, place = divmod(rest, len(SYLLABLES))
        letters.append(SYLLABLES[place])
    return "".join(letters)


def _maker(number: int, area: Area) -> Producer:
    row = Producer(
        id=number + 1, public_id=new_public_id(), name=f"{MAKERS[number % len(MAKERS)]}{_name(number)}", area=area, registered_on=BEGAN
    )
    row.set_keys()
    return row


def _ware(number: int, maker: Producer, categories: Sequence[Category], dice: random.Random) -> Product:
    row = Product(
        id=number + 1, public_id=new_public_id(), producer=maker, area_id=maker.area_id, registered_on=BEGAN,
        name=f"{WARES[number % len(WARES)]}{_name(number)}", category=None if number % 50 == 0 else dice.choice(categories),
    )  # fmt: skip
    row.set_keys()
    return row


def _paper(row: Product, standard: Standard, dice: random.Random) -> Conformity:
    days = dice.randrange(-200, 1500) if row.pk > 1 else 20
    end = date.today() + timedelta(days=days)  # noqa: DTZ011 - any day near today
    return Conformity(
        id=row.pk, public_id=new_public_id(), product=row, standard=standard, number=f"{row.pk}/2567",
        valid_from=BEGAN - timedelta(days=900), valid_to=end,
    )


def _line(row: Product, area: Area, categories: Sequence[Category], dice: random.Random) -> Listing:
    path = " ".join(place.short_name for place in reversed(area.path()))
    return Listing(
        id=row.pk, product=row, public_id=row.public_id, origin="real", name=row.name, name_sort=row.name_sort,
        producer_name=row.producer.name, category=row.category or categories[0], area=area, area_path_th=path,
        area_path_en=area.name_en, region_code=region_of_province(area.code), province_code=area.code[:2],
        amphoe_code=area.code[:4], tambon_code=area.code, searched=f"{row.name} {row.producer.name} {path}",
        stars=dice.randrange(1, 6), level="central", round_key="2567", year_be=BEGAN.year + BE_OFFSET,
        certificate_no=f"2567-{row.pk}", announced_on=BEGAN, valid_from=BEGAN, valid_to=date(2099, 12, 31),
    )  # fmt: skip
