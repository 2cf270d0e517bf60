"""Lists that go out: complete, in order, with their filters, without formulas and personal data, one query for all rows."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from registry.actions.people import take_back_appointment
from registry.clock import bangkok_day
from registry.exports import desk_lists, lists
from registry.exports.workbook import DropDown, Sheet, letters, workbook
from registry.models import Producer, Product, SalesChannel
from registry.personal.classes import FieldClass, class_of
from tests import make
from tests.test_queries import (
    alike,
    appointed,
    area_changes,
    committees,
    fill_afresh,
    imported,
    notices,
    papers,
    producers,
    products,
    registrations,
    sold,
)

FILES = [
    ("/producers/list", producers), ("/register/products/list", products), ("/standards/expiring/list", papers),
    ("/questions/list", imported), ("/registrations/list", registrations), ("/confirmations/list", producers),
    (f"/sales/{make.PARENT}/2567-03/list", sold), ("/officers/list", appointed), ("/committees/list", committees),
    ("/committees/members", committees), ("/duplicates/producers/list", alike), ("/duplicates/products/list", alike),
    ("/notices/desk/list", notices), ("/notices/sendings/list", notices), ("/imports/list", imported),
    ("/areas/changes/list", area_changes),
]  # fmt: skip
OTHERWISE = {  # rows that are there from the start, or are not one for each
    "/officers/list": lambda size: size + 1, "/committees/members": lambda size: 2 * size,
    "/notices/sendings/list": lambda _size: 1, "/imports/list": lambda _size: 1,
}  # fmt: skip
TABLES = [value for module in (lists, desk_lists) for value in vars(module).values() if isinstance(value, lists.Table)]
TABLES += [desk_lists.sent([], make.LONG_AGO), desk_lists.pairs(of_products=False), desk_lists.pairs(of_products=True)]
HOLDERS = {"registry.User"}  # who holds a public office is named by it; nobody else's name goes out with a list


def read_csv(answer) -> list[list[str]]:
    text = answer.getvalue().decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def read_xlsx(answer) -> list[list[object]]:
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0)
    return sheet.to_python()


@pytest.mark.parametrize(("url", "fill"), FILES, ids=[url for url, _fill in FILES])
def test_a_list_goes_out_whole_with_as_many_queries_for_many_rows_as_for_one(db, client: Client, url, fill, monkeypatch):
    monkeypatch.setattr("registry.exports.tables.CHUNK", 20)
    client.force_login(make.central_officer())
    counts = []
    for size in (1, 3, 90):
        with transaction.atomic():
            fill_afresh(fill, size)
            for kind in ("csv", "xlsx"):
                answer = client.get(f"{url}.{kind}")
                rows = (read_csv if kind == "csv" else read_xlsx)(answer)
                assert len(rows) == 1 + OTHERWISE.get(url, int)(size)
                assert len(rows[0]) == len(set(rows[0])) == max(map(len, rows))
            with CaptureQueriesContext(connection) as seen:
                client.get(f"{url}.csv").getvalue()
            counts.append(len(seen))
            transaction.set_rollback(True)
    assert len(set(counts)) == 1, counts


def fields_of(model) -> list[FieldClass | None]:
    return [class_of(model._meta.label, field.name) for field in model._meta.fields]


def test_no_column_tells_what_is_personal_or_secret():
    for table in [*TABLES, lists.sales([])]:
        for column in table.columns:
            if column.computed:
                continue
            model = apps.get_model(table.model)
            *way, last = column.field.split("__")
            for name in way:
                model = model._meta.get_field(name).related_model
            level = class_of(model._meta.label, last)
            assert level in (FieldClass.PUBLIC, FieldClass.INTERNAL), (table.name, column.field, level)
            told_whole = model._meta.get_field(last).related_model
            if told_whole is not None and any(kind in (FieldClass.PERSONAL, FieldClass.SECRET) for kind in fields_of(told_whole)):
                assert told_whole._meta.label in HOLDERS, (table.name, column.field)


@pytest.mark.django_db
def test_the_file_holds_the_rows_of_the_list_in_its_order_and_narrowed_like_it(client: Client):
    home, far = make.producer(name="กลุ่มทอผ้าบ้านโพน"), make.producer(make.ELSEWHERE, name="กลุ่มอื่น")
    evil = ["=HYPERLINK(1)", "+1+1", "-2*3", "@SUM(1)", "＝1+1", "\u200b=1", "เก้าอี้", "กระด้ง", "<b>&_x0041_"]
    for name in evil:
        make.product(home, name=name)
    make.product(far)
    client.force_login(make.amphoe_officer())
    shown = [row.name for row in client.get(reverse("registry:product-list")).context["page_obj"]]
    read = read_csv(client.get(reverse("registry:product-file", args=["csv"])))
    place = read[0].index("ชื่อผลิตภัณฑ์")
    assert [line[place].removeprefix("'") for line in read[1:]] == shown
    assert len(shown) == len(evil)
    assert all(line[place].startswith("'") for line in read[1:] if line[place][-1] in "1)3")
    answer = client.get(reverse("registry:product-file", args=["xlsx"]))
    assert [row[place] for row in read_xlsx(answer)[1:]] == shown
    book = openpyxl.load_workbook(io.BytesIO(client.get(reverse("registry:product-file", args=["xlsx"])).getvalue()))
    assert {cell.data_type for cell in book.worksheets[0]["B"]} == {"s"}
    only = read_csv(client.get(reverse("registry:product-file", args=["csv"]), {"name": "กระ"}))
    assert [line[place] for line in only[1:]] == ["กระด้ง"]
    odd = client.get(reverse("registry:product-file", args=["csv"]), {"category": "none-such"})
    assert odd.status_code == 302
    assert odd.url == f"{reverse('registry:product-list')}?category=none-such"
    page = client.get(reverse("registry:product-list"), {"name": "ก"}).content.decode()
    assert f"{reverse('registry:product-file', args=['csv'])}?name=" in page
    assert list(Product.objects.visible_to(AnonymousUser())) == []
    english = read_csv(client.get("/en" + reverse("registry:producer-file", args=["csv"])))
    assert english[0][:2] == ["Register number", "Producer name"]
    assert english[1][english[0].index("Products")] == str(len(evil))


@pytest.mark.django_db
def test_an_appointment_that_was_taken_back_goes_out_without_a_last_day(client: Client):
    coming = make.appointment(make.user(), "recorder", make.HOME, starts_on=bangkok_day(timezone.now()) + timedelta(days=9))
    take_back_appointment(by=None, appointment=coming, reason="คำสั่งถูกยกเลิก")
    client.force_login(make.amphoe_officer())
    head, line = read_csv(client.get("/en/officers/list.csv", {"state": "ended"}))
    told = dict(zip(head, line, strict=True))
    assert (told["From"], told["To"]) == (coming.starts_on.isoformat(), "taken back")


@pytest.mark.django_db
def test_sales_go_out_in_baht_and_what_was_not_told_stays_empty(client: Client):
    one, two = make.producer(name="กลุ่มหนึ่ง"), make.producer(name="กลุ่มสอง")
    for code, satang in (("fair", 12_50), ("place", 0)):
        channel = SalesChannel.objects.get(code=code)
        one.sales.create(area=one.area, month=date(2024, 3, 1), channel=channel, satang=satang, at=make.at(2024, 4, 1))
    client.force_login(make.amphoe_officer())
    head, *rows = read_csv(client.get(f"/en/sales/{make.PARENT}/2567-03/list.csv"))
    told = {line[1]: dict(zip(head, line, strict=True)) for line in rows}
    assert (told[one.name]["Fairs"], told[one.name]["At the place"], told[one.name]["Sum in baht"]) == ("12.5", "0", "12.5")
    assert (told[two.name]["Fairs"], told[two.name]["Sum in baht"]) == ("", "")
    assert Producer.objects.count() == 2


def test_a_workbook_goes_on_in_another_sheet_and_offers_lists(monkeypatch):
    monkeypatch.setattr("registry.exports.workbook.MOST_ROWS", 3)
    rows = [["ก", "เลข"], *([f"แถว {n}\x01", n] for n in range(5))]
    whole = b"".join(workbook([
        Sheet("ก & ข", iter(rows), [10, 5], [DropDown(1, '"ใช่,ไม่ใช่"', title="เลือก", words="<หนึ่ง>")]), Sheet("ว่าง", [], hidden=True),
    ]))  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(whole))
    assert [(sheet.title, sheet.max_row, sheet.sheet_state) for sheet in book.worksheets][:3] == [
        ("ก & ข", 3, "visible"), ("ก & ข (2)", 3, "visible"), ("ก & ข (3)", 2, "visible"),
    ]  # fmt: skip
    assert book["ก & ข (3)"]["A2"].value == "แถว 4"
    assert book.worksheets[0].data_validations.dataValidation[0].formula1 == '"ใช่,ไม่ใช่"'
    assert [letters(n) for n in (1, 26, 27, 702, 703)] == ["A", "Z", "AA", "ZZ", "AAA"]
