"""Producers: registering, correcting, ending, and their pages."""

from datetime import date

import pytest
from django.urls import reverse

from registry.actions.producers import change_producer, end_producer, register_producer
from registry.models import Producer, ProducerFact, ProducerType
from registry.refusal import Conflict, Refused
from tests import make

pytestmark = pytest.mark.django_db


def refused(act, **kwargs) -> list[str]:
    """The codes with which `act` is refused."""
    with pytest.raises(Refused) as raised:
        act(**kwargs)
    return raised.value.codes


def test_a_producer_is_registered_with_its_first_fact_and_its_writer():
    officer = make.amphoe_officer()
    producer = register_producer(
        by=officer, name="  กลุ่มทอผ้า   บ้านหนองบัว ", area=make.area(), village="หมู่ 4", at=make.at(2026, 11, 19, 23, 30)
    )
    assert (producer.name, producer.registered_on, producer.created_by) == (
        "กลุ่มทอผ้า บ้านหนองบัว", date(2026, 11, 19), officer,
    )
    fact = ProducerFact.objects.get(producer=producer)
    assert (fact.on, fact.type, fact.area.code, fact.active) == (date(2026, 11, 19), "group", make.HOME, True)


def test_the_day_is_that_of_bangkok():
    producer = register_producer(by=None, name="ก", area=make.area(), at=make.at(2027, 1, 1, 0, 30))
    assert producer.registered_on == date(2027, 1, 1)


@pytest.mark.parametrize("code", [make.ELSEWHERE, "460301"])
def test_an_officer_registers_only_in_his_subtree(code):
    assert refused(register_producer, by=make.amphoe_officer(), name="กลุ่ม", area=make.area(code)) == ["not_your_area"]


def test_an_ended_appointment_registers_nothing():
    someone = make.user()
    make.appointment(someone, "amphoe_officer", make.PARENT, ends_on=date(2024, 12, 31))
    assert refused(register_producer, by=someone, name="กลุ่ม", area=make.area()) == ["not_your_area"]


def test_a_producer_stands_in_a_tambon():
    assert refused(register_producer, by=None, name="กลุ่ม", area=make.area(make.PARENT)) == ["tambon_missing"]


def test_the_same_name_in_the_tambon_is_refused_and_names_the_one_there():
    there = make.producer(name="กลุ่มทอผ้าบ้านหนองบัว")
    with pytest.raises(Refused) as raised:
        make.producer(name="กลุ่มทอผ้า บ้านหนองบัว")
    assert there.public_id in raised.value.sentences[0]
    assert make.producer(make.SISTER, name="กลุ่มทอผ้าบ้านหนองบัว").pk != there.pk


def test_an_ended_producers_name_is_free_again():
    there = make.producer(name="กลุ่มเดิม")
    end_producer(by=None, producer=there, version=there.version)
    assert make.producer(name="กลุ่มเดิม").pk != there.pk


@pytest.mark.parametrize(("name", "code"), [("", "name_missing"), ("ๆ -", "name_missing"), ("ก" * 251, "name_long"),
                                            ("ﬃ" * 200, "name_long")])
def test_a_name_has_letters_and_fits(name, code):
    assert refused(register_producer, by=None, name=name, area=make.area()) == [code]


def test_no_producer_is_registered_on_a_day_to_come():
    assert refused(
        register_producer, by=None, name="กลุ่ม", area=make.area(), registered_on=date(2026, 1, 2), at=make.at(2026)
    ) == ["day_to_come"]


def test_growing_from_one_kind_to_another_is_a_new_fact():
    producer = make.producer()
    change_producer(
        by=None, producer=producer, version=1, name=producer.name, type=ProducerType.SME, area=producer.area,
        at=make.at(2026, 5, 5),
    )
    assert list(producer.facts.order_by("id").values_list("on", "type")) == [
        (make.LONG_AGO, "group"), (date(2026, 5, 5), "sme"),
    ]


def test_two_people_saving_lose_nothing():
    producer = make.producer(name="ชื่อเดิม")
    mine = Producer.objects.get(pk=producer.pk)
    kept = {"type": "group", "area": producer.area}
    change_producer(by=None, producer=producer, version=1, name="ของเขา", **kept)
    with pytest.raises(Conflict) as raised:
        change_producer(by=None, producer=mine, version=1, name="ของฉัน", **kept)
    assert (raised.value.yours["name"], raised.value.theirs["name"]) == ("ของฉัน", "ของเขา")
    producer.refresh_from_db()
    assert (producer.name, producer.version) == ("ของเขา", 2)


def test_a_producer_ends_after_its_products():
    producer = make.producer()
    make.product(producer, name="ผ้าขิด")
    assert refused(end_producer, by=None, producer=producer, version=1) == ["products_left"]


def test_samples_and_real_rows_are_kept_apart():
    real = make.producer()
    sampler = make.amphoe_officer(origin=make.SAMPLE)
    assert refused(
        change_producer, by=sampler, producer=real, version=1, name="x", type="group", area=real.area
    ) == ["origin_differs"]
    assert make.producer(by=sampler).origin == "sample"


def test_an_officer_registers_in_the_browser(client):
    client.force_login(make.amphoe_officer())
    page = client.get(reverse("registry:producer-new"))
    assert page.status_code == 200
    answer = client.post(reverse("registry:producer-new"), {
        "name": "กลุ่มจักสานบ้านหนองบัว", "type": "group", "area": make.HOME, "area_typed": "หนองบัว",
        "registered_on": "๑๙ พฤศจิกายน ๒๕๖๗",
    }, follow=True)
    assert answer.status_code == 200
    producer = Producer.objects.get()
    assert (producer.area.code, producer.registered_on) == (make.HOME, date(2024, 11, 19))
    assert producer.name in answer.content.decode()


def test_text_that_fits_many_places_brings_them_back_to_choose_from(client):
    client.force_login(make.amphoe_officer())
    answer = client.post(reverse("registry:producer-new"), {"name": "กลุ่ม", "type": "group", "area_typed": "หนองบัว"})
    assert answer.status_code == 422
    words = answer.content.decode()
    assert words.index(f'value="{make.HOME}"') < words.index('value="461202"')
    assert 'value="กลุ่ม"' in words


def test_a_form_sent_twice_acts_once(client):
    client.force_login(make.amphoe_officer())
    sent = {"name": "กลุ่ม", "type": "group", "area": make.HOME, "form_key": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"}
    first, second = (client.post(reverse("registry:producer-new"), sent) for _time in range(2))
    assert first.url == second.url
    assert Producer.objects.count() == 1


def test_the_browser_shows_both_texts_when_another_saved(client):
    client.force_login(make.amphoe_officer())
    producer = make.producer(name="ชื่อเดิม")
    change_producer(by=None, producer=producer, version=1, name="ของเขา", type="group", area=producer.area)
    url = reverse("registry:producer-edit", args=[producer.public_id])
    sent = {"name": "ของฉัน", "type": "group", "area": make.HOME, "version": "1"}
    answer = client.post(url, sent)
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "ของเขา" in words
    assert "ของฉัน" in words
    assert 'name="weighed" value="2"' in words
    assert client.post(url, {**sent, "weighed": "2"}).status_code == 302


def test_the_existing_producer_is_one_press_away(client):
    client.force_login(make.amphoe_officer())
    there = make.producer(name="กลุ่มเดิม")
    answer = client.post(reverse("registry:producer-new"), {"name": "กลุ่มเดิม", "type": "group", "area": make.HOME})
    assert answer.status_code == 403
    assert reverse("registry:producer-show", args=[there.public_id]) in answer.content.decode()


def test_a_committee_member_reads_but_does_not_write(client):
    member = make.user()
    make.seat(make.committee(), member)
    client.force_login(member)
    producer = make.producer()
    page = client.get(reverse("registry:producer-show", args=[producer.public_id]))
    assert page.status_code == 200
    assert 'aria-disabled="true"' in page.content.decode()
    assert client.get(reverse("registry:producer-edit", args=[producer.public_id])).status_code == 403
