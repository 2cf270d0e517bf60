"""The arithmetic of stars, places and promotion: exact, blind to order, and never against more points."""

from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from selection import tally
from selection.tally import Band, PromotionRule

SAMPLE_BANDS = (Band(1, 0), Band(2, 5000), Band(3, 7000), Band(4, 8000), Band(5, 9000))
hundredths = st.integers(0, 10_000)
totals_of_a_panel = st.lists(hundredths, min_size=1, max_size=9)
fractions = st.fractions(min_value=0, max_value=10_000)
scores = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 6), max_size=12)


# --- from marks to a total ------------------------------------------------------------------------------------------


def test_the_total_that_decimal_gets_wrong():
    means = [Fraction(6850, 3), Fraction(8575, 3), Fraction(46294, 12)]
    total = tally.entry_total(means)
    assert total == 9000
    assert tally.stars(total, SAMPLE_BANDS) == 5


@given(fractions, st.integers(1, 10**6))
def test_rounding_is_to_the_nearest_and_a_half_goes_up(x, denominator):
    rounded = tally.round_half_up(x)
    assert rounded == floor(x + Fraction(1, 2))
    assert tally.round_half_up(Fraction(rounded) + Fraction(1, 2)) == rounded + 1
    assert tally.round_half_up(Fraction(rounded) + Fraction(1, 2) - Fraction(1, 2 * denominator + 2)) == rounded


@given(st.dictionaries(st.text(max_size=3), hundredths))
def test_a_sheet_is_the_sum_of_its_marks(marks):
    assert tally.sheet_total(marks) == sum(marks.values())


@pytest.mark.parametrize("mark", [1.0, True, -1, "5", None, Fraction(1, 2)])
def test_a_mark_is_an_integer_of_hundredths(mark):
    with pytest.raises(ValueError, match="hundredths"):
        tally.sheet_total({"a": mark})
    with pytest.raises(ValueError, match="hundredths"):
        tally.panel_mean([mark])


@given(totals_of_a_panel, st.booleans(), st.randoms(use_true_random=False))
def test_a_mean_is_exact_lies_among_the_totals_and_is_blind_to_seats(totals, trim, random):
    mean = tally.panel_mean(totals, trim=trim)
    assert min(totals) <= mean <= max(totals)
    shuffled = random.sample(totals, len(totals))
    assert tally.panel_mean(shuffled, trim=trim) == mean
    if not trim or len(totals) < 5:
        assert mean * len(totals) == sum(totals)


def test_trimming_leaves_out_one_at_each_end_and_only_of_five():
    assert tally.panel_mean([0, 5000, 6000, 10_000], trim=True) == 5250
    assert tally.panel_mean([0, 0, 5000, 6000, 10_000], trim=True) == Fraction(11_000, 3)
    assert tally.panel_mean([0, 0, 5000, 6000, 10_000]) == 4200


@given(st.lists(totals_of_a_panel, min_size=1, max_size=3), st.booleans(), st.data())
def test_more_points_never_mean_fewer_stars(panels, trim, data):
    def result(of):
        return tally.entry_total([tally.panel_mean(totals, trim=trim) / len(of) for totals in of])

    panel = data.draw(st.integers(0, len(panels) - 1))
    seat = data.draw(st.integers(0, len(panels[panel]) - 1))
    raised = [list(totals) for totals in panels]
    raised[panel][seat] = data.draw(st.integers(raised[panel][seat], 10_000))
    assert result(raised) >= result(panels)
    assert tally.stars(result(raised), SAMPLE_BANDS) >= tally.stars(result(panels), SAMPLE_BANDS)


@given(st.lists(fractions, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_a_total_is_rounded_once_whatever_the_order_of_its_parts(means, random):
    total = tally.entry_total(means)
    assert abs(total - sum(means)) <= Fraction(1, 2)
    assert tally.entry_total(random.sample(means, len(means))) == total
    assert tally.entry_total(iter(means)) == total


def test_nothing_has_no_mean_and_no_total():
    with pytest.raises(ValueError, match="no sheet"):
        tally.panel_mean([])
    for means in ([], [Fraction(1), 0.5]):
        with pytest.raises(ValueError, match="exact mean"):
            tally.entry_total(means)


@given(
    st.lists(st.fixed_dictionaries({"b": hundredths, "a": hundredths, "c": hundredths}), max_size=6),
    st.randoms(use_true_random=False),
)
def test_public_vectors_tell_the_marks_but_not_the_order_of_seats(sheets, random):
    vectors = tally.mark_vectors(sheets)
    assert vectors == sorted(vectors) == tally.mark_vectors(random.sample(sheets, len(sheets)))
    assert sorted(map(sum, vectors)) == sorted(map(tally.sheet_total, sheets))
    width = 3 if len(sheets) >= 3 else 1
    assert all(len(vector) == width for vector in vectors)
    if sheets:
        assert tally.panel_mean([sum(vector) for vector in vectors]) == tally.panel_mean(
            [*map(tally.sheet_total, sheets)]
        )


def test_vectors_follow_the_items_and_refuse_unlike_sheets():
    sheets = [{"a": 3, "b": 1}, {"a": 1, "b": 2}, {"a": 1, "b": 1}]
    assert tally.mark_vectors(sheets) == [[1, 1], [1, 2], [3, 1]]
    assert tally.mark_vectors(sheets, ["b", "a"]) == [[1, 1], [1, 3], [2, 1]]
    assert tally.mark_vectors(sheets[:2]) == [[3], [4]]
    with pytest.raises(ValueError, match="same items"):
        tally.mark_vectors([{"a": 1}, {"b": 1}])


# --- how far apart --------------------------------------------------------------------------------------------------


def test_the_spread_must_exceed_the_limit():
    assert tally.spread_percent([3000, 3400], 4000) == 10
    assert not tally.is_apart([3000, 3400], 4000, 1000)
    assert tally.is_apart([3000, 3401], 4000, 1000)
    assert not tally.is_apart([3000], 4000, 0)
    assert tally.spread_percent([], 4000) == 0
    with pytest.raises(ValueError, match="maximum"):
        tally.spread_percent([1, 2], 0)


@given(totals_of_a_panel, st.integers(1, 10_000), st.integers(0, 10_000))
def test_the_spread_is_exact(totals, maximum, limit):
    apart = (max(totals) - min(totals)) * 10_000 > limit * maximum
    assert tally.is_apart(totals, maximum, limit) == apart


# --- stars ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "stars"),
    [(0, 1), (4999, 1), (5000, 2), (6999, 2), (7000, 3), (7999, 3), (8000, 4), (8999, 4), (9000, 5), (10_000, 5)],
)
def test_stars_at_the_edges_of_the_sample_bands(total, stars):
    assert tally.stars(total, SAMPLE_BANDS) == stars


@given(
    st.lists(st.integers(1, 10_000), min_size=4, max_size=4, unique=True).map(sorted),
    hundredths,
    hundredths,
    st.randoms(use_true_random=False),
)
def test_stars_never_fall_with_the_total_under_any_bands(leasts, one, other, random):
    bands = [Band(stars, least) for stars, least in enumerate([0, *leasts], start=1)]
    tally.check_bands(bands)
    assert tally.bands_refusal(bands) is None
    random.shuffle(bands)
    low, high = sorted((one, other))
    assert 1 <= tally.stars(low, bands) <= tally.stars(high, bands) <= 5


@pytest.mark.parametrize(
    ("leasts", "code"),
    [
        ([(1, 0), (2, 5000), (3, 7000), (4, 8000)], "bands-not-five"),
        ([(1, 0), (2, 5000), (2, 6000), (4, 8000), (5, 9000)], "bands-not-five"),
        ([], "bands-not-five"),
        ([(1, 1), (2, 5000), (3, 7000), (4, 8000), (5, 9000)], "bands-start"),
        ([(1, 0), (2, 5000), (3, 5000), (4, 8000), (5, 9000)], "bands-order"),
        ([(1, 0), (2, 5000), (3, 7000), (4, 8000), (5, 10_001)], "bands-above-full"),
    ],
)
def test_bands_that_cannot_decide_are_refused(leasts, code):
    bands = [Band(*pair) for pair in leasts]
    assert tally.bands_refusal(bands).code == code
    assert tally.bands_refusal(bands).in_language("en").endswith(".")
    for refused in (lambda: tally.check_bands(bands), lambda: tally.stars(5000, bands)):
        with pytest.raises(ValueError, match=code):
            refused()


def test_a_total_outside_0_to_100_has_no_stars():
    for total in (-1, 10_001):
        with pytest.raises(ValueError, match="not a total"):
            tally.stars(total, SAMPLE_BANDS)


def test_an_entry_keeps_stars_only_up_to_what_its_stage_awards():
    assert [tally.capped(stars, 3) for stars in range(6)] == [0, 1, 2, 3, 3, 3]
    assert tally.capped(5, 0) == 0
    for stars, cap in ((6, 5), (-1, 5), (3, 6), (3, -1)):
        with pytest.raises(ValueError, match="between 0 and 5"):
            tally.capped(stars, cap)


# --- places ---------------------------------------------------------------------------------------------------------


def test_ties_share_a_place_and_the_next_is_skipped():
    assert tally.places({"a": 9000, "b": 8000, "c": 8000, "d": 7000}) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert tally.places({"a": Fraction(1, 3), "b": Fraction(2, 6)}) == {"a": 1, "b": 1}
    assert tally.places_from_order([["a"], ["b", "c"], [], ["d"]]) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert tally.places({}) == {}


def test_an_order_names_each_once_and_a_score_is_exact():
    with pytest.raises(ValueError, match="twice"):
        tally.places_from_order([["a"], ["b", "a"]])
    with pytest.raises(ValueError, match="floats"):
        tally.places({"a": 0.5})


@given(scores, st.randoms(use_true_random=False))
def test_a_place_is_one_more_than_the_number_of_better_ones(scored, random):
    placed = tally.places(scored)
    assert placed == {key: 1 + sum(other > score for other in scored.values()) for key, score in scored.items()}
    assert tally.places(dict(random.sample(sorted(scored.items()), len(scored)))) == placed


@given(scores.filter(bool), st.data())
def test_more_points_never_mean_a_worse_place(scored, data):
    key = data.draw(st.sampled_from(sorted(scored)))
    raised = scored | {key: scored[key] + data.draw(st.integers(0, 6))}
    assert tally.places(raised)[key] <= tally.places(scored)[key]


@st.composite
def ballots(draw):
    """Entries, and per member a partial list in tied groups and the entries he may not judge; each has one judge."""
    entries = [f"p{number}" for number in range(draw(st.integers(1, 6)))]
    lists, recused = [], []
    for member in range(draw(st.integers(1, 5))):
        barred = [] if member == 0 else draw(st.lists(st.sampled_from(entries), unique=True))
        order = draw(st.permutations([entry for entry in entries if entry not in barred]))
        order = order[: draw(st.integers(0, len(order)))]
        groups = []
        for entry in order:
            if groups and draw(st.booleans()):
                groups[-1].append(entry)
            else:
                groups.append([entry])
        lists.append(groups)
        recused.append(barred)
    return entries, lists, recused


def test_borda_by_hand():
    points = tally.borda([[["a"], ["b"], ["c"]], [["b"], ["a", "c"]]], ["a", "b", "c"], [[], []])
    assert points == {"a": 2 + Fraction(1, 2), "b": 3, "c": Fraction(1, 2)}
    # unranked ones share the mean of the places left: 2 and 3, so half a point each
    assert tally.borda([[["a"]]], "abc", [[]]) == {"a": 2, "b": Fraction(1, 2), "c": Fraction(1, 2)}


def test_borda_scales_around_a_recusal():
    # The second member may not judge a: his b over c runs from 2 to 0 like a full list; a has one list, counted twice.
    points = tally.borda([[["a"], ["b"], ["c"]], [["b"], ["c"]]], "abc", [[], ["a"]])
    assert points == {"a": 4, "b": 3, "c": 0}
    # A list left with one entry says nothing and gives the middle.
    assert tally.borda([[["a"], ["b"]], [["b"]]], "ab", [[], ["a"]]) == {"a": 2, "b": Fraction(1, 2)}


@given(ballots(), st.randoms(use_true_random=False))
def test_borda_is_blind_to_the_order_of_seats_and_entries(ballot, random):
    entries, lists, recused = ballot
    points = tally.borda(lists, entries, recused)
    seats = random.sample(range(len(lists)), len(lists))
    again = tally.borda(
        [[random.sample(group, len(group)) for group in lists[seat]] for seat in seats],
        random.sample(entries, len(entries)),
        [recused[seat] for seat in seats],
    )
    assert again == points
    assert points.keys() == set(entries)
    assert all(0 <= worth <= len(lists) * (len(entries) - 1) for worth in points.values())
    if not any(recused):
        assert sum(points.values()) == len(lists) * len(entries) * (len(entries) - 1) // 2


@given(ballots(), st.data())
def test_a_better_rank_never_means_fewer_points_or_a_worse_place(ballot, data):
    entries, lists, recused = ballot
    seat = data.draw(st.integers(0, len(lists) - 1))
    assume(lists[seat])
    favoured = data.draw(st.sampled_from([key for group in lists[seat] for key in group]))
    lifted = [[favoured], *([key for key in group if key != favoured] for group in lists[seat])]
    before = tally.borda(lists, entries, recused)
    after = tally.borda([*lists[:seat], lifted, *lists[seat + 1 :]], entries, recused)
    assert after[favoured] >= before[favoured]
    assert tally.places(after)[favoured] <= tally.places(before)[favoured]


@pytest.mark.parametrize(
    ("lists", "entries", "recused", "reason"),
    [
        ([[["x"]]], "ab", [[]], "may not rank"),
        ([[["a"]]], "ab", [["a"]], "may not rank"),
        ([[["a"], ["a"]]], "ab", [[]], "twice"),
        ([[["a"]]], "ab", [], "recusals"),
        ([[["b"]]], "ab", [["a"]], "no member"),
    ],
)
def test_a_list_that_cannot_be_is_refused(lists, entries, recused, reason):
    with pytest.raises(ValueError, match=reason):
        tally.borda(lists, entries, recused)


def test_without_members_there_are_no_points():
    assert tally.borda([], "ab", []) == {"a": 0, "b": 0}


# --- promotion ------------------------------------------------------------------------------------------------------

PLACES = {"a": 1, "b": 2, "c": 2, "d": 4}
TOTALS = {"a": 9000, "b": 8000, "c": 8000, "d": 6999}


def promoted(rule, tie_rule="committee", **given):
    outcome = tally.promote(PLACES, rule=rule, totals=TOTALS, tie_rule=tie_rule, **given)
    return "".join(sorted(outcome.up)), "".join(sorted(outcome.edge)), outcome.room


def test_promotion_by_each_rule():
    assert promoted(PromotionRule("all")) == ("abcd", "", 0)
    assert promoted(PromotionRule("quota", quota=3)) == ("abc", "", 0)
    assert promoted(PromotionRule("quota", quota=9)) == ("abcd", "", 0)
    assert promoted(PromotionRule("quota", quota=1)) == ("a", "", 0)
    assert promoted(PromotionRule("quota", quota=0)) == ("", "", 0)
    assert promoted(PromotionRule("least", least_total=7000)) == ("abc", "", 0)
    assert promoted(PromotionRule("least", least_total=8001)) == ("a", "", 0)
    assert promoted(PromotionRule("quota_and_least", quota=4, least_total=7000)) == ("abc", "", 0)


def test_a_tie_at_the_edge_waits_for_its_rule():
    two = PromotionRule("quota", quota=2)
    assert promoted(two) == ("a", "bc", 1)
    assert promoted(two, "all_up") == ("abc", "", 0)
    assert promoted(two, decided={"c"}) == ("ac", "", 0)


def test_the_committee_decides_only_where_there_is_something_to_decide():
    two = PromotionRule("quota", quota=2)
    for decided in ({"b", "c"}, {"d"}, {"a"}, {"x"}):
        with pytest.raises(ValueError, match="tied at the edge"):
            promoted(two, decided=decided)
    for rule, tie_rule in ((two, "all_up"), (PromotionRule("all"), "committee")):
        with pytest.raises(ValueError, match="tied at the edge"):
            promoted(rule, tie_rule, decided={"b"})


def test_a_committee_may_fill_the_room_one_by_one():
    outcome = tally.promote(
        dict.fromkeys("abc", 1), rule=PromotionRule("quota", quota=2), tie_rule="committee", decided={"b"}
    )
    assert (outcome.up, outcome.edge, outcome.room) == ({"b"}, {"a", "c"}, 1)


def test_rules_that_cannot_be_are_refused():
    for kind, given_values in (
        ("quota", {}),
        ("quota", {"quota": -1}),
        ("least", {}),
        ("quota_and_least", {"quota": 1}),
        ("best", {}),
    ):
        with pytest.raises(ValueError, match=r"rule needs|not a valid"):
            PromotionRule(kind, **given_values)
    with pytest.raises(ValueError, match="not a valid"):
        tally.promote(PLACES, rule=PromotionRule("all"), tie_rule="lot")
    with pytest.raises(ValueError, match="no total for 1"):
        tally.promote({"a": 1}, rule=PromotionRule("least", least_total=1), totals={}, tie_rule="all_up")


@given(
    scores,
    st.sampled_from(list(tally.PromotionKind)),
    st.integers(0, 8),
    st.integers(0, 7),
    st.sampled_from(list(tally.TieRule)),
)
def test_a_promotion_is_fair(scored, kind, quota, least, tie_rule):
    placed = tally.places(scored)
    rule = PromotionRule(kind, quota=quota, least_total=least)
    outcome = tally.promote(placed, rule=rule, totals=scored, tie_rule=tie_rule)
    assert outcome == tally.promote(dict(sorted(placed.items())), rule=rule, totals=scored, tie_rule=tie_rule)
    up, edge = outcome.up, outcome.edge
    assert not up & edge
    # nobody goes up over a better one, and equals share one fate
    reachable = {key for key in placed if not rule.has_least or scored[key] >= least}
    assert up | edge <= reachable
    worst_up = max((placed[key] for key in up), default=0)
    assert all(placed[key] > worst_up for key in reachable - up)
    # the quota holds, but for ties that all go up; and it is filled where it can be
    if rule.has_quota:
        without_last = {key for key in up if placed[key] < worst_up}
        assert len(up) <= quota or (tie_rule == "all_up" and len(without_last) < quota)
        assert len(up) + outcome.room == quota or not edge
        assert len(up | edge) >= min(quota, len(reachable))
        assert (0 < outcome.room < len(edge)) if edge else outcome.room == 0
    else:
        assert (up, edge, outcome.room) == (reachable, frozenset(), 0)


@given(scores, st.integers(0, 8))
def test_all_up_exceeds_the_quota_only_by_those_tied_with_the_last(scored, quota):
    placed = tally.places(scored)
    up = tally.promote(placed, rule=PromotionRule("quota", quota=quota), tie_rule="all_up").up
    if len(up) > quota:
        last = max(placed[key] for key in up)
        assert sum(placed[key] < last for key in up) < quota


@given(scores.filter(bool), st.integers(0, 8), st.data())
def test_a_decision_of_the_committee_fills_the_room_and_no_more(scored, quota, data):
    placed = tally.places(scored)
    rule = PromotionRule("quota", quota=quota)
    open_one = tally.promote(placed, rule=rule, tie_rule="committee")
    decided = data.draw(st.permutations(sorted(open_one.edge)))[: open_one.room]
    closed = tally.promote(placed, rule=rule, tie_rule="committee", decided=decided)
    assert closed.up == open_one.up | set(decided)
    assert not closed.edge
    assert closed.room == 0
    assert len(closed.up) == min(quota, len(placed))
