"""The list of rounds, and one round: calendar, rules with their sources, criteria, bands, progress by place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from registry.clock import bangkok_day
from registry.models import Category, User
from registry.refusal import Refusal
from registry.views.gate import Gated
from selection import flow, progress, rules, words
from selection.models import Round, RoundKind, RoundState, Stage, StageState


@dataclass(frozen=True, slots=True)
class StageFace:
    """A stage as a page shows it: how it stands today, what it is, its rules in sentences, how long it still runs."""

    stage: Stage
    face: progress.Face
    title: str
    deed: str
    sentences: list[str]
    days_left: int

    @property
    def may_close(self) -> bool:
        return self.stage.state == StageState.OPEN and self.face is not progress.Face.OFF


def round_of(request: HttpRequest, key: str) -> Round:
    """The round of this key, if the user may see it; else 404."""
    return get_object_or_404(Round.objects.visible_to(request.user), key=key)


def stage_faces(stages: Iterable[Stage], today: date) -> list[StageFace]:
    return [
        StageFace(
            stage, progress.face(stage, today), words.stage_title(stage.number), words.stage_deed(stage.number),
            words.stage_sentences(stage), (stage.closes_on - today).days,
        )
        for stage in stages
    ]  # fmt: skip


def marked(round_: Round) -> dict[str, Any]:
    """What every page of a round tells the frame: the round, and whether it is a sample or a rehearsal."""
    return {"round": round_, "sample": round_.is_sample, "rehearsal": round_.kind == RoundKind.REHEARSAL}


class RoundList(Gated, View):
    """All rounds, the newest year first, each with the stage that runs today."""

    def get(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        rounds = Round.objects.visible_to(request.user).prefetch_related("stages__round")
        rows = [(round_, stage_faces(round_.stages.all(), bangkok_day(now))) for round_ in rounds]
        context = {"rows": rows, "against": rules.may_run_rounds(request.user, now)}
        return render(request, "selection/round_list.html", context)


class RoundShow(Gated, View):
    """One round: calendar, rules with their sources, criteria, bands, what keeps it from opening, and the board."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        round_, now = round_of(request, key), timezone.now()
        today = bangkok_day(now)
        stages = list(round_.stages.select_related("round"))
        board = None if round_.state == RoundState.DRAFT else progress.board(round_, stages, request.user, today)
        context = marked(round_) | {
            "stages": stage_faces(stages, today), "board": board,
            "ladder": [(stage, cell, words.stage_name(stage.number)) for stage, cell in board.totals] if board else [],
            "categories": category_rows(round_),
            "bands": list(round_.bands.all()), "meetings": words.meeting_sentences(round_),
            "scoring": words.scoring_sentences(round_), "may_run": rules.may_run_rounds(request.user, now) is None,
            "opening": opening(round_, request.user, now) if round_.state == RoundState.DRAFT else [],
            "closable": flow.may(flow.ROUND, round_.state, "close"),
        }  # fmt: skip
        return render(request, "selection/round_show.html", context)


def opening(round_: Round, user: User, at: datetime) -> list[Refusal]:
    """Everything that keeps the round from opening, the reader's own lack of office first."""
    asked = (rules.may_run_rounds(user, at), rules.round_draft(round_), *rules.opening_refusals(round_))
    return [refusal for refusal in asked if refusal]


def category_rows(round_: Round) -> list[dict[str, Any]]:
    """Each category with its criteria set, that set's parts, and the standards the round accepts; four queries."""
    sets = {row.category_id: row.criteria_set for row in round_.criteria.prefetch_related("criteria_set__parts")}
    accepted: dict[int, list[str]] = {}
    for row in round_.accepted.select_related("standard").order_by("standard__order"):
        accepted.setdefault(row.category_id, []).append(row.standard.name)
    return [
        {"category": category, "set": sets.get(category.pk), "standards": accepted.get(category.pk, [])}
        for category in Category.objects.all()
    ]
