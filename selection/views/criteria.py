"""A criteria set in words, as judges and producers read and print it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from registry.views.gate import Gated
from selection import words
from selection.models import CriteriaSet, Group, Item, Part
from selection.scoring import part_code


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


class CriteriaShow(Gated, View):
    """The whole set, printable."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        levels = Prefetch("parts__groups__items__levels")
        sets = CriteriaSet.objects.visible_to(request.user).select_related("category").prefetch_related(levels)
        criteria_set = get_object_or_404(sets, public_id=pid)
        parts = [part_face(part) for part in criteria_set.parts.all()]
        context: dict[str, Any] = {
            "set": criteria_set, "parts": parts, "most": sum(part.most for part in parts),
            "rounds": [row.round for row in criteria_set.rounds.select_related("round").order_by("-round__year_be")],
        }  # fmt: skip
        return render(request, "selection/criteria_show.html", context)


def part_face(part: Part) -> PartFace:
    groups = [(group, [item_face(part, group, item) for item in group.items.all()]) for group in part.groups.all()]
    most = sum(face.most for _group, faces in groups for face in faces)
    return PartFace(part, groups, most, words.stage_title(part.stage))


def item_face(part: Part, group: Group, item: Item) -> ItemFace:
    most = max((level.points for level in item.levels.all()), default=0)
    return ItemFace(item, f"{part_code(part)}{group.number}.{item.number}", most)
