"""Public identifiers: what they are made of, which slips they catch, and how forgiving the reading is."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from registry.public_ids import (
    ALPHABET,
    LENGTH,
    check_letter,
    clean_public_id,
    is_valid_public_id,
    new_public_id,
)

letters = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_a_new_identifier_is_eight_letters_and_valid():
    made = {new_public_id() for _ in range(500)}
    assert len(made) == 500
    assert all(len(one) == 8 and set(one) <= set(ALPHABET) and is_valid_public_id(one) for one in made)


@given(letters, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_one_changed_letter_is_always_caught(seven, at, other):
    whole = seven + check_letter(seven)
    changed = whole[:at] + other + whole[at + 1 :]
    assert is_valid_public_id(changed) == (changed == whole)


def test_every_swap_of_neighbours_is_caught_but_that_of_0_and_z():
    missed = set()
    for at, one, other in product(range(LENGTH - 1), ALPHABET, ALPHABET):
        seven = ("7KQ2M4X"[:at] + one + other + "7KQ2M4X")[: LENGTH - 1]
        whole = seven + check_letter(seven)
        swapped = whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]
        if swapped != whole and is_valid_public_id(swapped):
            missed.add(frozenset(whole[at : at + 2]))
    assert missed == {frozenset("0Z")}


@given(letters)
def test_what_a_person_types_is_read_as_meant(seven):
    whole = seven + check_letter(seven)
    typed = f" {whole[:4].lower()}-{whole[4:].replace('0', 'o').replace('1', 'l')}\u00a0"
    assert clean_public_id(typed) == whole
    assert clean_public_id(whole) == whole


@given(st.text())
def test_any_text_at_all_is_answered(text):
    assert clean_public_id(clean_public_id(text)) == clean_public_id(text)
    assert is_valid_public_id(text) in (True, False)


def test_what_is_not_an_identifier_is_not_valid():
    whole = "7KQ2M4X" + check_letter("7KQ2M4X")
    assert is_valid_public_id(whole)
    assert not any(map(is_valid_public_id, ("", whole.lower(), whole[:-1], whole + "0", "UUUUUUUU", "๗" + whole[1:])))
