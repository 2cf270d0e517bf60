"""Lines over years, each named at its end."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString

from registry.plots.paper import HALF, NARROW, Paper, d, figure, length, said, table

TALL = 180
TOP = 28


class Series(NamedTuple):
    """One line: its name and a value for each place on the axis, None where nothing was measured."""

    words: str
    values: Sequence[int | None]


def line(places: Sequence[str], series: Sequence[Series], *, label: str, wide: int = HALF) -> SafeString:
    """Lines from zero upward; a gap stays a gap. `places` are the words of the axis, usually years.

    Refuses a series of another length than `places` with ValueError.
    """
    for one in series:
        if len(one.values) != len(places):
            raise ValueError(f"{one.words}: {len(one.values)} values for {len(places)} places")
    drawn = [_drawn(places, series, width, label, css) for width, css in ((wide, "wide"), (NARROW, "narrow"))]
    body = [[place, *(one.values[at] for one in series)] for at, place in enumerate(places)]
    return figure(drawn[0], drawn[1], table(["", *(one.words for one in series)], body, label=label))


def _drawn(places: Sequence[str], series: Sequence[Series], width: int, label: str, css: str) -> SafeString:
    paper = Paper(width)
    most = max([1, *(value or 0 for one in series for value in one.values)])
    margin = length(max(places, key=len, default=""), 15) / 2 + 4
    step = (width - 2 * margin) / max(len(places) - 1, 1)
    paper.path(d("M0", TOP + TALL, "H", width), "axis")
    every = -(-int(length(max(places, key=len, default=""), 15) + 10) // max(int(step), 1))
    for at, place in enumerate(places):
        if (len(places) - 1 - at) % every == 0:
            paper.text(margin + at * step, TOP + TALL + 22, place, "sm m")
    for rank, one in enumerate(series):
        _one(paper, one, rank, margin, step, most, named=len(series) > 1)
    return paper.svg(TOP + TALL + 28, label, css)


def _one(paper: Paper, one: Series, rank: int, margin: float, step: float, most: int, *, named: bool) -> None:
    """One line with its dots; the first, the greatest and the last value are written."""
    dots = [
        (margin + at * step, TOP + TALL - TALL * value / most, value)
        for at, value in enumerate(one.values)
        if value is not None
    ]
    runs, open_run = [], False
    for at, value in enumerate(one.values):
        if value is not None:
            runs.append(d("L" if open_run else "M", margin + at * step, TOP + TALL - TALL * value / most))
        open_run = value is not None
    paper.path(" ".join(runs), f"line line-{rank % 3}")
    written = {0, len(dots) - 1, max(range(len(dots)), key=lambda at: dots[at][2], default=0)}
    for at, (x, y, value) in enumerate(dots):
        paper.rect(x - 3.5, y - 3.5, 7, 7, f"dot dot-{rank % 3}")
        if at in written:
            words = f"{one.words} {said(value)}" if named and at == len(dots) - 1 else said(value)
            end = "e" if x + length(words) / 2 > paper.width else "m" if x - length(words) / 2 > 0 else ""
            paper.text(paper.width if end == "e" else x if end else 0, y - 10, words, end)
