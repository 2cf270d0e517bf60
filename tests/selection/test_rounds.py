"""A whole round, what keeps one from opening, and what happens as its stages and itself end."""

from datetime import timedelta

import pytest

from registry.models import History, Leaf, Listing, Origin
from registry.refusal import Conflict
from selection.actions import awards, forum, rankings, rounds
from selection.models import (
    Certificate,
    Entry,
    EntryState,
    OrderBy,
    Placement,
    RoundKind,
    RoundState,
    Scope,
    StageState,
)
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def test_five_products_of_two_tambons_go_from_the_forum_to_the_national_list():
    products = way.five_products()
    marks = {product.name: {letter: way.LEVELS[letter][rank] for letter in "กขค"} for rank, product in enumerate(products)}
    done = way.through(6, products=products, marks=marks)

    assert list(Listing.objects.order_by("product_id").values_list("product__name", "stars")) == [
        (product.name, stars) for product, stars in zip(products, [5, 5, 4, 3, 2], strict=True)
    ]
    assert Certificate.objects.count() == 5
    assert {entry.state for entry in done.entries} == {EntryState.DECIDED}
    assert set(Placement.objects.values_list("up", flat=True)) == {True}
    assert Entry.objects.filter(stage=5).count() == 5
    done.round.refresh_from_db()
    assert done.round.state == RoundState.ANNOUNCED
    kinds = list(Leaf.objects.order_by("index").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind in ("round", "ranking", "draw", "announcement")] == [
        "round", "ranking", "ranking", "ranking", "ranking", "draw", "ranking", "announcement",
    ]  # fmt: skip
    assert (kinds.count("entry"), kinds.count("award"), kinds.count("certificate")) == (5, 5, 5)


# --- making ----------------------------------------------------------------------------------------------------------


def test_only_a_central_officer_makes_opens_and_closes_rounds():
    round_ = way.draft_round()
    stranger = make.province_officer()
    with way.refused("central_officer_only"):
        way.draft_round("2571", by=stranger)
    with way.refused("central_officer_only"):
        rounds.change_stage(stage=way.stage(round_, 1), by=stranger, quota=9)
    with way.refused("central_officer_only"):
        rounds.open_round(round_=round_, by=stranger)
    with way.refused("central_officer_only"):
        rounds.close_stage(stage=way.stage(rounds.open_round(round_=round_, by=way.central()), 1), by=stranger)


def test_a_key_is_given_once_and_the_origin_is_its_makers():
    assert way.draft_round().origin == Origin.REAL
    with way.refused("round_key_taken"):
        way.draft_round()
    assert way.draft_round("2569-s", by=make.central_officer(origin=Origin.SAMPLE)).origin == Origin.SAMPLE


def test_a_draft_is_changed_by_its_version_only_and_an_open_round_not_at_all():
    round_ = way.draft_round()
    saved = rounds.change_round(round_=round_, version=1, by=way.central(), validity_years=2)
    assert (saved.validity_years, saved.version) == (2, 2)
    with pytest.raises(Conflict):
        rounds.change_round(round_=round_, version=1, by=way.central(), validity_years=4)
    opened = rounds.open_round(round_=round_, by=way.central())
    acts = [
        lambda: rounds.change_round(round_=opened, version=2, by=way.central(), validity_years=5),
        lambda: rounds.change_stage(stage=way.stage(opened, 2), by=way.central(), quota=1),
        lambda: rounds.set_bands(round_=opened, bands={5: 9500}, by=way.central()),
        lambda: rounds.use_criteria(round_=opened, criteria_set=opened.criteria.first().criteria_set, by=way.central()),
        lambda: rounds.accept_standard(
            round_=opened, category=make.category(), standard=make.standard(), by=way.central()
        ),
        lambda: rounds.open_round(round_=opened, by=way.central()),
    ]
    for act in acts:
        with way.refused("round_opened"):
            act()


def test_every_change_of_a_draft_leaves_a_line_of_history():
    round_ = way.draft_round(standards={"food": ["fda"]}, stages={2: {"quota": 4}})
    acts = set(History.objects.filter(row=round_.public_id).values_list("act", flat=True))
    assert acts == {"create_round", "set_bands", "use_criteria", "accept_standard", "change_stage"}


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_round_without_criteria_stages_or_bands_says_all_of_it_at_once():
    day = way.today()
    round_ = way.draft_round(criteria_sets=False)
    rounds.set_bands(round_=round_, bands={5: 7000}, by=way.central())
    with way.refused("criteria_missing", "bands-order"):
        rounds.open_round(round_=round_, by=way.central())
    other = rounds.create_round(
        key="2570", year_be=2570, name_th="รอบ", register_closes_on=day, calendar={1: (day, day), 2: (day, day)}, by=way.central()
    )
    with way.refused("five_stages", "criteria_missing"):
        rounds.open_round(round_=other, by=way.central())


def test_criteria_that_are_not_active_keep_a_round_from_opening():
    round_ = way.draft_round()
    draft = way.criteria_set("food", active=False)
    rounds.use_criteria(round_=round_, criteria_set=draft, by=way.central())
    with way.refused("criteria_not_active"):
        rounds.open_round(round_=round_, by=way.central())


@pytest.mark.parametrize(
    ("number", "changes", "code"),
    [
        (3, {"award_up_to": 3}, "award_before_scored"),
        (1, {"award_up_to": 1}, "award_before_scored"),
        (5, {"award_up_to": 0}, "nothing_awarded"),
        (4, {"scope": Scope.ALL}, "panels_by_category"),
        (5, {"scope": Scope.CATEGORY}, "one_panel_for_all"),
        (2, {"order_by": OrderBy.MEMBERS}, "order_elsewhere"),
        (1, {"order_by": OrderBy.COMMITTEE}, "order_elsewhere"),
        (2, {"promotion": "least", "least_total": 5000}, "least_before_scored"),
    ],
)
def test_rules_that_could_not_be_carried_out_keep_a_round_from_opening(number, changes, code):
    with way.refused(code):
        way.open_round(stages={number: changes})


def test_stars_may_stay_at_stage_three_when_every_part_is_scored_by_then(monkeypatch):
    monkeypatch.setitem(way.STAGE_OF, "ค", 3)
    opened = way.open_round(levels=dict(way.LEVELS), stages={3: {"award_up_to": 3}})
    assert opened.state == RoundState.OPEN


def test_a_stage_that_opens_before_an_earlier_one_is_refused():
    day = way.today()
    with way.refused("stages_in_order"):
        way.open_round(days={3: (day - timedelta(days=40), day + timedelta(days=40))})


# --- the days of a stage ---------------------------------------------------------------------------------------------


def test_a_stage_is_acted_on_between_its_days_only():
    day = way.today()
    round_ = way.open_round(
        days={
            1: (day - timedelta(days=40), day - timedelta(days=1)),
            5: (day + timedelta(days=30), day + timedelta(days=60)),
        }
    )  # fmt: skip
    with way.refused("stage_over"):
        forum.convene_forum(round_=round_, area=make.area(), by=make.recorder())
    with way.refused("stage_not_yet"):
        rankings.convene_panel(
            round_=round_, stage_number=5, area=make.area(make.CENTRE), by=way.national().secretary
        )


def test_the_last_day_of_a_stage_lasts_until_midnight_in_bangkok():
    round_ = way.open_round(days={1: (make.at(2026, 1, 5).date(), make.at(2026, 1, 20).date())})
    officer = make.recorder()
    with way.refused("stage_over"):
        forum.convene_forum(round_=round_, area=make.area(), by=officer, at=make.at(2026, 1, 21, 0, 0))
    panel = forum.convene_forum(round_=round_, area=make.area(), by=officer, at=make.at(2026, 1, 20, 23, 59))
    assert panel.state == "open"


def test_nothing_happens_in_a_draft_round():
    with way.refused("round_not_open"):
        forum.convene_forum(round_=way.draft_round(), area=make.area(), by=make.recorder())


def test_closing_a_stage_stops_what_nobody_settled_and_ends_all_acts():
    done = way.through(1)
    panel = way.convened(done.round, 2, done.amphoe)
    closed = rounds.close_stage(stage=way.stage(done.round, 2), by=way.central())
    assert closed.state == StageState.CLOSED
    assert {entry.state for entry in done.entries} == {EntryState.STOPPED}
    with way.refused("stage_closed"):
        rankings.settle_ranking(panel=panel, by=done.amphoe.chair)
    with way.refused("stage_closed"):
        rounds.close_stage(stage=way.stage(done.round, 2), by=way.central())


# --- the end of a round ----------------------------------------------------------------------------------------------


def test_a_round_ends_only_after_it_announced_all_it_certified():
    done = way.through(5)
    with way.refused("round_not_open", "awards_unannounced"):
        rounds.close_round(round_=done.round, by=way.central())
    done.announced()
    closed = rounds.close_round(round_=done.round, by=way.central())
    assert closed.state == RoundState.CLOSED
    with way.refused("round_not_open", "nothing_to_announce"):
        awards.announce(round_=closed, by=way.central())


def test_entries_still_held_stop_as_the_round_ends():
    done = way.through(4)
    held = done.entries[0]
    done.certified({held.product.name: "hold"})
    done.announced()
    rounds.close_round(round_=done.round, by=way.central())
    held.refresh_from_db()
    assert (held.state, held.stage) == (EntryState.STOPPED, 5)


# --- a rehearsal -----------------------------------------------------------------------------------------------------


def test_a_rehearsal_takes_real_products_to_the_last_stage_and_gives_no_award():
    rehearsal = way.through(4, round_=way.open_round("2569-r1", kind=RoundKind.REHEARSAL))
    panel = rehearsal.decided()
    with way.refused("rehearsal"):
        awards.certify(panel=panel, by=rehearsal.national.chair)
    with way.refused("rehearsal", "nothing_to_announce"):
        awards.announce(round_=rehearsal.round, by=way.central())
