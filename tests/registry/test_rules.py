"""Rules: nothing, or one sentence a person can act on, the same wherever it is said."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from registry.models import Office
from registry.rules import (
    category_allowed,
    holds,
    may_register,
    may_register_in,
    may_register_somewhere,
    number_looks_odd,
    offices_at,
)
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.at(2026, 5, 5)


@pytest.mark.parametrize(("office", "code", "allowed"), [
    (Office.RECORDER, make.HOME, True), (Office.RECORDER, make.SISTER, False), (Office.AMPHOE_OFFICER, make.PARENT, True),
    (Office.AMPHOE_OFFICER, make.OTHER_AMPHOE, False), (Office.PROVINCE_OFFICER, make.PROVINCE, True),
    (Office.PROVINCE_OFFICER, make.OTHER_PROVINCE, False), (Office.CENTRAL_OFFICER, make.CENTRE, True),
    (Office.ADMINISTRATOR, make.CENTRE, False),
])
def test_an_officer_registers_in_his_subtree(office, code, allowed):
    assert (may_register(make.officer(office, code), make.area(), NOW) is None) is allowed


def test_a_closed_account_and_a_stranger_hold_nothing():
    someone = make.recorder()
    someone.is_active = False
    assert not holds(someone, [Office.RECORDER], make.area(), NOW)
    assert not holds(None, [Office.RECORDER], make.area(), NOW)


def test_nothing_stands_against_the_system_itself():
    assert may_register_in(None, [make.area()], NOW) == []


def test_a_refusal_is_said_in_the_readers_language_with_the_place():
    refusal = may_register(make.user(), make.area(), NOW)
    assert "ตำบลหนองบัว" in refusal.in_language("th")
    assert "Tambon Nong Bua" in refusal.in_language("en")
    assert refusal.in_language("th") != refusal.in_language("en")


def test_offices_are_read_once_a_request(django_assert_num_queries):
    someone, home = make.amphoe_officer(), make.area()
    offices_at(someone, NOW)
    with django_assert_num_queries(0):
        assert may_register(someone, home, NOW) is None


def test_the_closed_button_and_the_403_say_the_same(client):
    member = make.user()
    make.seat(make.committee(), member)
    client.force_login(member)
    product = make.product()
    sentence = may_register(member, product.area, NOW).in_language("th")
    page = client.get(reverse("registry:product-show", args=[product.public_id])).content.decode()
    refused = client.get(reverse("registry:product-edit", args=[product.public_id]))
    assert refused.status_code == 403
    assert sentence in page
    assert sentence in refused.content.decode()


def test_who_registers_nowhere_is_told_who_does():
    assert may_register_somewhere(make.user(), NOW).code == "not_a_registrar"
    assert may_register_somewhere(make.recorder(), NOW) is None


def test_a_product_without_category_is_named():
    with override("th"):
        assert "ผ้าขิด" in category_allowed(None, "ผ้าขิด").sentence


def test_a_broken_pattern_warns_of_nothing():
    standard = make.standard()
    standard.number_pattern = "(["
    assert number_looks_odd(standard, "x") is None
