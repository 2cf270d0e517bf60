"""What a forum's page shows: its products in order, what each lacks, what may still be brought, its minutes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from registry.clock import bangkok_day
from registry.models import Conformity, Product, lapsed_among
from registry.refusal import Refusal
from selection import rules
from selection.forms.forum import BringForm
from selection.models import TESTS, Entry, ForumLine, Panel, PanelState, Placement, PromotionKind, RoundKind
from selection.views.signatures import newest_signing, sign_marks


@dataclass(frozen=True, slots=True)
class LineFace:
    """One product before the forum: its line, its place by votes, what it still lacks, which tests it fails."""

    line: ForumLine
    place: int | None
    missing: list[Refusal]
    failed: list[str]
    answered: bool
    lapsed: Sequence[Conformity] = ()

    @property
    def ready(self) -> bool:
        return not self.missing


def panel_of(request: HttpRequest, pid: str) -> Panel:
    """The forum of this public id, if the user may see it; else 404."""
    forums = Panel.objects.visible_to(request.user).filter(stage__number=1)
    return get_object_or_404(forums.for_list(), public_id=pid)


def line_of(panel: Panel, pid: str) -> ForumLine:
    return get_object_or_404(panel.forum_lines.standing().select_related("entry__product", "panel__stage"), public_id=pid)


def against(request: HttpRequest, panel: Panel, at: datetime) -> list[Refusal]:
    """Why this user may not write here: he does not record it, it is settled, or its stage does not run."""
    found = (
        rules.panel_open(panel), rules.may_hold_forum(request.user, panel.area, at), rules.stage_open(panel.stage, at)
    )  # fmt: skip
    return [refusal for refusal in found if refusal]


def faces(panel: Panel) -> list[LineFace]:
    """The products of a forum, most votes first; those without votes yet come last, as they were brought."""
    lines = list(panel.forum_lines.standing().select_related("entry__product__producer", "entry__category", "entry__round"))
    present = panel.meeting.present if panel.meeting else None
    papers = lapsed_among((line.entry.product_id for line in lines), bangkok_day(timezone.now()))
    votes = sorted((line.votes for line in lines if line.votes is not None), reverse=True)
    found = [
        LineFace(
            line=line,
            place=None if line.votes is None else votes.index(line.votes) + 1,
            missing=[refusal for refusal in rules.line_refusals(line, lines, present) if refusal],
            failed=[str(words) for test, words in TESTS.items() if getattr(line, test) is False],
            answered=all(getattr(line, test) is not None for test in TESTS),
            lapsed=papers.get(line.entry.product_id, ()),
        )
        for line in lines
    ]
    return sorted(found, key=lambda face: (face.place is None, face.place or 0, face.line.pk))


def offers(request: HttpRequest, panel: Panel) -> tuple[list[Product], list[tuple[Product, list[Refusal]]]]:
    """The tambon's products that may be brought, and those that may not, each with why."""
    round_ = panel.stage.round
    products = Product.objects.visible_to(request.user).active().filter(area=panel.area)
    if round_.kind != RoundKind.REHEARSAL:
        products = products.filter(origin=round_.origin)
    free, barred = [], []
    for product in products.exclude(pk__in=Entry.objects.in_round().filter(round=round_).values("product")).for_list()[:300]:
        why = [refusal for refusal in rules.may_enter(product, round_, panel.area) if refusal]
        if why:
            barred.append((product, why))
        else:
            free.append(product)
    return free, barred


def page_context(request: HttpRequest, panel: Panel, at: datetime) -> dict[str, Any]:
    """Everything the page of a forum shows, whichever of its forms is open."""
    lines, closed = faces(panel), against(request, panel, at)
    round_, stage = panel.stage.round, panel.stage
    context: dict[str, Any] = {
        "panel": panel, "round": round_, "stage": stage, "meeting": panel.meeting, "lines": lines, "against": closed,
        "may_write": not closed, "chosen": sum(face.line.chosen for face in lines),
        "quota": stage.quota if stage.promotion in (PromotionKind.QUOTA, PromotionKind.QUOTA_AND_LEAST) else None,
        "sample": round_.is_sample, "rehearsal": round_.kind == RoundKind.REHEARSAL,
    }  # fmt: skip
    if panel.state == PanelState.SETTLED:
        return context | settled_context(panel, lines)
    context["missing"] = list(missing(panel, lines, at))
    if not closed:
        free, barred = offers(request, panel)
        context |= {"bring": BringForm(products=free), "free": free, "barred": barred}
    return context


def missing(panel: Panel, lines: Iterable[LineFace], at: datetime) -> Iterator[tuple[Refusal, str]]:
    """What still keeps the forum from settling, each with the address at which it is put right."""
    sitting = reverse("selection:forum-record", args=[panel.public_id])
    here = reverse("selection:forum-show", args=[panel.public_id])
    of_sitting = ("forum_day_missing", "forum_in_future", "forum_outside_stage", "attendance_missing")
    for refusal in rules.forum_refusals(panel, [face.line for face in lines], at):
        if refusal:
            yield refusal, sitting if refusal.code in of_sitting else f"{here}#products"
    for face in lines:
        address = reverse("selection:forum-line", args=[panel.public_id, face.line.public_id])
        for refusal in face.missing:
            yield refusal, f"{address}#id_{refusal.field}" if refusal.field else address


def settled_context(panel: Panel, lines: list[LineFace]) -> dict[str, Any]:
    """The minutes: the settled ranking, each product with its placement."""
    placed: dict[int, Placement] = {row.entry_id: row for row in panel.ranking.placements.all()}
    shown = sorted(lines, key=lambda face: placed[face.line.entry_id].place)
    return {
        "ranking": panel.ranking,
        "signs": sign_marks(panel, newest_signing(panel)),
        "placed": [(face, placed[face.line.entry_id]) for face in shown],
        "up": sum(row.up for row in placed.values()),
    }
