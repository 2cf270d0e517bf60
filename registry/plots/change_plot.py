"""How products moved between stars from one round to the next, as ribbons between two columns."""

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.marks import star_words
from registry.plots.paper import HALF, NARROW, Paper, Rows, d, figure, said, table

TALL, GAP, TOP, POST = 320, 16, 30, 10
STARS = (5, 4, 3, 2, 1)
Pairs = Mapping[tuple[int, int], int]


def changes(pairs: Pairs, before: str, after: str, *, label: str) -> SafeString:
    """Ribbons from the stars of `before` to those of `after` (names of the rounds); `pairs` counts (stars, stars)."""
    drawn = [_drawn(pairs, before, after, width, label, css) for width, css in ((HALF, "wide"), (NARROW, "narrow"))]
    names = [star_words(stars) for stars in STARS]
    body: Rows = [[star_words(old), *(pairs.get((old, new), 0) for new in STARS)] for old in STARS]
    head = [_("%(before)s, then %(after)s") % {"before": before, "after": after}, *names]
    return figure(drawn[0], drawn[1], _legend(pairs) + table(head, body, label=label))


def _legend(pairs: Pairs) -> SafeString:
    totals = {"up": 0, "same": 0, "down": 0}
    for (old, new), count in pairs.items():
        totals["up" if new > old else "same" if new == old else "down"] += count
    words = {"up": _("more stars"), "same": _("the same"), "down": _("fewer stars")}
    rows = ((kind, words[kind], said(count)) for kind, count in totals.items())
    box = (
        '<li><svg viewBox="0 0 20 12" aria-hidden="true"><path class="rib-{}" d="M1 1h18v10H1z"/></svg>'
        "<span>{} {}</span></li>"
    )
    return format_html('<ul class="legend">{}</ul>', format_html_join("", box, rows))


def _drawn(pairs: Pairs, before: str, after: str, width: int, label: str, css: str) -> SafeString:
    paper, unit = Paper(width), TALL / max(sum(pairs.values()), 1)
    left, right = 58, width - 58 - POST
    starts = _tops({star: sum(pairs.get((star, new), 0) for new in STARS) for star in STARS}, unit)
    ends = _tops({star: sum(pairs.get((old, star), 0) for old in STARS) for star in STARS}, unit)
    ribbons = _ribbons(pairs, starts, ends, unit, left + POST, right)
    for kind in ("same", "down", "up"):
        if ribbons[kind]:
            paper.path("".join(ribbons[kind]), f"rib-{kind}")
    _posts(paper, starts, left, left - 8, "e")
    _posts(paper, ends, right, right + POST + 8, "")
    paper.text(left, 14, before, "sm")
    paper.text(right + POST, 14, after, "sm e")
    return paper.svg(TOP + TALL + GAP * (len(STARS) - 1) + 6, label, css)


def _tops(counts: Mapping[int, int], unit: float) -> dict[int, tuple[float, float]]:
    """Top and foot of each star's post, five stars uppermost."""
    found, y = {}, float(TOP)
    for star in STARS:
        found[star] = (y, y + counts[star] * unit)
        y += counts[star] * unit + GAP
    return found


def _ribbons(
    pairs: Pairs, starts: Mapping[int, tuple[float, float]], ends: Mapping[int, tuple[float, float]],
    unit: float, left: float, right: float,
) -> dict[str, list[str]]:  # fmt: skip
    found: dict[str, list[str]] = {"up": [], "same": [], "down": []}
    out = {star: top for star, (top, _foot) in starts.items()}
    into = {star: top for star, (top, _foot) in ends.items()}
    middle = (left + right) / 2
    for old in STARS:
        for new in STARS:
            tall = pairs.get((old, new), 0) * unit
            if not tall:
                continue
            a, b = out[old], into[new]
            out[old], into[new] = a + tall, b + tall
            kind = "up" if new > old else "same" if new == old else "down"
            found[kind].append(
                d("M", left, a, "C", middle, a, middle, b, right, b, "V", b + tall)
                + d(" C", middle, b + tall, middle, a + tall, left, a + tall, "z")
            )
    return found


def _posts(paper: Paper, spans: Mapping[int, tuple[float, float]], x: float, words_x: float, end: str) -> None:
    lowest = 0.0
    for star in STARS:
        top, foot = spans[star]
        paper.rect(x, top, POST, max(foot - top, 1.5), "bar-star")
        lowest = max((top + foot) / 2 + 5, lowest + 17)
        paper.text(words_x, lowest, star_words(star), end)
