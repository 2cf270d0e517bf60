"""The tambons of a round with the state of their forums, and the button that opens one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.clock import bangkok_day
from registry.levels import Level
from registry.models import Area, Product
from registry.models.areas import AreaQuerySet
from registry.paging import page_of
from registry.views.gate import Gated, once
from selection import progress, rules
from selection.actions.forum import convene_forum
from selection.models import EntryState, Panel, PanelState, Round, RoundKind, Stage

STATES = {"none": _("not held yet"), "open": _("being recorded"), "settled": _("sent to the amphoe")}


@dataclass(frozen=True, slots=True)
class Place:
    """One tambon: its forum if there is one, how many products were brought and chosen, how many could be."""

    area: Area
    panel: Panel | None
    products: int
    may_open: bool

    @property
    def state(self) -> str:
        return "none" if self.panel is None else self.panel.state


def round_of(request: HttpRequest, key: str) -> Round:
    """The round of this key, if the user may see it; else 404."""
    return get_object_or_404(Round.objects.visible_to(request.user), key=key)


class ForumList(Gated, View):
    """The tambons within the user's reach; `area` and `state` narrow them down. POST opens the forum of one."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        round_, now = round_of(request, key), timezone.now()
        stage = get_object_or_404(round_.stages.select_related("round"), number=1)
        within = area_asked(request)
        everywhere = tambons(request, within)
        state = request.GET.get("state", "")
        counts = counted(stage, everywhere)
        page = page_of(of_state(everywhere, stage, state).with_path(), request.GET.get("page"))
        context = {
            "round": round_, "stage": stage, "face": progress.face(stage, bangkok_day(now)), "within": within,
            "page_obj": page, "rows": rows(request, stage, list(page), now), "counts": counts, "state": state,
            "states": [("", _("all"), sum(counts.values())), *((name, words, counts[name]) for name, words in STATES.items())],
            "against": rules.stage_open(stage, now), "sample": round_.is_sample,
            "rehearsal": round_.kind == RoundKind.REHEARSAL,
        }  # fmt: skip
        return render(request, "selection/forum_list.html", context)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        round_ = round_of(request, key)
        area = get_object_or_404(tambons(request, None).with_path(), code=request.POST.get("area", "")[:8].replace("\x00", ""))

        def act() -> str:
            panel = convene_forum(round_=round_, area=area, by=request.user)
            return reverse("selection:forum-show", args=[panel.public_id])

        return once(request, act)


def area_asked(request: HttpRequest) -> Area | None:
    """The area of `?area=` within the user's reach, if it is one."""
    code = request.GET.get("area", "").replace("\x00", "")
    return progress.areas_of(request.user).with_path().filter(code=code).first() if 2 <= len(code) <= 8 else None


def tambons(request: HttpRequest, within: Area | None) -> AreaQuerySet:
    found = progress.areas_of(request.user).of_level(Level.TAMBON)
    return found.within(within) if within else found


def of_state(areas: AreaQuerySet, stage: Stage, state: str) -> AreaQuerySet:
    """Those whose forum stands so; all of them for anything but a state."""
    forums = Panel.objects.filter(stage=stage)
    if state == "none":
        return areas.exclude(pk__in=forums.values("area"))
    if state in PanelState.values:
        return areas.filter(pk__in=forums.filter(state=state).values("area"))
    return areas


def counted(stage: Stage, areas: AreaQuerySet) -> dict[str, int]:
    """How many of the areas stand how."""
    forums = Panel.objects.filter(stage=stage, area__in=areas)
    found = dict(forums.order_by().values_list("state").annotate(n=Count("pk")))
    held = {state: found.get(state, 0) for state in PanelState.values}
    return {"none": areas.count() - sum(held.values()), **held}


def rows(request: HttpRequest, stage: Stage, areas: Sequence[Area], at: datetime) -> list[Place]:
    """A page of tambons with their forums and products; two queries."""
    stands = ~Q(forum_lines__entry__state=EntryState.WITHDRAWN)
    brought = Count("forum_lines", filter=stands)
    chosen = Count("forum_lines", filter=stands & Q(forum_lines__chosen=True))
    forums = Panel.objects.visible_to(request.user).filter(stage=stage, area__in=areas).select_related("meeting")
    by_area = {panel.area_id: panel for panel in forums.annotate(brought=brought, chosen=chosen)}
    products = Product.objects.filter(area__in=areas).active().complete()
    if stage.round.kind != RoundKind.REHEARSAL:
        products = products.filter(origin=stage.round.origin)
    able: dict[Any, int] = dict(products.order_by().values_list("area").annotate(n=Count("pk")))
    runs = rules.stage_open(stage, at) is None
    return [
        Place(area, by_area.get(area.pk), able.get(area.pk, 0), runs and rules.may_hold_forum(request.user, area, at) is None)
        for area in areas
    ]
