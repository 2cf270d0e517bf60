"""What the pages of a panel draw: one square for each seat, the bar of the quorum."""

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from selection.specs import LETTERS

register = template.Library()

ROW, PITCH, SIDE, HEIGHT = 11, 46, 38, 102


class SeatMark(Protocol):
    """What a square needs to know of its seat."""

    present: bool
    recused: bool
    short: str


@register.filter
def marks(value: int | None) -> str:
    """Hundredths as a level of an item is read: 15, 12.5; no idle zeros."""
    return "–" if value is None else f"{value // 100}.{value % 100:02}".rstrip("0").rstrip(".")


@register.filter
def part_letter(code: str) -> str:
    """The letter of a part by its code for machines: a is ก."""
    return {code: letter for letter, code in LETTERS.items()}.get(code, code)


@register.simple_tag
def seat_row(seats: Sequence[SeatMark], needed: int) -> SafeString:
    """Those present first, then the empty places; a struck square left for an item; a bar stands at the quorum."""
    there = sum(seat.present for seat in seats)
    words = _("%(all)s seats, %(there)s present, quorum %(needed)s") % {"all": len(seats), "there": there, "needed": needed}
    squares = format_html_join("", "{}", ((_square(seat, index),) for index, seat in enumerate(seats)))
    rows = -(-len(seats) // ROW) or 1
    return format_html(
        '<svg class="plot seats" viewBox="0 -10 504 {}" role="img" aria-label="{}">{}{}</svg>',
        rows * HEIGHT, words, squares, _quorum_bar(needed, len(seats)),
    )  # fmt: skip


def _square(seat: SeatMark, index: int) -> SafeString:
    x, y = PITCH * (index % ROW), HEIGHT * (index // ROW)
    end = index % ROW > ROW - 4
    label = format_html(
        '<text class="sm{}" x="{}" y="{}">{}</text>', " e" if end else "", x + SIDE * end, y + 58, seat.short
    ) if seat.short else ""  # fmt: skip
    if not seat.present:
        square = format_html('<rect class="seat-off" x="{}" y="{}" width="36" height="36"/>', x + 1, y + 1)
        return format_html("{}{}", square, label)
    square = format_html('<rect class="seat-on" x="{}" y="{}" width="38" height="38"/>', x, y)
    if seat.recused:
        square = format_html(
            '{}<rect class="seat-in" x="{}" y="{}" width="30" height="30"/><path class="seat-x" d="M{} {}L{} {}"/>',
            square, x + 4, y + 4, x + 4, y + 34, x + 34, y + 4,
        )  # fmt: skip
    return format_html("{}{}", square, label)


def _quorum_bar(needed: int, seats: int) -> SafeString | str:
    """After the square with which the quorum is reached."""
    if not 0 < needed <= seats:
        return ""
    column, row = (needed - 1) % ROW + 1, (needed - 1) // ROW
    x, y = PITCH * column - (PITCH - SIDE) // 2, HEIGHT * row
    anchor = "m" if 2 < column < ROW - 1 else ("e" if column > 2 else "")
    words = _("quorum at %(needed)s") % {"needed": needed}
    return format_html(
        '<path class="seat-q" d="M{} {}V{}"/><text class="sm {}" x="{}" y="{}">{}</text>', x, y - 8, y + 46, anchor,
        x if anchor else 0, y + 86, words,
    )  # fmt: skip
