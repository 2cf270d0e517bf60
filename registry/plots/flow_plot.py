"""Entries flowing through the five stages: what passes and what stops, to one scale."""

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from registry.plots.paper import FULL, NARROW, Paper, Rows, d, figure, said, table

SCALE = 230
TOP = 44
POST = 14
RUNG = 88


class Stopped(NamedTuple):
    """One stage: its words, how many came to it, how many went on, and why the others stopped."""

    words: str
    entered: int
    passed: int
    why: str = ""

    @property
    def stopped(self) -> int:
        return self.entered - self.passed


def funnel(stages: Sequence[Stopped], end: str, *, label: str) -> SafeString:
    """The flow from the first stage to `end`, the words for what is reached at last.

    Refuses more passing than entering, and a stage that more enter than passed the one before, with ValueError.
    """
    for before, after in zip([None, *stages], stages, strict=False):
        if not 0 <= after.passed <= after.entered or (before and after.entered > before.passed):
            raise ValueError(f"{after.words}: {after.entered} entered, {after.passed} passed")
    head = [_("stage"), _("entered"), _("went on"), _("stopped")]
    body: Rows = [[stage.words, stage.entered, stage.passed, stage.stopped] for stage in stages]
    return figure(_lying(stages, end, label), _standing(stages, end, label), table(head, body, label=label))


def _lying(stages: Sequence[Stopped], end: str, label: str) -> SafeString:
    paper = Paper(FULL)
    unit = SCALE / max([1, *(stage.entered for stage in stages)])
    step = (FULL - 122) / max(len(stages), 1)
    lowest = float(TOP + SCALE)
    for at, stage in enumerate(stages):
        lowest = max(lowest, _post(paper, stage, at * step, step, unit))
    x, reached = len(stages) * step, stages[-1].passed if stages else 0
    paper.rect(x, TOP, POST + 2, reached * unit, "bar-star")
    paper.text(x, 16, end, "b")
    paper.text(x, 36, said(reached))
    return paper.svg(lowest + 14, label, "wide")


def _post(paper: Paper, stage: Stopped, x: float, step: float, unit: float) -> float:
    """One stage's post, the band that goes on and the one that turns down and stops; gives how low it reaches."""
    high, foot = TOP + stage.passed * unit, TOP + stage.entered * unit
    paper.rect(x, TOP, POST, foot - TOP, "bar-kram")
    if stage.passed:
        paper.path(d("M", x + POST, TOP, "H", x + step, "V", high, "H", x + POST, "z"), "bar-soft")
    paper.text(x, 16, stage.words, "b")
    paper.text(x, 36, said(stage.entered))
    if not stage.stopped:
        return foot
    low = foot + 26
    paper.path(
        d("M", x + POST, high, "H", x + 60, "C", x + 84, high, x + 74, high + 26, x + 92, high + 26, "V", low)
        + d(" C", x + 60, low, x + 70, foot, x + 40, foot, "H", x + POST, "z"),
        "rib-off",
    )
    middle = (high + low) / 2 + 12
    paper.text(x + 98, middle, said(stage.stopped), "sm")
    paper.text(x + 98, middle + 18, stage.why, "sm")
    return max(low, middle + 18)


def _standing(stages: Sequence[Stopped], end: str, label: str) -> SafeString:
    paper = Paper(NARROW)
    most = max([1, *(stage.entered for stage in stages)])
    for at, stage in enumerate(stages):
        y = at * RUNG
        paper.text(0, y + 16, stage.words, "b")
        paper.text(NARROW, y + 16, said(stage.entered), "e")
        paper.rect(0.5, y + 26, (NARROW - 1) * stage.entered / most, 22, "bar-off")
        paper.rect(0, y + 26, NARROW * stage.passed / most, 22, "bar-kram")
        if stage.stopped:
            why = f" · {stage.why}" if stage.why else ""
            paper.text(0, y + 67, _("stopped %(count)s") % {"count": said(stage.stopped)} + why, "sm")
    y, reached = len(stages) * RUNG, stages[-1].passed if stages else 0
    paper.text(0, y + 16, end, "b")
    paper.text(NARROW, y + 16, said(reached), "e")
    paper.rect(1, y + 26, (NARROW - 2) * reached / most, 22, "bar-star")
    return paper.svg(y + 54, label, "narrow")
