"""What may follow what in a Registration: one table of moves, and nothing outside it."""

from typing import NamedTuple


class Move(NamedTuple):
    """In state `source` a registration may undergo `act` and is in state `target` after it."""

    source: str
    act: str
    target: str


MOVES: tuple[Move, ...] = (
    # Written by the producer's recorder, filed in a window, and written on again when it comes back.
    Move("draft", "file", "filed"),
    Move("draft", "withdraw", "withdrawn"),
    Move("returned", "file", "filed"),
    Move("returned", "withdraw", "withdrawn"),
    # Checked by the amphoe's officer, who passes it to the committee or sends it back.
    Move("filed", "check", "checked"),
    Move("filed", "return", "returned"),
    # Decided by the amphoe's committee; what it decided is only followed, never changed.
    Move("checked", "register", "registered"),
    Move("checked", "refuse", "refused"),
    Move("checked", "return", "returned"),
    # A later registration of the same producer takes its place.
    Move("registered", "renew", "renewed"),
)

FIRST = MOVES[0].source
STATES: tuple[str, ...] = tuple(dict.fromkeys(state for move in MOVES for state in (move.source, move.target)))
_TARGET = {(move.source, move.act): move.target for move in MOVES}


def may(state: str, act: str) -> bool:
    """Whether a registration in `state` may undergo `act`."""
    return (state, act) in _TARGET


def after(state: str, act: str) -> str:
    """The state after `act`; a move that is not in the table is refused with ValueError."""
    if not may(state, act):
        raise ValueError(f"a registration that is {state} cannot {act}")
    return _TARGET[state, act]


def acts(state: str) -> tuple[str, ...]:
    """What may be done in `state`, in the order of the table; nothing when the state is an end."""
    return tuple(move.act for move in MOVES if move.source == state)


def printable() -> str:
    """The table as text, one move a line: source, act, target."""
    rows = [Move._fields, *MOVES]
    widths = [max(len(row[column]) for row in rows) for column in range(len(Move._fields))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)
