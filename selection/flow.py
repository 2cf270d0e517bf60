"""What may follow what: one table of moves for Round, Stage, Panel and Entry, and nothing outside it."""

from typing import NamedTuple


class Move(NamedTuple):
    """In state `source` a thing of `kind` may undergo `act` and is in state `target` after it."""

    kind: str
    source: str
    act: str
    target: str


ROUND, STAGE, PANEL, ENTRY = "round", "stage", "panel", "entry"

MOVES: tuple[Move, ...] = (
    # A round, real or rehearsal; it may announce more than once, and is never cancelled after the first time.
    Move(ROUND, "draft", "open", "open"),
    Move(ROUND, "draft", "cancel", "cancelled"),
    Move(ROUND, "open", "announce", "announced"),
    Move(ROUND, "open", "cancel", "cancelled"),
    Move(ROUND, "announced", "announce", "announced"),
    Move(ROUND, "announced", "close", "closed"),
    Move(STAGE, "waiting", "open", "open"),
    Move(STAGE, "open", "close", "closed"),
    # A panel works while it is open; what it settles is only followed, never changed.
    Move(PANEL, "open", "settle", "settled"),
    # An entry competes from stage to stage until it stops, is withdrawn, or the last stage decides.
    Move(ENTRY, "competing", "go_up", "competing"),
    Move(ENTRY, "competing", "stop", "stopped"),
    Move(ENTRY, "competing", "decide", "decided"),
    Move(ENTRY, "competing", "withdraw", "withdrawn"),
)

KINDS: tuple[str, ...] = tuple(dict.fromkeys(move.kind for move in MOVES))
FIRST: dict[str, str] = {kind: next(move.source for move in MOVES if move.kind == kind) for kind in KINDS}
STATES: dict[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(state for move in MOVES if move.kind == kind for state in (move.source, move.target)))
    for kind in KINDS
}
_TARGET = {(move.kind, move.source, move.act): move.target for move in MOVES}


def may(kind: str, state: str, act: str) -> bool:
    """Whether a thing of `kind` in `state` may undergo `act`."""
    return (kind, state, act) in _TARGET


def after(kind: str, state: str, act: str) -> str:
    """The state after `act`; a move that is not in the table is refused with ValueError."""
    if not may(kind, state, act):
        raise ValueError(f"a {kind} that is {state} cannot {act}")
    return _TARGET[kind, state, act]


def acts(kind: str, state: str) -> tuple[str, ...]:
    """What may be done to a thing of `kind` in `state`, in the order of the table; nothing when the state is an end."""
    return tuple(move.act for move in MOVES if (move.kind, move.source) == (kind, state))


def is_end(kind: str, state: str) -> bool:
    """Whether nothing can follow `state`."""
    return not acts(kind, state)


def printable() -> str:
    """The table as text, one move a line: kind, source, act, target."""
    rows = [Move._fields, *MOVES]
    widths = [max(len(row[column]) for row in rows) for column in range(len(Move._fields))]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "\n".join(lines)
