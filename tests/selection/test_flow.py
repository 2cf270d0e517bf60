"""The table of moves: nothing leaves it, everything in it is reached, and what is over stays over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection import flow
from selection.models import EntryState, PanelState, RoundState, StageState

ACTS = sorted({move.act for move in flow.MOVES})


@given(st.sampled_from(flow.KINDS), st.lists(st.sampled_from(ACTS), max_size=12))
def test_no_sequence_of_acts_leaves_the_table(kind, acts):
    state = flow.FIRST[kind]
    for act in acts:
        if flow.may(kind, state, act):
            following = flow.after(kind, state, act)
            assert flow.Move(kind, state, act, following) in flow.MOVES
            assert act in flow.acts(kind, state)
            state = following
        else:
            with pytest.raises(ValueError, match=f"a {kind} that is {state} cannot {act}"):
                flow.after(kind, state, act)
        assert state in flow.STATES[kind]


@pytest.mark.parametrize("kind", flow.KINDS)
def test_each_move_is_reached_from_the_first_state(kind):
    reached, taken = {flow.FIRST[kind]}, set()
    while following := {move for move in flow.MOVES if move.kind == kind and move.source in reached} - taken:
        taken |= following
        reached |= {move.target for move in following}
    assert taken == {move for move in flow.MOVES if move.kind == kind}
    assert reached == set(flow.STATES[kind])


def test_a_state_and_an_act_have_one_outcome():
    assert len({move[:3] for move in flow.MOVES}) == len(flow.MOVES)


@given(st.text(), st.text(), st.text())
def test_what_the_table_does_not_know_may_not_happen(kind, state, act):
    assert not flow.may(kind, state, act)
    assert not flow.acts(kind, state)


def test_ends_are_ends():
    ends = {kind: {state for state in flow.STATES[kind] if flow.is_end(kind, state)} for kind in flow.KINDS}
    assert ends == {
        "round": {"closed", "cancelled"},
        "stage": {"closed"},
        "panel": {"settled"},
        "entry": {"stopped", "decided", "withdrawn"},
    }


def test_what_matters_most_stands_in_the_table():
    assert flow.after("round", "announced", "announce") == "announced"
    assert not flow.may("round", "announced", "cancel")
    assert not flow.may("round", "closed", "open")
    assert not flow.may("stage", "closed", "open")
    assert not flow.may("panel", "settled", "cancel")
    assert not flow.may("entry", "stopped", "go_up")


def test_the_table_prints_one_move_a_line():
    lines = flow.printable().splitlines()
    assert [tuple(line.split()) for line in lines] == [flow.Move._fields, *map(tuple, flow.MOVES)]


def test_rows_know_the_states_of_the_table_and_no_others():
    of_rows = {flow.ROUND: RoundState, flow.STAGE: StageState, flow.PANEL: PanelState, flow.ENTRY: EntryState}
    assert {kind: set(flow.STATES[kind]) for kind in flow.KINDS} == {kind: set(of_rows[kind].values) for kind in flow.KINDS}
