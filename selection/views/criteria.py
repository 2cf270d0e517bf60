"""Criteria sets: the list, one set in words as judges and producers read and print it, its table, its activation."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from registry.paging import page_of
from registry.refusal import Refusal, Refused
from registry.views.gate import Gated, once
from selection import rules, words
from selection.actions.criteria import activate_criteria
from selection.actions.rounds import SAMPLE_BANDS
from selection.intake.written import examples_of, examples_text, table_file, whole_sets
from selection.models import CriteriaSet, CriteriaState, Group, Item, Part, Round, RoundCriteria, RoundState
from selection.rules.criteria import Tried
from selection.scoring import part_code
from selection.specs import LETTERS, ExampleSpec
from selection.tally import Band, bands_refusal, edges

ROUND_KEY = re.compile(r"[0-9]{4}(-[a-z0-9]{1,7})?")
SET_KEY = re.compile(r"[0-9A-Z]{8}")


@dataclass(frozen=True, slots=True)
class ItemFace:
    """One item with its code (a1.2), its most points (hundredths) and its described levels, best first."""

    item: Item
    code: str
    most: int


@dataclass(frozen=True, slots=True)
class PartFace:
    """One part with its groups of items, its most points (hundredths) and who scores it."""

    part: Part
    groups: list[tuple[Group, list[ItemFace]]]
    most: int
    scored_by: str


@dataclass(frozen=True, slots=True)
class ExampleFace:
    """A worked example tried: its number, the sheet totals (hundredths) by letter, what was said and what came out."""

    number: int
    totals: list[tuple[str, list[int]]]
    tried: Tried


def seen_by(user: object) -> "QuerySet[CriteriaSet]":
    """The sets that the user may see, with the rounds that use them."""
    used = RoundCriteria.objects.filter(round__in=Round.objects.visible_to(user)).select_related("round")
    newest_first = used.order_by("-round__year_be", "round__key")
    return CriteriaSet.objects.visible_to(user).select_related("category").prefetch_related(Prefetch("rounds", newest_first))


class CriteriaList(Gated, View):
    """All sets by category, the newest edition first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        sets = seen_by(request.user).order_by("category__order", "-edition")
        context = {
            "page_obj": page_of(sets, request.GET.get("page")),
            "against": rules.may_run_rounds(request.user, timezone.now()),
        }
        return render(request, "selection/criteria_list.html", context)


def set_of(request: HttpRequest, pid: str) -> CriteriaSet:
    """The set with all that is written of it, if the user may see it; else 404."""
    if not SET_KEY.fullmatch(pid):
        raise Http404
    return get_object_or_404(whole_sets(seen_by(request.user)), public_id=pid)


class CriteriaShow(Gated, View):
    """The whole set, printable; for the officer what still stands against activating it."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        context = show_context(request, set_of(request, pid), request.GET.get("round", ""))
        return render(request, "selection/criteria_show.html", context)


class CriteriaActivate(Gated, View):
    """Freezes a draft, as the officer saw it, for use."""

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        criteria_set, key = set_of(request, pid), request.POST.get("round", "")
        chosen, version = round_for(request, key), request.POST.get("version", "")
        if key and chosen is None:
            raise Http404  # never by other bands than those on the page

        def act() -> str:
            seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
            activate_criteria(criteria_set=criteria_set, bands=bands_of(chosen), version=seen, by=request.user)
            messages.success(request, _("%(name)s is active. It can now be chosen for a round.") % {"name": criteria_set.name})
            return reverse("selection:criteria-show", args=[pid])

        try:
            return once(request, act)
        except Refused as refused:
            context = show_context(request, set_of(request, pid), key) | {"refused": refused.refusals}
            return render(request, "selection/criteria_show.html", context, status=refused.status)


class CriteriaTable(Gated, View):
    """The table as a file in the layout that the form reads."""

    def get(self, request: HttpRequest, pid: str) -> StreamingHttpResponse:
        criteria_set = set_of(request, pid)
        lines = [line.encode() for line in table_file(criteria_set)]
        answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        name = f"criteria-{criteria_set.category.code}-{criteria_set.edition}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["X-Content-Type-Options"] = "nosniff"
        return answer


def show_context(request: HttpRequest, criteria_set: CriteriaSet, key: str) -> dict[str, Any]:
    """What the page of a set shows; `key` names the round whose bands its examples are tried by."""
    parts = [part_face(part) for part in criteria_set.parts.all()]
    maxima = {part_code(face.part): face.most for face in parts}
    used = [row.round for row in criteria_set.rounds.all()]
    chosen = round_for(request, key) or (used[0] if used else None)
    bands, against = bands_of(chosen), rules.may_run_rounds(request.user, timezone.now())
    wrong_bands = bands_refusal(bands)
    draft = criteria_set.state == CriteriaState.DRAFT
    context: dict[str, Any] = {
        "set": criteria_set, "parts": parts, "most": sum(maxima.values()), "rounds": used, "draft": draft, "chosen": chosen,
        "bands": sorted(bands, key=lambda band: -band.stars), "may_run": against is None, "letters": letters_of(maxima),
        "examples": [] if wrong_bands else faces_of(criteria_set, maxima, bands), "wrong_bands": wrong_bands,
    }  # fmt: skip
    if draft:
        context |= {
            "missing": missing(criteria_set, bands, against), "bands_from": rounds_with_bands(request),
            "edges": "" if wrong_bands else examples_text(suggested(criteria_set, maxima, bands), list(maxima)),
        }  # fmt: skip
    return context


def missing(criteria_set: CriteriaSet, bands: list[Band], against: Refusal | None) -> list[Refusal]:
    """Everything that keeps the draft from being activated; the action asks again."""
    asked = (against, rules.parts_full(criteria_set), *rules.set_examples_right(criteria_set, bands))
    return [refusal for refusal in asked if refusal]


def letters_of(maxima: dict[str, int]) -> list[str]:
    return [letter for letter, code in LETTERS.items() if code in maxima]


def faces_of(criteria_set: CriteriaSet, maxima: dict[str, int], bands: list[Band]) -> list[ExampleFace]:
    tried = rules.try_examples(examples_of(criteria_set), maxima, bands)
    columns = [(letter, code) for letter, code in LETTERS.items() if code in maxima]
    return [
        ExampleFace(number, [(letter, list(one.example.sheets.get(code, ()))) for letter, code in columns], one)
        for number, one in enumerate(tried, 1)
    ]


def suggested(criteria_set: CriteriaSet, maxima: dict[str, int], bands: list[Band]) -> list[ExampleSpec]:
    """The edges of the bands that no example of the set stands on yet."""
    if sum(maxima.values()) > 100_00:
        return []
    there = {(example.total, tuple(map(tuple, example.sheets.values()))) for example in examples_of(criteria_set)}
    found = [ExampleSpec(edge.sheets, edge.total, edge.stars) for edge in edges(maxima, bands)]
    return [edge for edge in found if (edge.total, tuple(map(tuple, edge.sheets.values()))) not in there]


def round_for(request: HttpRequest, key: str) -> Round | None:
    """The round of this key, if the user may see it."""
    return Round.objects.visible_to(request.user).filter(key=key).first() if ROUND_KEY.fullmatch(key) else None


def rounds_with_bands(request: HttpRequest) -> "QuerySet[Round]":
    """The rounds being prepared, whose bands a draft can be tried by."""
    return Round.objects.visible_to(request.user).filter(state=RoundState.DRAFT)


def bands_of(round_: Round | None) -> list[Band]:
    """The round's bands; those of the sample where no round is named."""
    if round_ is None:
        return [Band(stars, least) for stars, least in SAMPLE_BANDS.items()]
    return [Band(band.stars, band.least) for band in round_.bands.all()]


def part_face(part: Part) -> PartFace:
    groups = [(group, [item_face(part, group, item) for item in group.items.all()]) for group in part.groups.all()]
    most = sum(face.most for _group, faces in groups for face in faces)
    return PartFace(part, groups, most, words.stage_title(part.stage))


def item_face(part: Part, group: Group, item: Item) -> ItemFace:
    most = max((level.points for level in item.levels.all()), default=0)
    return ItemFace(item, f"{part_code(part)}{group.number}.{item.number}", most)
