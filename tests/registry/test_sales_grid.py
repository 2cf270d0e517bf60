"""The grid of sales in the browser: what is typed is kept, what others told is shown, what cannot be is said beside it."""

import pytest
from django.urls import reverse

from registry.actions.sales import SaleLine, record_sales
from registry.models import Draft, Producer, Sale, SalesChannel
from tests import make
from tests.registry.test_sales import NOW, OCTOBER, channel

pytestmark = pytest.mark.django_db
GRID = reverse("registry:sales-grid", args=[make.PARENT, OCTOBER, 1])


@pytest.fixture(autouse=True)
def on_a_day_in_november(time_machine):
    time_machine.move_to(NOW, tick=True)


def cell(of: Producer, code: str = "place") -> str:
    return f"a_{of.public_id}_{code}"


def sent(form) -> dict[str, str]:
    """The form as the browser would send it back."""
    return {bound.html_name: bound.value() or "" for bound in form}


def opened(client, url: str = GRID) -> dict[str, str]:
    return sent(client.get(url).context["form"])


def tell(of: Producer, satang: int, code: str = "place") -> None:
    live = Sale.objects.live().filter(producer=of, channel__code=code, month=OCTOBER).first()
    record_sales(by=None, month=OCTOBER, lines=[SaleLine(of, channel(code), satang, live.pk if live else None)], at=NOW)


def test_an_officer_fills_a_grid_with_either_digits_and_empty_is_not_told(client):
    client.force_login(make.amphoe_officer())
    one, two = make.producer(name="กลุ่ม ก"), make.producer(make.SISTER, name="กลุ่ม ข")
    make.producer(make.ELSEWHERE, name="กลุ่มอื่น")
    page = client.get(GRID)
    assert [row.producer for row in page.context["form"].rows()] == [one, two]
    typed = {**sent(page.context["form"]), cell(one): "๑,๒๕๐.๕๐", cell(one, "online"): "0", cell(two): "3000 บาท"}
    answer = client.post(GRID, typed, follow=True)
    assert set(Sale.objects.values_list("producer", "channel__code", "satang")) == {
        (one.pk, "place", 125_050), (one.pk, "online", 0), (two.pk, "place", 300_000),
    }
    again = sent(answer.context["form"])
    assert (again[cell(one)], again[cell(one, "online")], again[cell(two, "fair")]) == ("1,250.50", "0", "")
    assert client.post(GRID, {**again, cell(one): ""}).status_code == 302
    assert Sale.objects.live().get(producer=one, channel__code="place").satang is None


def test_each_wrong_cell_is_an_error_beside_it_and_nothing_typed_is_lost(client):
    client.force_login(make.amphoe_officer())
    one, two = make.producer(name="กลุ่ม ก"), make.producer(name="กลุ่ม ข")
    typed = {**opened(client), cell(one): "พันสอง", cell(one, "fair"): "-5", cell(two): "9" * 30, cell(two, "fair"): "77"}
    answer = client.post(GRID, typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {cell(one), cell(one, "fair"), cell(two)}
    page = answer.content.decode()
    assert all(f'value="{text}"' in page for text in ("พันสอง", "-5", "9" * 30, "77"))
    assert page.count("กลุ่ม ก · ") >= 2  # each line of the summary names the row
    assert not Sale.objects.exists()


def test_two_officers_with_the_same_page_open_write_beside_each_other(client):
    client.force_login(make.amphoe_officer())
    one, two = make.producer(name="กลุ่ม ก"), make.producer(name="กลุ่ม ข")
    tell(two, 5_000)
    mine = opened(client)
    tell(one, 100)  # meanwhile, somebody else
    tell(two, 7_000)
    assert client.post(GRID, {**mine, cell(one, "fair"): "5"}).status_code == 302
    assert set(Sale.objects.live().values_list("producer", "channel__code", "satang")) == {
        (one.pk, "place", 100), (two.pk, "place", 7_000), (one.pk, "fair", 500),
    }


def test_the_same_cell_told_by_two_shows_both_texts_and_saving_again_writes_mine(client):
    client.force_login(make.amphoe_officer())
    one = make.producer(name="กลุ่ม ก")
    mine = {**opened(client), cell(one): "800", cell(one, "fair"): "9"}
    tell(one, 100_00)
    answer = client.post(GRID, mine)
    assert answer.status_code == 409
    [(label, yours, theirs)] = answer.context["conflict"]
    assert ("กลุ่ม ก" in label, yours, theirs) == (True, "800", "100")
    assert Sale.objects.get().satang == 100_00
    assert client.post(GRID, sent(answer.context["form"])).status_code == 302
    assert dict(Sale.objects.live().values_list("channel__code", "satang")) == {"place": 800_00, "fair": 9_00}


def test_a_page_sent_twice_writes_once_and_a_damaged_one_overwrites_nothing(client):
    client.force_login(make.amphoe_officer())
    one = make.producer()
    typed = {**opened(client), cell(one): "5", "form_key": "b6b3a9b4-9d57-4f5e-9b62-1d1a3b2c4d5e"}
    assert {client.post(GRID, typed).url for _twice in range(2)} == {GRID}
    assert Sale.objects.count() == 1
    for seen in ("place:x", "place:99999999999999999999", ":", "\x00", "place:999999999"):
        assert client.post(GRID, {**typed, cell(one): "6", f"seen_{one.public_id}": seen, "form_key": ""}).status_code in (409, 422)
    assert Sale.objects.count() == 1


def test_what_is_typed_and_not_sent_waits_and_sending_it_forgets_it(client):
    client.force_login(make.amphoe_officer())
    one = make.producer()
    typed = {**opened(client), cell(one): "123", "draft_page": GRID}
    client.post(reverse("registry:draft-save"), typed)
    assert opened(client)[cell(one)] == "123"
    client.post(GRID, opened(client))
    assert not Draft.objects.exists()
    assert Sale.objects.get().satang == 123_00


def test_producers_of_other_months_other_kinds_and_closed_channels_are_left_out(client):
    client.force_login(make.amphoe_officer())
    here = make.producer(registered_on=OCTOBER.replace(day=31))
    make.producer(registered_on=OCTOBER.replace(month=11))
    make.producer(origin=make.SAMPLE)
    Producer.objects.filter(pk=make.producer().pk).update(ended_on=OCTOBER.replace(month=9, day=30))
    SalesChannel.objects.exclude(code="place").update(active=False)
    assert set(opened(client)) == {cell(here), f"seen_{here.public_id}"}


def test_an_amount_far_above_the_usual_is_kept_and_said(client):
    client.force_login(make.amphoe_officer())
    one = make.producer(name="กลุ่ม ก")
    answer = client.post(GRID, {**opened(client), cell(one): "50,000,000"}, follow=True)
    assert "50,000,000 บาท" in answer.content.decode()
    assert list(answer.context["form"].odd) == [cell(one)]


@pytest.mark.parametrize(("where", "status"), [
    ((make.PROVINCE, "2569-10", 1), 403), ((make.HOME, "2569-12", 1), 403), ((make.OTHER_AMPHOE, "2569-10", 1), 404),
    (("x", "2569-10", 1), 404), ((make.HOME, "2569-10", 99), 200),
])
def test_addresses_that_are_no_grid_say_so(client, where, status):
    client.force_login(make.province_officer() if where[0] == make.PROVINCE else make.amphoe_officer())
    make.producer()
    assert client.get("/sales/{}/{}/{}/".format(*where)).status_code == status


@pytest.mark.parametrize("path", ["/sales/460205/2569-13/1/", "/sales/460205/2026-10/1/", "/sales/460205/2569-1/1/"])
def test_a_month_that_is_none_is_not_found(client, path):
    client.force_login(make.amphoe_officer())
    assert client.get(path).status_code == 404


def test_the_way_in_leads_to_the_grid_and_says_what_is_too_wide(client):
    client.force_login(make.province_officer())
    home = reverse("registry:sales-home")
    assert client.get(home, {"area": make.HOME, "area_typed": "", "month": "2569-10"}).url == f"/sales/{make.HOME}/2569-10/1/"
    wide = client.get(home, {"area": make.PROVINCE, "area_typed": "", "month": "2569-10"})
    assert "area" in wide.context["form"].errors
    for asked in ({"month": "x"}, {"month": "2569-10", "area": "\x00"}, {"month": ["2569-10", "x"], "area_typed": "ไม่มีที่นี่"}):
        assert client.get(home, asked).status_code == 200


def test_the_grid_costs_the_same_however_many_rows(client, django_assert_max_num_queries):
    client.force_login(make.amphoe_officer())
    make.producer()
    client.get(GRID)
    with django_assert_max_num_queries(14) as one:
        client.get(GRID)
    for _more in range(30):
        tell(make.producer(), 100)
    with django_assert_max_num_queries(14) as many:
        page = client.get(GRID)
    assert (len(one), len(page.context["form"].producers)) == (len(many), 25)
