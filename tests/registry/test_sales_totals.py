"""Sums of a closed year for everybody, which never tell what one producer sold; amounts of one only to its officers."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.actions.sales import SaleLine, record_sales
from registry.models import CommitteeKind, Producer, Sale
from tests import make
from tests.registry.test_sales import channel

pytestmark = pytest.mark.django_db
THIRD = "460203"  # a third tambon of the amphoe


@pytest.fixture(autouse=True)
def on_a_day_when_the_year_is_closed(time_machine):
    time_machine.move_to(make.at(2027, 5, 1), tick=True)


def tell(of: Producer, satang: int, at=None) -> None:
    live = Sale.objects.live().filter(producer=of).first()
    line = SaleLine(of, channel(), satang, live.pk if live else None)
    record_sales(by=None, month=date(2026, 10, 1), lines=[line], at=at or make.at(2026, 11, 5))


def tellers(code: str, count: int, satang: int = 100) -> list[Producer]:
    made = [make.producer(code) for _one in range(count)]
    for of in made:
        tell(of, satang)
    return made


def page(client, code: str, year: int = 2569):
    return client.get(reverse("registry:sales-area", args=[code, year]))


def shown(client, code: str) -> dict[str, tuple[int, int] | None]:
    """What everybody can read: told and sum by area, None where it is kept back."""
    context = page(client, code).context
    found = {row[0].code: (row[1].told, row[1].satang) if row[2] else None for row in context["rows"] if row[1]}
    return {code: (context["whole"].told, context["whole"].satang) if context["seen"] else None} | found


def test_three_tell_a_sum_and_two_do_not(client):
    tellers(make.HOME, 2)
    assert shown(client, "TH") == {"TH": None, "R-NE": None}
    assert "ไม่แสดง" in page(client, make.HOME).content.decode()
    tellers(make.HOME, 1, 700)
    assert shown(client, "TH") == {"TH": (3, 900), "R-NE": (3, 900)}
    assert shown(client, make.PARENT) == {make.PARENT: (3, 900), make.HOME: (3, 900)}
    assert shown(client, make.HOME) == {make.HOME: (3, 900)}


def test_what_is_kept_back_cannot_be_reckoned_from_the_others(client):
    tellers(make.HOME, 5)
    tellers(make.SISTER, 3, 10)
    tellers(THIRD, 1, 77)
    assert shown(client, make.PARENT) == {make.PARENT: (9, 607), make.HOME: (5, 500), make.SISTER: None, THIRD: None}
    assert shown(client, make.SISTER) == {make.SISTER: None}  # nor by opening its own page


def test_below_an_area_that_is_kept_back_everything_is(client):
    tellers(make.HOME, 4)
    tellers("460301", 1, 7)  # the only one of the next amphoe: the first amphoe is kept back with it
    assert shown(client, make.PROVINCE) == {make.PROVINCE: (5, 407), make.PARENT: None, make.OTHER_AMPHOE: None}
    assert shown(client, make.PARENT) == {make.PARENT: None, make.HOME: None}


def test_a_year_is_counted_once_and_what_is_told_later_changes_nothing(client, time_machine):
    made = tellers(make.HOME, 3)
    tell(made[0], 900, at=make.at(2027, 3, 1))  # before the 90th day after the year
    assert shown(client, make.HOME)[make.HOME] == (3, 1_100)
    tell(made[0], 5, at=make.at(2027, 4, 15))
    tellers_late = make.producer()
    tell(tellers_late, 5, at=make.at(2027, 4, 15))
    assert shown(client, make.HOME)[make.HOME] == (3, 1_100)
    assert page(client, make.HOME, 2570).context["closed"] is False
    time_machine.move_to(make.at(2027, 3, 30), tick=False)
    assert page(client, make.HOME).context["closed"] is False
    assert "1,100" not in page(client, make.HOME).content.decode()


def test_samples_are_never_added_to_real_sums(client):
    tellers(make.HOME, 3)
    for _one in range(3):
        of = make.producer(origin=make.SAMPLE)
        tell(of, 5)
    assert shown(client, make.HOME)[make.HOME] == (3, 300)
    client.force_login(make.amphoe_officer(origin=make.SAMPLE))
    assert shown(client, make.HOME)[make.HOME] == (3, 15)


@pytest.mark.parametrize("path", ["TH/2400", "TH/2571", "xx/2569"])
def test_no_such_year_or_area_is_not_found(client, path):
    assert client.get(f"/sales/areas/{path}/").status_code == 404


def test_each_level_costs_one_query_more_and_none_for_more_rows(client):
    def asked(code: str) -> int:
        page(client, code)
        with CaptureQueriesContext(connection) as seen:
            page(client, code)
        return len(seen)

    tellers(make.HOME, 1)
    few = [asked(code) for code in ("TH", make.PROVINCE, make.HOME)]
    tellers(make.HOME, 40)
    assert [asked(code) for code in ("TH", make.PROVINCE, make.HOME)] == few
    assert max(few) <= 10


def test_amounts_of_one_producer_are_for_its_officers_only(client):
    [of] = tellers(make.HOME, 1, 123_456_00)
    url = reverse("registry:producer-show", args=[of.public_id])
    for who in (make.recorder(), make.amphoe_officer(), make.central_officer()):
        client.force_login(who)
        assert "123,456" in client.get(url).content.decode()
    member = make.user()
    make.seat(make.committee(CommitteeKind.AMPHOE, make.PARENT), member)
    for who in (member, make.administrator()):
        client.force_login(who)
        answer = client.get(url)
        assert (answer.status_code, answer.context["sales"]) == (200, None)
        assert "123,456" not in answer.content.decode()
