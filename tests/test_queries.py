"""Every list asks the database as often for 400 rows as for one; for 4,000 in a deep run."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.actions.statistics import refresh_statistics
from registry.clock import bangkok_day
from registry.models import (
    AlikeProducers,
    AlikeProducts,
    Appointment,
    Area,
    AreaChange,
    Category,
    Committee,
    Conformity,
    ImportFile,
    ImportRow,
    Listing,
    Material,
    Notice,
    NoticeBatch,
    Origin,
    Outcome,
    Photo,
    PlaceQuestion,
    Prize,
    Producer,
    Product,
    Question,
    Registration,
    Sale,
    SalesChannel,
    SalesPlace,
    Seat,
    User,
    free_public_ids,
)
from selection.models import CriteriaSet, Round, RoundCriteria, Stage, StarBand
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.slow  # many rows for many pages

SIZES = (1, 3, 4000 if os.environ.get("OTOP_DEEP") else 400)


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


def alike(count: int) -> None:
    """`count` pairs of producers and of products that may be one."""
    rows = products(count + 1)
    AlikeProducts.objects.bulk_create(AlikeProducts(one=one, other=two, score=90) for one, two in pairwise(rows))
    homes = [row.producer for row in rows]
    AlikeProducers.objects.bulk_create(AlikeProducers(one=one, other=two, score=90) for one, two in pairwise(homes))


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


def listings_with_photos(count: int) -> None:
    """The same, each with two photos."""
    listings(count)
    listed = list(Listing.objects.values_list("product_id", flat=True))
    Photo.objects.bulk_create(
        Photo(
            public_id=key, product_id=product, place=place, digest=f"{number:063x}{place}", width=800, height=600, widths=[400, 800],
        )
        for place in (0, 1)
        for number, (key, product) in enumerate(zip(free_public_ids(Photo, count), listed, strict=True))
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


def notices(count: int) -> None:
    """`count` notices on the site for the first central officer there is, and as many letters of one sending, all at once."""
    home = make.area()
    officer = User.objects.filter(appointments__office="central_officer").first()
    batch = NoticeBatch.objects.create(kind="papers_end", channel="letter", area=home, total=count)
    rows = [
        Notice(public_id=key, kind="papers_end", channel="in_app", state="sent", user=officer, area=home, title="แจ้ง", words="แจ้ง")
        for key in free_public_ids(Notice, count) if officer
    ]
    rows += [
        Notice(public_id=key, kind="papers_end", channel="letter", producer=of, area=of.area, batch=batch)
        for key, of in zip(free_public_ids(Notice, count), producers(count), strict=True)
    ]
    Notice.objects.bulk_create(rows)


def registrations(count: int) -> None:
    """One registration of each of so many producers, still being written."""
    Registration.objects.bulk_create(
        Registration(public_id=key, producer=home, area=home.area, site=home.area, type="group")
        for key, home in zip(free_public_ids(Registration, count), producers(count), strict=True)
    )


def papers(count: int) -> None:
    """`count` products, each with a paper that ends tomorrow."""
    tcps, tomorrow = make.standard(), bangkok_day(timezone.now()) + timedelta(days=1)
    rows = products(count)
    Conformity.objects.bulk_create(
        Conformity(public_id=key, product=row, standard=tcps, number="1/2560", valid_from=make.LONG_AGO, valid_to=tomorrow)
        for key, row in zip(free_public_ids(Conformity, count), rows, strict=True)
    )


def criteria_sets(count: int) -> None:
    """`count` editions of criteria, each used by one and the same draft round."""
    round_, category = way.draft_round(criteria_sets=False), make.category()
    rows = CriteriaSet.objects.bulk_create(
        CriteriaSet(public_id=key, category=category, edition=number, name_th=f"หลักเกณฑ์ที่ {number}", official=True)
        for number, key in enumerate(free_public_ids(CriteriaSet, count), 1)
    )
    others = Category.objects.exclude(pk=category.pk)
    RoundCriteria.objects.bulk_create(
        RoundCriteria(round=round_, category=kind, criteria_set=row) for kind, row in zip(others, rows[-4:], strict=False)
    )


def sold(count: int) -> None:
    """`count` producers, each of which told the sales of one month."""
    place = SalesChannel.objects.get(code="place")
    Sale.objects.bulk_create(
        Sale(producer=row, area=row.area, month=date(2024, 3, 1), channel=place, satang=100, at=make.at(2024, 4, 1))
        for row in producers(count, Producer.objects.count())
    )


def appointed(count: int) -> None:
    """`count` recorders, each of one tambon, whose terms end next week."""
    tambons, soon = list(Area.objects.current().filter(parent__code=make.PARENT)), bangkok_day(timezone.now()) + timedelta(days=7)
    have = User.objects.filter(username__startswith="many").count()
    people = User.objects.bulk_create(
        User(public_id=key, username=f"many{have + number}", name_th=f"สมหญิง ที่ {number}", password="!")
        for number, key in enumerate(free_public_ids(User, count - have))
    )
    Appointment.objects.bulk_create(
        Appointment(public_id=key, user=person, office="recorder", area=tambons[number % len(tambons)], starts_on=make.LONG_AGO,
                    ends_on=soon, order_no="1")
        for number, (key, person) in enumerate(zip(free_public_ids(Appointment, len(people)), people, strict=True))
    )  # fmt: skip


def committees(count: int) -> None:
    """`count` groups of judges (no more than there are amphoes), each of one amphoe, with two members but no chair."""
    amphoes = list(Area.objects.current().filter(level="amphoe")[:count])
    one, two = make.user(), make.user()
    bodies = Committee.objects.bulk_create(
        Committee(public_id=key, kind="judges", area=amphoe, category=make.category(), name_th=f"คณะที่ {amphoe.code}")
        for key, amphoe in zip(free_public_ids(Committee, len(amphoes)), amphoes, strict=True)
    )
    keys = free_public_ids(Seat, 2 * len(bodies))
    Seat.objects.bulk_create(
        Seat(public_id=keys.pop(), committee=body, user=who, starts_on=make.LONG_AGO) for body in bodies for who in (one, two)
    )


def area_changes(count: int) -> None:
    """`count` changes of areas; the last one divided HOME and left a question about each of `count` producers."""
    rows = [
        AreaChange(public_id=key, kind="rename", on=date(2098, 1, 1), gazette="ราชกิจจานุเบกษา", orders={"areas": [make.HOME]})
        for key in free_public_ids(AreaChange, count)
    ]
    AreaChange.objects.bulk_create(rows)
    home = make.area()
    PlaceQuestion.objects.bulk_create(
        PlaceQuestion(public_id=key, change=rows[-1], area=home, producer=row)
        for key, row in zip(free_public_ids(PlaceQuestion, count), producers(count), strict=True)
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
    ("/duplicates/producers/", alike),
    ("/duplicates/products/", alike),
    ("/quality/", products),
    ("/register/products/?check=no_origin", products),
    ("/producers/?check=stale", products),
    ("/standards/expiring/", papers),
    ("/standards/expiring/?within=7&standard=tcps", papers),
    ("/register/products/?papers=soon", papers),
    ("/register/products/?quadrant=review", products),
    ("/register/products/?quadrant=none", products),
    ("/register/products/?papers=lapsed", papers),
    ("/officers/", appointed),
    ("/committees/", committees),
    ("/work/", committees),
    ("/work/", appointed),
    ("/questions/", imported),
    ("/notices/", notices),
    ("/notices/desk/?state=draft", notices),
    ("/notices/sendings/", notices),
    ("/imports/", imported),
    ("/areas/changes/", area_changes),
    ("/areas/places/", area_changes),
    ("/registrations/", registrations),
    ("/registrations/?state=draft", registrations),
    ("/registrations/windows/", registrations),
    ("/criteria/", criteria_sets),
    ("/products/", listings),
    ("/products/?q=ผ้า", listings),
    ("/products/?stars=5&category=food", listings),
    (f"/areas/{make.PROVINCE}/", listings),
    ("/areas/", listings),
    ("/", listings),
    ("/products/", listings_with_photos),
    (f"/areas/{make.PROVINCE}/", listings_with_photos),
    ("/", listings_with_photos),
]

MOST = {"/work/": 10}  # what waits is counted in one statement; handovers and terms ask for themselves


def asked(client: Client, url: str) -> int:
    """How many queries a warm page costs."""
    assert client.get(url).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


PUBLIC = (listings, listings_with_photos)
CASES = [(url, fill, who) for url, fill in PAGES for who in ("officer", "stranger") if who == "officer" or fill in PUBLIC]


@pytest.mark.parametrize(("url", "fill", "who"), CASES, ids=[f"{who} {url} {fill.__name__}" for url, fill, who in CASES])
def test_a_list_costs_as_many_queries_for_many_rows_as_for_one(
    db: None, client: Client, url: str, fill: Callable[[int], object], who: str
) -> None:
    if who == "officer":
        client.force_login(make.central_officer())
    counts = []
    for size in SIZES:
        with transaction.atomic():
            fill_afresh(fill, size)
            counts.append(asked(client, url))
            transaction.set_rollback(True)
    print(f"{url}: {counts} queries at {SIZES} rows")
    assert len(set(counts)) == 1, counts
    assert counts[0] <= MOST.get(url, 13)


def test_the_pages_of_a_product_cost_few_queries_however_much_hangs_on_it(db: None, client: Client) -> None:
    """All that hangs on a product is read in one statement; the rest is its history, quadrant, quoted stars and listing."""
    listings_with_photos(1)
    product = Product.objects.get()
    public, register = f"/products/{product.public_id}/", f"/register/products/{product.public_id}/"
    costs = []
    for more in range(3):
        make.conformity(product, number=f"{more}/2560")
        Material.objects.create(product=product, place=more, name=f"ฝ้าย {more}", area=make.area(make.SISTER))
        SalesPlace.objects.create(product=product, place=more, kind="shop", name=f"ร้าน {more}")
        Prize.objects.create(product=product, place=more, name=f"รางวัล {more}", year_be=2560)
        client.logout()
        asked_by_stranger = asked(client, public)
        page = client.get(public).content.decode()
        assert all(words in page for words in (f"ฝ้าย {more}", f"ร้าน {more}", f"รางวัล {more}", make.area(make.SISTER).short_name))
        client.force_login(make.central_officer())
        costs.append((asked_by_stranger, asked(client, register)))
    assert costs[0] == costs[1] == costs[2]
    assert costs[0][0] <= 4
    assert costs[0][1] <= 14


def fill_afresh(fill: Callable[[int], object], size: int) -> object:
    """Only `size` rows of the kind, with their statistics; sales are never deleted, so those are added to."""
    if fill is sold:
        return fill(size - Producer.objects.count())
    kinds = (
        Registration, RoundCriteria, CriteriaSet, StarBand, Stage, Round, Question, ImportRow, ImportFile, Photo, Listing, Conformity,
        Product, Producer,
    )  # fmt: skip
    for model in kinds:
        model.objects.all().delete()
    made = fill(size)
    refresh_statistics((AlikeProducers, AlikeProducts, Conformity, ImportRow, Listing, Photo, Producer, Product, Question, Registration))
    return made
