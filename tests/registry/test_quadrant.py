"""The table of the quadrants: its rows as printed, one result for every way to answer, and what stays unclassified."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.quadrant import (
    MARKS,
    QUESTIONS,
    RULE,
    Mark,
    Quadrant,
    classify,
    combinations,
    items,
    missing,
    printed,
    unfit,
)

FULL = st.tuples(*(st.sampled_from(items(question)) for question in QUESTIONS))
PARTLY = st.lists(st.one_of(st.just(""), st.text(max_size=4), *(st.sampled_from(items(q)) for q in QUESTIONS)), max_size=7)


def test_the_rows_are_those_of_the_handbook():
    assert printed() == [
        ("A", ["1.1 / 1.2", "2.1", "3.1 / 3.2", "4.1", "5.1"]),
        ("B", ["1.1 / 1.2", "2.2 / 2.3", "3.3", "4.2", "5.1 / 5.2 / 5.3 / 5.4"]),
        ("C", ["1.1 / 1.2", "2.2 / 2.3", "3.2", "4.3 / 4.4", "5.1 / 5.3 / 5.4"]),
        ("D", ["1.3", "–", "–", "–", "–"]),
    ]


def test_every_combination_has_exactly_one_result():
    found: dict[str, int] = {}
    for answers in combinations():
        result = classify(answers)
        fitting = [quadrant for quadrant, lacking in unfit(answers).items() if not lacking]
        assert fitting == ([] if result.quadrant == Quadrant.UNCLASSIFIED else [result.quadrant])
        found[result.quadrant] = found.get(result.quadrant, 0) + 1
    assert sum(found.values()) == 3 * 3 * 3 * 4 * 4
    assert found == {"A": 4, "B": 16, "C": 24, "D": 144, "-": 244}


@given(FULL)
def test_the_mark_follows_from_the_quadrant_and_premium_from_gold(answers):
    result = classify(answers)
    assert result.mark == MARKS[result.quadrant]
    assert result.premium == (result.mark is Mark.GOLD) == (result.quadrant is Quadrant.A)
    assert result.rule == RULE
    assert classify(list(answers)) == result


@given(FULL, FULL)
def test_without_a_standard_nothing_else_matters(answers, others):
    assert classify(("1.3", *answers[1:])) == classify(("1.3", *others[1:])) == classify(("1.3", "", "", "", ""))


@given(PARTLY)
def test_what_is_missing_is_refused_and_the_rest_is_classified(answers):
    if missing(answers):
        with pytest.raises(ValueError, match="without an answer"):
            classify(answers)
    else:
        assert classify(answers).quadrant in list(Quadrant)


def test_the_paper_s_own_example_is_unclassified():
    assert classify(("1.1", "2.1", "3.3", "4.1", "5.1")).quadrant is Quadrant.UNCLASSIFIED
