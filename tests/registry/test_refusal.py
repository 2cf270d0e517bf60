"""Refusals say their sentence in the reader's language, with everything in it."""

import pickle
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import gettext_lazy, override

from registry.refusal import N_, Conflict, Named, Refusal, Refused, refuse, require

# Django's own catalogue knows these two in Thai, so nothing here waits for ours.
KNOWN = "Monday"
KNOWN_TH = "จันทร์"


def test_a_sentence_follows_the_language_of_the_reader():
    refusal = refuse("day", N_(KNOWN))
    with override("th"):
        assert refusal.sentence == str(refusal) == KNOWN_TH
        assert refusal.in_language("en") == KNOWN
    with override("en"):
        assert refusal.in_language("th") == KNOWN_TH


def test_params_are_said_in_that_language_too():
    refusal = refuse(
        "closed", "%(area)s, %(day)s, %(lazy)s, %(count)d, %(inner)s, %(at)s",
        area=Named("กาฬสินธุ์", "Kalasin"), day=date(2024, 9, 18), lazy=gettext_lazy("Monday"), count=1200,
        inner=refuse("day", KNOWN), at=datetime(2024, 9, 17, 18, 30, tzinfo=UTC),
    )  # fmt: skip
    assert refusal.in_language("th") == "กาฬสินธุ์, 18 กันยายน 2567, จันทร์, 1200, จันทร์, 18 กันยายน 2567 01:30"
    assert (
        refusal.in_language("en") == "Kalasin, 18 September 2567 BE, Monday, 1200, Monday, 18 September 2567 BE 01:30"
    )


def test_a_name_without_english_is_said_in_thai():
    with override("en"):
        assert str(Named("นามน")) == "นามน"


def test_a_percent_sign_without_params_is_just_itself():
    assert Refusal("x", "Give 10 % more").in_language("en") == "Give 10 % more"


def test_a_translation_with_a_wrong_place_falls_back_to_english(monkeypatch):
    monkeypatch.setattr("registry.refusal.gettext", lambda msgid: "%(wrong)s")
    assert refuse("x", "%(right)s is missing", right="Paper").sentence == "Paper is missing"


def test_refusals_are_values():
    one, other = refuse("x", "%(a)s", field="f", who="w", a=1), refuse("x", "%(a)s", field="f", who="w", a=1)
    assert one == other
    assert hash(one) == hash(other)
    assert one != refuse("x", "%(a)s", a=2)
    assert (one.field, one.who, one.params) == ("f", "w", {"a": 1})


def test_a_param_may_be_called_code_or_msgid():
    assert refuse("x", "%(code)s %(msgid)s", code="ก.1", msgid=2).sentence == "ก.1 2"


def test_require_lets_pass_what_nothing_forbids():
    require()
    require(None, [], [None], iter(()))


def test_require_raises_all_reasons_each_once_in_order():
    first, second = refuse("a", "First."), refuse("b", "Second.")
    with pytest.raises(Refused) as caught:
        require(None, first, [second, None], (first,))
    assert caught.value.refusals == (first, second)
    assert caught.value.codes == ["a", "b"]
    assert caught.value.sentences == ["First.", "Second."]
    assert str(caught.value) == "First.\nSecond."
    assert caught.value.status == 403


def test_a_conflict_carries_both_versions_and_survives_the_trip_between_processes():
    conflict = Conflict((refuse("changed", "Someone else saved."),), yours={"name": "ก"}, theirs={"name": "ข"})
    assert conflict.status == 409
    assert isinstance(conflict, Refused)
    back = pickle.loads(pickle.dumps(conflict))
    assert (back.refusals, back.yours, back.theirs) == (conflict.refusals, {"name": "ก"}, {"name": "ข"})
