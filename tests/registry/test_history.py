"""Who changed what when: one line per act, told in words."""

import pytest
from django.db import DatabaseError, transaction

from registry.actions.producers import change_producer
from registry.actions.products import change_product, end_product
from registry.history import history_of
from registry.models import History, ProducerType, Product
from tests import make

pytestmark = pytest.mark.django_db


def changed(product: Product, **told) -> Product:
    kept = {"name": product.name, "category": product.category, "area": product.area, "version": product.version}
    return change_product(product=product, **{"by": None, **kept, **told})


def test_each_act_leaves_one_line_with_its_writer_and_its_time():
    officer = make.amphoe_officer()
    product = make.product(make.producer(by=officer), by=officer)
    changed(product, by=officer, unit="ผืน", at=make.at(2026, 7, 1, 9, 30))
    end_product(by=None, product=product, version=product.version)
    lines = history_of(product)
    assert [line.who for line in lines] == ["ระบบ", officer.full_name, officer.full_name]
    assert lines[1].at == make.at(2026, 7, 1, 9, 30)
    assert History.objects.filter(kind="product", row=product.public_id).count() == 3


def test_only_what_changed_is_told_by_name():
    product = make.product(category=None, unit="ผืน")
    changed(product, category=make.category("food"), unit="ผืน", area=make.area(make.SISTER))
    told = {change.label: (change.before, change.after) for change in history_of(product)[0].changes}
    assert set(told.values()) == {("–", make.category("food").name_th), ("ตำบลหนองบัว", "ตำบลนามน")}


def test_saving_without_a_change_leaves_no_line():
    product = make.product()
    changed(product)
    assert len(history_of(product)) == 1


def test_a_single_owners_name_stays_out_of_history():
    owner = make.producer(name="นางสมศรี ใจงาม", type=ProducerType.OWNER)
    change_producer(
        by=None, producer=owner, version=1, name="นางสมศรี งามใจ", type=ProducerType.OWNER, area=owner.area, village="หมู่ 2"
    )
    assert "สมศรี" not in str(list(History.objects.values()))
    assert {change.after for change in history_of(owner)[0].changes} >= {"หมู่ 2"}


def test_history_is_append_only():
    make.product()
    for act in (lambda: History.objects.update(act="x"), lambda: History.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_a_long_history_costs_four_queries_at_most(django_assert_max_num_queries):
    product = make.product()
    for number in range(1, 6):
        changed(product, name=f"ชื่อที่ {number}", category=make.category("food" if number % 2 else "herb"))
    with django_assert_max_num_queries(4):
        assert len(history_of(product)) == 6
