"""The seats of a committee as squares: who is here, who is away, who has left the room, and where the quorum lies."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.plots.paper import Paper

SIDE, STEP = 38, 46
MARGIN = 10


class Seat(NamedTuple):
    """One seat: "here", "away" or "recused", and the office written under it, if any."""

    state: str
    words: str = ""


def seats(row: Sequence[Seat], quorum: int, *, label: str) -> SafeString:
    """The seats in one row, those who are here first, with a bar behind the seat that makes the quorum."""
    order = {"here": 0, "recused": 0, "away": 1}
    placed = sorted(row, key=lambda seat: order[seat.state])
    paper = Paper(max(len(placed) * STEP + MARGIN, 340))
    for at, seat in enumerate(placed):
        x = at * STEP
        if seat.state == "away":
            paper.rect(x + 1, MARGIN + 1, SIDE - 2, SIDE - 2, "seat-off")
        else:
            paper.rect(x, MARGIN, SIDE, SIDE, "seat-on")
        if seat.state == "recused":
            paper.rect(x + 4, MARGIN + 4, SIDE - 8, SIDE - 8, "seat-in")
            paper.path(f"M{x + 4} {MARGIN + SIDE - 4}l{SIDE - 8} {8 - SIDE}", "seat-x")
        if seat.words:
            paper.text(x, MARGIN + SIDE + 20, seat.words, "sm")
    if 0 < quorum <= len(placed):
        x = quorum * STEP - (STEP - SIDE) // 2
        paper.path(f"M{x} 2V{MARGIN + SIDE + 8}", "seat-q")
        middle = "m" if 60 < x < paper.width - 60 else "e" if x >= paper.width - 60 else ""
        paper.text(x, MARGIN + SIDE + 38, _("quorum at %(count)s") % {"count": quorum}, f"sm {middle}".strip())
    return paper.svg(MARGIN + SIDE + 46, label, "seats")
