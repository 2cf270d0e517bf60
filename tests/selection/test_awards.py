"""Stage 5: decisions, stars by the bands, certificates and their numbers, and a second announcement of what was held."""

import re
from datetime import date

import pytest

from registry.models import Leaf, Origin
from selection import scoring
from selection.actions import awards, rounds
from selection.models import Announcement, Award, Certificate, DecisionOutcome, EntryState
from tests import make
from tests.selection import make as way

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_what_is_decided_by_whom_and_with_which_reason():
    done = way.through(4)
    panel = way.convened(done.round, 5, done.national)
    entry = scoring.standing(panel)[0]
    with way.refused("not_a_leader"):
        awards.decide(panel=panel, entry=entry, outcome=DecisionOutcome.CERTIFY, by=done.national.members[0])
    with way.refused("not_a_leader"):
        awards.decide(panel=panel, entry=entry, outcome=DecisionOutcome.CERTIFY, by=way.central())
    for outcome in (DecisionOutcome.HOLD, DecisionOutcome.REFUSE):
        with way.refused("outcome_reason"):
            awards.decide(panel=panel, entry=entry, outcome=outcome, reason=" ", by=done.national.chair)
    with way.refused("not_the_last_stage", "entry_elsewhere", "panel_settled"):
        awards.decide(panel=done.panel(4), entry=entry, outcome=DecisionOutcome.CERTIFY, by=done.national.chair)
    with way.refused("decision_missing"):
        awards.certify(panel=panel, by=done.national.chair)


def test_nothing_is_certified_without_a_meeting_or_before_anything_came_up():
    done = way.through(4)
    panel = way.convened(done.round, 5, done.national, met=False)
    awards.decide_rest(panel=panel, by=done.national.chair)
    with way.refused("meeting_missing"):
        awards.certify(panel=panel, by=done.national.chair)
    empty = way.convened(way.open_round("2570"), 5, done.national)
    with way.refused("nothing_to_certify"):
        awards.certify(panel=empty, by=done.national.chair)


def test_certified_get_stars_held_wait_refused_stop():
    done = way.through(4)
    held, refused_, *rest = done.products
    made = done.certified({held.name: "hold", refused_.name: "refuse"})
    assert {award.entry.product_id for award in made} == {product.pk for product in rest}
    states = {entry.product_id: entry.state for entry in done.entries}
    assert (states[held.pk], states[refused_.pk]) == (EntryState.COMPETING, EntryState.STOPPED)
    assert Leaf.objects.filter(kind="refusal").count() == 1
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(
    ("marks", "stars"),
    [((3000, 3000, 4000), 5), ((2700, 2700, 3600), 5), ((2400, 2400, 3200), 4), ((2100, 2100, 2800), 3), ((1500, 1500, 2000), 2),
     ((900, 900, 1200), 1), ((0, 0, 0), 1)],
)  # fmt: skip
def test_stars_follow_from_the_total_by_the_bands(marks, stars):
    product = make.product()
    done = way.through(5, products=[product], marks={product.name: dict(zip("กขค", marks, strict=True))})
    award = Award.objects.get()
    assert (award.stars, award.total, award.stage, award.round) == (stars, sum(marks), 5, done.round)


def test_the_last_stage_gives_no_more_stars_than_the_round_says():
    product = make.product()
    way.through(
        5, round_=way.open_round(stages={5: {"award_up_to": 3}}), products=[product],
        marks={product.name: {"ก": 3000, "ข": 3000, "ค": 4000}},
    )  # fmt: skip
    assert Award.objects.get().stars == 3


def test_who_stops_at_a_stage_that_may_leave_stars_keeps_them_up_to_its_number():
    products = way.five_products()
    parts = zip(products, (4000, 3600, 3200, 2800, 1200), strict=True)
    done = way.through(
        5, round_=way.open_round(stages={4: {"promotion": "quota", "quota": 2, "award_up_to": 3}}), products=products,
        marks={product.name: {"ก": 2700, "ข": 2700, "ค": mark} for product, mark in parts},
    )  # fmt: skip
    given = {award.entry.product_id: (award.stage, award.total, award.stars) for award in Award.objects.all()}
    assert [given[product.pk] for product in products] == [
        (5, 9400, 5), (5, 9000, 5), (4, 8600, 3), (4, 8200, 3), (4, 6600, 2),
    ]  # fmt: skip
    assert {entry.state for entry in done.entries} == {EntryState.DECIDED, EntryState.STOPPED}


def test_who_stops_at_a_stage_that_leaves_none_has_none():
    products = way.five_products()
    parts = zip(products, (4000, 3600, 3200, 2800, 2000), strict=True)
    way.through(
        5, round_=way.open_round(stages={4: {"promotion": "quota", "quota": 2, "award_up_to": 0}}), products=products,
        marks={product.name: {"ก": 2700, "ข": 2700, "ค": mark} for product, mark in parts},
    )  # fmt: skip
    assert set(Award.objects.values_list("stage", flat=True)) == {5}
    assert Award.objects.count() == 2


# --- announcing ---------------------------------------------------------------------------------------------------------


def test_only_a_central_officer_announces_and_something():
    done = way.through(4)
    with way.refused("nothing_to_announce"):
        done.announced()
    done.certified()
    with way.refused("central_officer_only"):
        awards.announce(round_=done.round, by=done.national.chair)
    assert done.announced().number == 1
    with way.refused("nothing_to_announce"):
        done.announced()


def test_numbers_run_through_the_round_and_held_products_follow_in_a_second_announcement():
    done = way.through(4)
    held = done.products[1]
    done.certified({held.name: "hold"})
    done.announced()
    panel = done.panel(5)
    awards.decide(panel=panel, entry=done.entry(held), outcome=DecisionOutcome.CERTIFY, by=done.national.chair)
    awards.certify(panel=panel, by=done.national.chair)
    second = done.announced()
    assert (second.number, Announcement.objects.count()) == (2, 2)
    assert second.certificates.get().award.entry.product == held
    numbers = list(Certificate.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"2569-46-{number:05d}" for number in range(1, 6)]


def test_a_certificate_runs_from_its_announcement_for_the_rounds_years():
    round_ = way.draft_round()
    rounds.change_round(round_=round_, version=round_.version, by=way.central(), validity_years=2)
    done = way.through(5, round_=rounds.open_round(round_=round_, by=way.central()))
    awards.announce(round_=done.round, by=way.central(), at=make.at(2028, 2, 29, 0, 30))
    certificate = Certificate.objects.first()
    assert (certificate.valid_from, certificate.valid_to) == (date(2028, 2, 29), date(2030, 2, 27))


def test_a_samples_number_says_so_and_keeps_its_whole_key():
    officer = make.central_officer(origin=Origin.SAMPLE)
    round_ = way.open_round("2569-special", by=officer)
    product = make.product(make.producer(origin=Origin.SAMPLE))
    way.through(5, round_=round_, products=[product])
    awards.announce(round_=round_, by=officer)
    assert Certificate.objects.get().number == "SAMPLE-2569-special-46-00001"


def test_the_leaf_of_an_award_tells_totals_sorted_by_value_and_no_person():
    done = way.through(5)
    body = bytes(Leaf.objects.filter(kind="award").first().body).decode()
    assert '"sheets":{"a":[2700,2700,2700],"b":' in body
    people = [done.national.chair, *done.province.users]
    assert not any(person.public_id in body or person.username in body for person in people)
    assert not re.search(r"20\d\d-\d\d", body)
