"""What follows from stored sheets: who owes one, exact totals, and the same number of questions however many entries."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from selection import scoring
from selection.models import Panel
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def asked(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def province(count):
    done = way.through(2, round_=way.open_round(str(2569 + count)), products=[make.product() for _number in range(count)])
    panel = way.convened(done.round, 3, done.province)
    way.all_signed(panel, "กข")
    return panel


def test_a_look_asks_the_same_for_one_entry_and_three():
    one, three = (Panel.objects.for_list().get(pk=province(count).pk) for count in (1, 3))
    for act in (
        scoring.look, scoring.spreads, scoring.missing_sheets, lambda panel: scoring.totals(scoring.standing(panel)),
        lambda panel: scoring.counted_sheets(scoring.standing(panel)),
    ):  # fmt: skip
        assert asked(lambda act=act: act(one)) == asked(lambda act=act: act(three))


def test_parts_are_known_by_stage_and_category():
    round_ = way.open_round()
    food = make.category("food")
    assert [part.letter for part in scoring.parts_at(round_, 3)[food.pk]] == ["ก", "ข"]
    assert [part.letter for part in scoring.parts_at(round_, 4)[food.pk]] == ["ค"]
    assert scoring.parts_at(round_, 2) == {}
    assert [scoring.part_code(part) for part in scoring.parts_at(round_, 3)[food.pk]] == ["a", "b"]


def test_who_owes_sheets():
    done = way.through(2, products=[make.product()])
    panel = way.convened(done.round, 3, done.province, met=False)
    entry = scoring.standing(panel)[0]
    assert scoring.missing_sheets(panel) == {entry: 1}  # nobody is there yet, which is not the same as nobody owing
    panel = way.meeting(panel, done.province)
    assert scoring.missing_sheets(panel) == {entry: 6}
    way.signed(panel, entry, "ก", 2700, by=done.province.chair)
    assert scoring.missing_sheets(panel) == {entry: 5}
    way.all_signed(way.meeting(panel, done.province), "ข")
    assert scoring.missing_sheets(panel) == {entry: 2}


def test_a_total_is_there_once_every_part_has_a_sheet():
    done = way.through(2, products=[make.product()])
    panel = way.convened(done.round, 3, done.province)
    entry = scoring.standing(panel)[0]
    way.signed(panel, entry, "ก", 2700, by=done.province.chair)
    assert scoring.totals([entry], up_to_stage=3) == {entry.pk: None}
    way.signed(panel, entry, "ข", 2400, by=done.province.chair)
    assert scoring.totals([entry], up_to_stage=3) == {entry.pk: 5100}
    assert scoring.totals([entry]) == {entry.pk: None}
    assert scoring.totals([]) == {}


def test_means_stay_fractions_and_totals_by_part_are_sorted_by_value():
    done = way.through(2, products=[make.product()])
    panel = way.convened(done.round, 3, done.province)
    entry = scoring.standing(panel)[0]
    for seat, mark in zip(done.province.seats, (3000, 2400, 2700), strict=True):
        way.signed(panel, entry, "ก", mark, by=seat.user)
        way.signed(panel, entry, "ข", 900 if mark == 3000 else 1500, by=seat.user)
    kept = scoring.counted_sheets([entry])[entry.pk]
    part_a, part_b = (way.part(done.round, entry.category, letter) for letter in "กข")
    assert scoring.part_means(kept) == {part_a.pk: Fraction(2700), part_b.pk: Fraction(1300)}
    assert scoring.totals_by_part(kept) == {"a": [2400, 2700, 3000], "b": [900, 1500, 1500]}


def test_a_settled_panel_still_knows_what_it_considered():
    done = way.through(3)
    panel = done.panel(3)
    assert {entry.pk for entry in scoring.considered(panel)} == {entry.pk for entry in done.entries}
    assert scoring.standing(panel) == []


def test_judges_are_told_sample_numbers_only():
    done = way.through(3, products=[make.product(name="ผ้าลับ")])
    panel = done.judged()
    entry = scoring.standing(panel)[0]
    assert scoring.sample_number(panel, entry) == 1
    assert "ผ้าลับ" not in scoring.public_name(panel, entry)
    assert scoring.public_name(done.panel(3), entry) == "ผ้าลับ"
