"""How far a round is: by stage, by place, within what a user reaches."""

from datetime import timedelta

import pytest

from selection import progress
from selection.models import Round, Stage
from selection.progress import Cell, Face
from tests import make
from tests.selection import make as way

pytestmark = pytest.mark.django_db


def stages(round_: Round) -> list[Stage]:
    return list(round_.stages.select_related("round"))


def board(round_: Round, user) -> progress.Board:
    found = progress.board(round_, stages(round_), user, way.today())
    assert found is not None
    return found


def cells(shown: progress.Board, code: str) -> list[Cell]:
    return next(row.cells for _above, rows in shown.groups for row in rows if row.area.code == code)


def test_rows_are_of_the_widest_level_that_divides_what_the_user_reaches():
    round_ = way.open_round()
    for user, level, rows in (
        (way.central(), "province", 77), (make.province_officer(), "amphoe", 18), (make.amphoe_officer(), "tambon", 5),
        (make.recorder(), "tambon", 1),
    ):  # fmt: skip
        shown = board(round_, user)
        assert (shown.level, sum(len(found) for _above, found in shown.groups)) == (level, rows)
    assert progress.board(round_, stages(round_), make.user(), way.today()) is None


def test_cells_count_panels_at_their_level_and_products_above_it():
    done = way.through(2)
    by_province = cells(board(done.round, way.central()), make.PROVINCE)
    by_tambon = cells(board(done.round, make.amphoe_officer()), make.HOME)

    assert [(cell.done, cell.of) for cell in by_province] == [(2, 135), (1, 18), (0, 1), (0, 0), (0, 0)]
    assert [(cell.done, cell.of, cell.level) for cell in by_tambon[:3]] == [(1, 1, "tambon"), (3, 3, None), (0, 3, None)]
    assert [cell.face for cell in by_tambon] == [Face.DONE, Face.DONE, Face.OPEN, Face.OFF, Face.OFF]


def test_totals_hold_what_rows_are_too_small_for():
    done = way.through(2)
    totals = [(cell.done, cell.of, cell.level) for _stage, cell in board(done.round, make.amphoe_officer()).totals]
    assert totals == [(2, 5, "tambon"), (1, 1, "amphoe"), (0, 5, None), (0, 0, None), (0, 0, None)]


def test_a_stage_is_late_after_its_days_and_done_once_closed():
    today = way.today()
    round_ = way.open_round(days={1: (today - timedelta(days=40), today - timedelta(days=1))})
    first = stages(round_)[0]
    assert progress.face(first, today) is Face.LATE
    assert progress.face(first, today - timedelta(days=1)) is Face.OPEN
    assert progress.face(first, today - timedelta(days=41)) is Face.OFF
    assert progress.face(first, today, finished=True) is Face.DONE
    assert len(board(round_, way.central()).late) == 77
    first.state = "closed"
    assert progress.face(first, today) is Face.DONE


def test_another_rounds_panels_are_not_counted():
    way.through(1)
    other = way.open_round("2570")
    assert board(other, way.central()).totals[0][1].done == 0
