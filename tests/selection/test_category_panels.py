"""Stage 4: blind samples drawn so that anyone can draw them again, judges who score alone, an order that follows the totals."""

import random

import pytest

from registry.models import CommitteeKind, Leaf, Origin
from selection import scoring
from selection.actions import category_panels, rankings
from selection.models import Assignment, EntryState
from selection.recount import recount
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def convene(done, committee=None):
    bench = way.judges(done.category)
    return category_panels.convene_category_panel(
        round_=done.round, committee=committee or bench.committee, by=way.central()
    )


# --- convening ----------------------------------------------------------------------------------------------------------


def test_every_judge_gets_every_entry_under_the_same_number():
    done = way.through(3)
    panel = convene(done)
    rows = list(Assignment.objects.filter(panel=panel))
    assert len(rows) == 5 * 3
    numbers = {(row.entry_id, row.sample_no) for row in rows}
    assert sorted(number for _entry, number in numbers) == [1, 2, 3, 4, 5]
    assert convene(done) == panel
    assert Assignment.objects.filter(panel=panel).count() == 15


def test_anyone_can_draw_the_numbers_again_from_the_ledger():
    done = way.through(3)
    panel = convene(done)
    place = Leaf.objects.get(kind="draw").index
    ordered = sorted(done.entries, key=lambda entry: entry.public_id)
    random.Random(f"{done.round.key}/apparel/{place}").shuffle(ordered)
    drawn = dict(panel.assignments.values_list("sample_no", "entry_id"))
    assert drawn == {number: entry.pk for number, entry in enumerate(ordered, 1)}


def test_what_keeps_judges_from_being_convened():
    done = way.through(2)
    with way.refused("nothing_to_score", "waiting_below"):
        convene(done)
    done.take(3)
    with way.refused("not_judges"):
        convene(done, done.national.committee)
    with way.refused("not_judges"):
        convene(done, make.committee(CommitteeKind.JUDGES, make.CENTRE))
    with way.refused("no_judges", "nothing_to_score"):
        convene(done, make.committee(CommitteeKind.JUDGES, make.CENTRE, category=make.category("herb")))
    with way.refused("origin_differs"):
        convene(done, way.judges("apparel", origin=Origin.SAMPLE).committee)
    with way.refused("central_officer_only"):
        category_panels.convene_category_panel(
            round_=done.round, committee=way.judges("apparel").committee, by=done.national.chair
        )
    with way.refused("nothing_to_score"):
        convene(done, way.judges("food").committee)


def test_judges_begin_when_nothing_of_their_category_waits_below():
    products = way.five_products()
    done = way.through(2, products=[*products[:4], make.product(products[4].producer, category="food")])
    officer = make.recorder(make.ELSEWHERE)
    way.brought(way.convened_forum(done.round, make.ELSEWHERE, by=officer), make.product(code=make.ELSEWHERE), by=officer)
    done.take(3)
    with way.refused("waiting_below"):
        convene(done)
    assert convene(done, way.judges("food").committee).category.code == "food"


def test_nothing_comes_up_to_judges_whose_samples_are_numbered():
    done = way.through(3)
    convene(done)
    other = way.Way(done.round, [make.product(code=make.ELSEWHERE)])
    other.amphoe, other.province = way.amphoe("4514"), way.province(make.OTHER_PROVINCE)
    other.take(1)
    rankings.settle_ranking(
        panel=way.ranked(way.convened(done.round, 2, other.amphoe), other.amphoe), by=other.amphoe.chair
    )
    panel = way.convened(done.round, 3, other.province)
    way.all_signed(panel, "กข")
    with way.refused("finished_above"):
        rankings.settle_ranking(panel=way.ranked(panel, other.province), by=other.province.chair)


# --- scoring blindly ------------------------------------------------------------------------------------------------------


def test_a_judge_scores_what_he_was_given_and_refusals_name_samples_only():
    done = way.through(3)
    panel = convene(done)
    entry = scoring.standing(panel)[0]
    late = make.seat(way.judges("apparel").committee)
    with way.refused("not_assigned"):
        way.signed(panel, entry, "ค", 4000, by=late.user)
    with pytest.raises(way.Refused) as caught:
        category_panels.settle_scoring(panel=panel, by=way.judges("apparel").chair)
    assert set(caught.value.codes) == {"sheets_missing"}
    said = " ".join(caught.value.sentences)
    assert not any(product.name in said for product in done.products)


def test_a_judge_who_left_owes_no_sheet():
    done = way.through(3)
    panel = convene(done)
    bench = way.judges("apparel")
    entry, seat = scoring.standing(panel)[0], bench.seats[2]
    rankings.recuse(panel=panel, entry=entry, seat=seat, reason="เป็นที่ปรึกษาของกลุ่ม", by=seat.user)
    way.all_signed(panel, "ค")
    ranking = category_panels.settle_scoring(panel=panel, by=bench.chair)
    assert ranking.placements.count() == 5
    assert len([sheet for sheet in scoring.counted_sheets([entry])[entry.pk] if sheet.panel_id == panel.pk]) == 2


# --- settling --------------------------------------------------------------------------------------------------------------


def test_the_order_is_that_of_the_totals_and_ties_share_a_place():
    products = way.five_products()
    marks = {
        product.name: {"ก": 2700, "ข": 2700, "ค": mark}
        for product, mark in zip(products, (3200, 4000, 3200, 2800, 3600), strict=True)
    }
    done = way.through(4, products=products, marks=marks)
    ranking = done.panel(4).ranking
    assert [(row.place, row.total) for row in ranking.placements.order_by("entry_id")] == [
        (3, 8600), (1, 9400), (3, 8600), (5, 8200), (2, 9000),
    ]  # fmt: skip
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)
    assert {entry.stage for entry in done.entries} == {5}


def test_only_a_leader_of_the_judges_settles_and_once():
    done = way.through(3)
    panel = done.judged()
    bench = way.judges("apparel")
    with way.refused("not_a_leader"):
        category_panels.settle_scoring(panel=panel, by=bench.members[0])
    category_panels.settle_scoring(panel=panel, by=bench.chair)
    with way.refused("panel_settled"):
        category_panels.settle_scoring(panel=panel, by=bench.chair)
    with way.refused("panel_settled", "entry_elsewhere"):
        way.signed(panel, done.entries[0], "ค", 4000, by=bench.chair)


def test_a_quota_stops_the_rest_at_stage_four():
    products = way.five_products()
    marks = {product.name: {"ค": mark} for product, mark in zip(products, (4000, 3600, 3200, 2800, 2000), strict=True)}
    done = way.through(
        4, round_=way.open_round(stages={4: {"promotion": "quota", "quota": 2}}), products=products,
        marks={name: {"ก": 2700, "ข": 2700, **rest} for name, rest in marks.items()},
    )  # fmt: skip
    assert [(entry.stage, entry.state) for entry in done.entries] == [
        (5, EntryState.COMPETING), (5, EntryState.COMPETING), *[(4, EntryState.STOPPED)] * 3,
    ]  # fmt: skip
    ranking = done.panel(4).ranking
    assert recount(bytes(ranking.inputs)) == bytes(ranking.inputs)
