"""The five stages as a loom: threads that pass five reeds, fewer after each, the last of them ending in a star."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

COUNTS = (60, 37, 22, 13, 9, 6)  # threads before each reed and behind the last: a picture, not a measurement
SPANS = (224, 176, 132, 96, 68, 44)
STEP, MIDDLE, WIDTH, HEIGHT = 231, 116, 1216, 232
UPRIGHT_COUNTS = (12, 10, 8, 6, 4, 3)
UPRIGHT_SPANS = (40, 36, 32, 26, 20, 14)


class StageWords(NamedTuple):
    """What a visitor reads of one stage: its level, who decides, what happens, and what comes out of it."""

    number: int
    level: Promise
    who: Promise
    what: Promise
    gives: Promise


STAGES = (
    StageWords(
        1, _("Tambon"), _("The tambon forum"),
        _("Villagers choose their outstanding products by three tests: local wisdom, local raw material, the community plan."),
        _("the list that was chosen, the votes and the minutes"),
    ),
    StageWords(
        2, _("Amphoe"), _("The amphoe committee"),
        _("Ranks the products of all tambons with reasons, and joins the plans and budgets that will help them."),
        _("a settled order"),
    ),
    StageWords(
        3, _("Province"), _("The province committee"),
        _("Scores parts ก and ข, the community and the market with the story, ranks, and joins the plans of every amphoe."),
        _("the marks of two parts and an order"),
    ),
    StageWords(
        4, _("Centre, assessing"), _("Judges of each category"),
        _("Score part ค, the quality, alone and without seeing who made it."),
        _("a total out of 100"),
    ),
    StageWords(
        5, _("Centre, certifying"), _("The national committee"),
        _("Decides on the stars, lists and certifies the products, and proposes support to the cabinet."),
        _("a star that anyone can check"),
    ),
)  # fmt: skip


@cache
def loom() -> SafeString:
    """The threads lying down, for wide pages; its words stand in the list below, so it is decoration."""
    parts = [_segment(at) for at in range(len(COUNTS) - 1)]
    ends = "".join(f"M{5 * STEP} {y:.1f}h16" for y in _spread(COUNTS[-1], SPANS[-1], MIDDLE))
    star = "M1195 95l5.7 13.9 15 1.1-11.4 9.8 3.5 14.7-12.8-7.9-12.8 7.9 3.5-14.7-11.4-9.8 15-1.1z"
    return format_html(
        '<svg class="loom" viewBox="0 0 {} {}" aria-hidden="true">{}<path class="thread" d="{}"/>'
        '<path class="st-on" d="{}"/></svg>',
        WIDTH, HEIGHT, mark_safe("".join(parts)), ends, star,  # noqa: S308 (numbers only)
    )  # fmt: skip


@cache
def upright(stage: int) -> SafeString:
    """One stage of the loom standing, beside its words on a phone."""
    before, after = UPRIGHT_COUNTS[stage - 1], UPRIGHT_COUNTS[stage]
    span, next_span = UPRIGHT_SPANS[stage - 1], UPRIGHT_SPANS[stage]
    on, off = "", ""
    for start, end, passes in _threads(before, after, span, next_span, 28):
        if passes:
            on += f"M{start:.1f} 0V25C{start:.1f} 60 {end:.1f} 65 {end:.1f} 100"
        else:
            off += f"M{start:.1f} 0V25C{start:.1f} 50 {end:.1f} 60 {end:.1f} 78"
    reed = f"M{28 - next_span / 2 - 4:.0f} 99H{28 + next_span / 2 + 4:.0f}"
    return format_html(
        '<svg class="loom-v" viewBox="0 0 56 100" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="thread-off" d="{}"/><path class="thread" d="{}"/><path class="reed" d="{}"/></svg>',
        off, on, reed,
    )  # fmt: skip


def _spread(count: int, span: float, middle: float) -> list[float]:
    """`count` places at equal distances over `span`."""
    return [middle - span / 2 + span * place / (count - 1) for place in range(count)]


def _threads(
    before: int, after: int, span: float, next_span: float, middle: float
) -> Iterator[tuple[float, float, bool]]:
    """Each thread's place, where it tends to, and whether it passes the reed; those that stop lie evenly between."""
    ends, tends = iter(_spread(after, next_span, middle)), _spread(before, next_span * 1.07, middle)
    for place, start in enumerate(_spread(before, span, middle)):
        passes = (place + 1) * after // before > place * after // before
        yield start, next(ends) if passes else tends[place], passes


def _segment(at: int) -> str:
    """The threads between two reeds, and the reed."""
    x, on, off, knots = at * STEP, "", "", ""
    for start, end, passes in _threads(COUNTS[at], COUNTS[at + 1], SPANS[at], SPANS[at + 1], MIDDLE):
        if passes:
            on += f"M{x} {start:.1f}h90C{x + 150} {start:.1f} {x + 171} {end:.1f} {x + STEP} {end:.1f}"
        else:
            off += f"M{x} {start:.1f}h90C{x + 130} {start:.1f} {x + 141} {end:.1f} {x + 185} {end:.1f}"
            knots += f"M{x + 183} {end:.1f}a2 2 0 1 0 4 0a2 2 0 1 0-4 0"
    half = SPANS[at + 1] / 2 + 12
    reed = f"M{x + STEP} {MIDDLE - half:.0f}V{MIDDLE + half:.0f}"
    return (
        f'<path class="thread-off" d="{off}"/><path class="thread-end" d="{knots}"/>'
        f'<path class="thread" d="{on}"/><path class="reed" d="{reed}"/>'
    )
