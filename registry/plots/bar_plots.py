"""Horizontal bars, and columns over time that lie down as bars on a phone."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.plots.paper import HALF, NARROW, Paper, Rows, d, figure, length, said, table

STEP, THICK = 48, 27
COLUMN_HEIGHT = 190


class Bar(NamedTuple):
    """One bar: its words, its value, and what it was before (drawn as a black tick)."""

    words: str
    value: int
    was: int | None = None


def bars(rows: Sequence[Bar], *, label: str, was: str = "", kind: str = "kram", wide: int = HALF) -> SafeString:
    """Bars of whole numbers to one scale; `kind` is "star" for counts by star, "kram" for all else.

    `was` names what the ticks stand for; without it no ticks are drawn.
    """
    drawn = [_drawn(rows, width, label, was, kind, css) for width, css in ((wide, "wide"), (NARROW, "narrow"))]
    head = ["", was, _("now")] if was else ["", _("number")]
    body: Rows = [[row.words, row.was, row.value] if was else [row.words, row.value] for row in rows]
    return figure(drawn[0], drawn[1], table(head, body, label=label))


def _drawn(rows: Sequence[Bar], width: int, label: str, was: str, kind: str, css: str) -> SafeString:
    paper = Paper(width)
    most = max([1, *(row.value for row in rows), *((row.was or 0) for row in rows if was)])
    left = max([length(row.words) for row in rows] or [0]) + 14
    above = left > width * 0.42  # then each bar stands under its words
    step, left = (STEP + 26, 0.0) if above else (STEP, left)
    room = width - left - length(said(most)) - 18
    for at, row in enumerate(rows):
        top = at * step + (30 if above else 5)
        paper.text(0, top - 9 if above else top + 19, row.words, "b")
        paper.rect(left, top, room * row.value / most, THICK, f"bar-{kind}")
        end = left + room * row.value / most
        if was and row.was is not None:
            tick = left + room * row.was / most
            paper.path(d("M", tick, top - 5, "v37"), "tick-was")
            end = max(end, tick)
        paper.text(end + 10, top + 19, said(row.value))
    height = len(rows) * step
    if was:
        paper.path(d("M2", height + 6, "v22"), "tick-was")
        paper.text(12, height + 22, _("The black tick is %(before)s") % {"before": was}, "sm")
        height += 32
    return paper.svg(height, label, css)


def columns(rows: Sequence[Bar], *, label: str, wide: int = HALF) -> SafeString:
    """Columns side by side for months or years, in order; on a phone the same as bars."""
    narrow = _drawn(rows, NARROW, label, "", "kram", "narrow")
    body: Rows = [[row.words, row.value] for row in rows]
    return figure(_standing(rows, wide, label), narrow, table(["", _("number")], body, label=label))


def _standing(rows: Sequence[Bar], width: int, label: str) -> SafeString:
    paper = Paper(width)
    most = max([1, *(row.value for row in rows)])
    step = width / max(len(rows), 1)
    print_all = length(said(most), 15) <= step
    peak = max(range(len(rows)), key=lambda at: rows[at].value, default=0)
    for at, row in enumerate(rows):
        x, tall = at * step, COLUMN_HEIGHT * row.value / most
        paper.rect(x + step * 0.12, 24 + COLUMN_HEIGHT - tall, step * 0.76, tall, "bar-kram")
        if print_all or at in (0, peak, len(rows) - 1):
            foot = 18 + COLUMN_HEIGHT - tall
            if not print_all and at in (0, len(rows) - 1):
                paper.text(width if at else 0, foot, said(row.value), "e" if at else "")
            else:
                paper.text(x + step / 2, foot, said(row.value), "m")
        paper.text(x + step / 2, COLUMN_HEIGHT + 44, row.words, "sm m")
    paper.path(d("M0", COLUMN_HEIGHT + 24, "H", width), "axis")
    return paper.svg(COLUMN_HEIGHT + 52, label, "wide")
