"""Once a year "still producing?": one answer, a no that ends, who was not asked, and how old the data of an area are."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.confirmations import confirm_producing
from registry.models import Area, Confirmation, Producer, Threshold
from registry.refusal import Refused
from registry.worklist import Group, lines_for
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.at(2026, 3, 5)
LIST = reverse("registry:confirm-list")


@pytest.fixture(autouse=True)
def on_a_day_in_march(time_machine):
    time_machine.move_to(NOW, tick=True)


def confirm(of: Producer, answer: str = "yes", **more):
    return confirm_producing(by=more.pop("by", None), producer=of, answer=answer, version=of.version, at=more.pop("at", NOW), **more)


def codes(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as raised:
        act(*args, **kwargs)
    return raised.value.codes


def test_one_answer_a_year_and_who_was_not_reached_is_asked_again():
    of = make.producer()
    confirm(of, "not_reached")
    confirm(of, "not_reached")
    assert confirm(of).year_be == 2569
    assert codes(confirm, of) == ["answered_this_year"]
    assert codes(confirm, of, "not_reached") == ["answered_this_year"]
    confirm(of, at=make.at(2027, 1, 1))
    assert Confirmation.objects.filter(answer="yes").count() == 2


def test_a_no_ends_the_products_and_the_producer_by_their_own_acts():
    product = make.product()
    of = product.producer
    confirm(of, "no", ended_on=date(2026, 2, 1))
    product.refresh_from_db()
    of.refresh_from_db()
    assert (product.ended_on, of.ended_on) == (date(2026, 2, 1),) * 2
    assert codes(confirm, of) == ["ended_already"]
    later = make.product()
    assert codes(confirm, later.producer, "no", ended_on=date(2027, 1, 1)) == ["day_to_come"]
    later.refresh_from_db()
    assert later.ended_on is None
    assert not Confirmation.objects.filter(producer=later.producer).exists()


def test_strangers_samples_and_second_answers_are_refused():
    of = make.producer()
    assert codes(confirm, of, by=make.amphoe_officer(make.OTHER_AMPHOE)) == ["not_your_area"]
    assert codes(confirm, of, by=make.amphoe_officer(origin=make.SAMPLE)) == ["origin_differs"]
    confirm(of)
    with pytest.raises(IntegrityError, match=r"one_answer_per_producer_and_year"), transaction.atomic():
        Confirmation.objects.create(producer=of, year_be=2569, answer="no")


def names(client, **asked) -> list[str]:
    return [row.name for row in client.get(LIST, asked).context["page_obj"]]


def test_the_list_holds_who_was_not_asked_and_the_buttons_answer(client):
    client.force_login(make.amphoe_officer())
    one, two, three = (make.producer(name=f"กลุ่ม {letter}") for letter in "กขค")
    make.producer(name="ใหม่ปีนี้", registered_on=date(2026, 1, 1))
    make.producer(make.ELSEWHERE, name="ที่อื่น")
    assert names(client) == ["กลุ่ม ก", "กลุ่ม ข", "กลุ่ม ค"]
    where = reverse("registry:producer-confirm", args=[one.public_id])
    assert client.post(where, {"answer": "yes", "version": "1", "back": "name=x"}).url == f"{LIST}?name=x"
    odd = client.post(reverse("registry:producer-confirm", args=[two.public_id]), {
        "answer": "not_reached", "version": "1", "back": "ก" * 200 + "\x00\r\nX: y",
    })
    assert odd.url.startswith(f"{LIST}?")
    assert names(client) == ["กลุ่ม ค"]
    assert names(client, state="yes") == ["กลุ่ม ก"]
    assert names(client, state="not_reached") == ["กลุ่ม ข"]
    assert len(names(client, state="all")) == 4
    assert names(client, state="x") == []
    asks = reverse("registry:producer-confirm", args=[three.public_id])
    make.product(three, name="ผ้าที่จะจบ")
    assert "ผ้าที่จะจบ" in client.get(asks, {"answer": "no"}).content.decode()
    reversed_day = {"answer": "no", "version": "1", "ended_on": "เมื่อวาน"}
    for damaged in ({}, {"answer": "x", "version": "1"}, {"answer": "yes", "version": "x"}, reversed_day):
        assert client.post(asks, damaged).status_code == 422
    assert client.post(asks, {"answer": "no", "version": "9"}).status_code == 409
    assert Producer.objects.get(pk=three.pk).ended_on is None


def test_the_work_list_reminds_until_all_are_asked_and_is_late_after_the_day():
    officer, of = make.amphoe_officer(), make.producer()

    def group(at) -> str | None:
        return next((str(group) for group, lines in lines_for(officer, at).items() for line in lines if line.url == LIST), None)

    assert group(NOW) == Group.MINE
    assert group(make.at(2026, 4, 1)) == Group.LATE  # the 90th day is 31 March
    Threshold.objects.filter(code="confirm_from_day").update(value=100)
    assert group(NOW) is None
    Threshold.objects.filter(code="confirm_from_day").update(value=1)
    confirm(of)
    assert group(NOW) is None


def counts(client, code: str) -> dict[str, tuple[int, ...]]:
    rows = client.get(reverse("registry:staleness", args=[code])).context["rows"]
    kept = ("producers", "confirmed", "not_reached", "not_asked", "old")
    return {row["area"].code: tuple(row[name] for name in kept) for row in rows if row["producers"]}


def test_staleness_is_counted_at_every_level_of_the_tree(client):
    client.force_login(make.central_officer())
    yes, tried, _untold, ended = (make.producer() for _four in range(4))
    make.producer(make.SISTER, registered_on=date(2026, 2, 1))
    confirm(yes)
    confirm(tried, "not_reached")
    confirm(tried, at=make.at(2025, 6, 1))
    confirm(ended, "no")
    assert counts(client, make.PARENT) == {make.HOME: (3, 1, 1, 1, 1), make.SISTER: (1, 0, 0, 0, 0)}
    assert counts(client, make.HOME) == {make.HOME: (3, 1, 1, 1, 1)}
    for above, below in (("TH", "R-NE"), ("R-NE", make.PROVINCE), (make.PROVINCE, make.PARENT)):
        assert counts(client, above) == {below: (4, 1, 1, 1, 1)}


def test_the_file_says_the_same_and_no_name_becomes_a_formula(client):
    client.force_login(make.amphoe_officer())
    make.producer()
    Area.objects.filter(code=make.HOME).update(name_th='=HYPERLINK("x")', name_en="@cmd")
    file = client.get(reverse("registry:staleness-file", args=[make.PARENT, "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    home = next(row for row in rows if row[0] == make.HOME)
    assert home[1:4] == ["'=HYPERLINK(\"x\")", "'@cmd", "1"]
    assert rows[0] == ["รหัสพื้นที่", "ชื่อภาษาไทย", "ชื่อภาษาอังกฤษ", "ผู้ผลิต", "ยืนยันแล้ว", "ติดต่อไม่ได้", "ยังไม่ได้ถาม", "ข้อมูลเก่า"]
    assert len(rows) == 1 + Area.objects.current().filter(parent__code=make.PARENT).count()
    assert client.get(f"/staleness/{make.OTHER_AMPHOE}/areas.csv").status_code == 404


@pytest.mark.parametrize("code", ["TH", make.PARENT])
def test_staleness_costs_the_same_for_one_producer_and_for_many(client, code):
    client.force_login(make.central_officer())
    asked = []
    for more in (1, 2, 40):
        for _one in range(more):
            confirm(make.producer())
        client.get(reverse("registry:staleness", args=[code]))
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("registry:staleness", args=[code]))
        asked.append(len(seen))
    assert len(set(asked)) == 1
    assert asked[0] <= 12
