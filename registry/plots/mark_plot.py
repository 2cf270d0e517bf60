"""How a product's marks add up to its star: the parts on the rule of 0 to 100, one line down to the band."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.marks import star_words
from registry.plots.paper import FULL, NARROW, Paper, d, figure, length, table

WHOLE = 10_000
SHADES = ("a", "b", "c")


class Part(NamedTuple):
    """A part of the criteria: its letter, its name, the marks won and the most there are, in hundredths."""

    letter: str
    words: str
    won: int
    most: int


class Band(NamedTuple):
    """The least total for a number of stars, in hundredths."""

    stars: int
    least: int


def marks(
    parts: Sequence[Part], total: int, bands: Sequence[Band], *, label: str, tabled: bool = True
) -> SafeString:
    """The parts side by side, the total, and the band it falls into; all in hundredths of a mark.

    The total is given, not summed: parts are shown rounded, and only the total is rounded by rule. `tabled` is false
    where the page itself has the table of the same figures.
    """
    rising = sorted(bands, key=lambda band: band.least)
    drawn = [_drawn(parts, total, rising, width, label, css) for width, css in ((FULL, "wide"), (NARROW, "narrow"))]
    if not tabled:
        return figure(drawn[0], drawn[1], SafeString(""))
    body = [[f"{part.letter} {part.words}", _points(part.won), _points(part.most)] for part in parts]
    rows = [*body, [_("total"), _points(total), _points(WHOLE)]]
    return figure(drawn[0], drawn[1], table([_("part"), _("won"), _("most")], rows, label=label))


def _points(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _drawn(
    parts: Sequence[Part], total: int, bands: Sequence[Band], width: int, label: str, css: str
) -> SafeString:
    paper, unit, x = Paper(width), width / WHOLE, 0.0
    for at, part in enumerate(parts):
        wide = part.won * unit
        paper.rect(x, 34, wide - 1, 52, f"seg-{SHADES[at % 3]}")
        on = "on-lo" if at % 3 == 2 else "on"
        name = f"{part.letter} {part.words}"
        paper.text(x + 9, 56, name if length(name) + 14 < wide else part.letter, f"{on} b")
        most = _(" of %(most)s") % {"most": part.most // 100}
        paper.text(x + 9, 77, _points(part.won) + (most if width > NARROW else ""), on)
        x += wide
    paper.rect(x + 0.5, 34.5, width - x - 1, 51, "seg-rest")
    _ruled(paper, bands, total, unit)
    fall = total * unit
    paper.path(d("M", fall, 26, "V130"), "drop")
    paper.path(d("M", fall - 6, 123, "h12l-6 9z"), "drop-tip")
    end = "e" if fall > width / 2 else ""
    paper.text(min(fall + 2, width), 20, _("total %(total)s") % {"total": _points(total)}, f"b {end}".strip())
    return paper.svg(196, label, css)


def _ruled(paper: Paper, bands: Sequence[Band], total: int, unit: float) -> None:
    """The bands below, the one reached in the colour of stars, with their least totals under the edges."""
    ends = [*(band.least for band in bands[1:]), WHOLE]
    for band, end in zip(bands, ends, strict=True):
        start, wide = band.least * unit, (end - band.least) * unit
        reached = band.least <= total and (total < end or end == WHOLE)
        paper.rect(start + 0.5, 132, wide - 1, 40, "band-on" if reached else "band")
        words = star_words(band.stars)
        shown = words if length(words) < wide else str(band.stars)
        paper.text(start + wide / 2, 158, shown, "m in-star" if reached else "m")
        foot = "sm" if not start else "sm e" if paper.width - start < 46 else "sm m"
        paper.text(start, 192, band.least // 100, foot)
    paper.text(paper.width, 192, 100, "sm e")
