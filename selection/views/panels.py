"""Panels: those of a round, convening one, its page, its meeting, who left for what, its word on marks apart, settling."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.acts import moment
from registry.clock import bangkok_day
from registry.levels import Level
from registry.models import Area, Category, Committee, CommitteeKind, Seat
from registry.refusal import Refused
from registry.rules import may_seat
from registry.views.gate import Gated, once
from selection import rules, scoring
from selection.actions import category_panels, rankings, sheets
from selection.forms.panels import ConveneForm, ReasonForm
from selection.models import Panel, PanelState, Round, RoundKind, Scope, Stage
from selection.views import boards
from selection.views.panel_pages import (
    act_or_page,
    closed,
    condensed,
    crumbs_of,
    entry_of,
    for_leaders,
    found,
    frame,
    meeting_form,
    page,
    recusal_form,
)
from selection.views.unsent import OnPanel, meeting_stood, version_of

A_PAGE = 50


class PanelList(Gated, View):
    """The panels of a round that the user may see; above them those he can convene himself."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        round_ = get_object_or_404(Round.objects.visible_to(request.user), key=key)
        return panel_list(request, round_)


def panel_list(
    request: HttpRequest, round_: Round, *, status: int = 200, refused: Refused | None = None, record_url: str = ""
) -> HttpResponse:
    """The page itself, with what was refused above it; `record_url` is where a missing committee is recorded."""
    at = moment(None)
    panels = Panel.objects.visible_to(request.user).for_list().filter(stage__round=round_, stage__number__gte=2)
    return render(request, "selection/panel_list.html", {
        "round": round_, "sample": round_.is_sample, "rehearsal": round_.kind == RoundKind.REHEARSAL,
        "own": own_bodies(request.user, round_, at), "benches": benches(request.user, round_, at),
        "page_obj": Paginator(panels.order_by("stage__number", "area__lft", "category__order"), A_PAGE).get_page(
            request.GET.get("page")
        ),
        "refusals": refused.refusals if refused else [], "crumbs": crumbs_of(round_)[:1], "record_url": record_url,
        "makes_judges": keeps_centre(request.user, at),
    }, status=status)  # fmt: skip


def own_bodies(user: Any, round_: Round, at: datetime) -> list[dict[str, Any]]:
    """The committees on which the user sits, with the stage they act at and the panel if it is convened already."""
    stage_of_kind = {kind: number for number, kind in rankings.KIND_OF_STAGE.items()}
    stages = {stage.number: stage for stage in round_.stages.select_related("round")}
    mine = user.seats.active_today().filter(committee__kind__in=stage_of_kind, committee__origin=round_.origin)
    seats = list(mine.select_related("committee__area__parent__parent"))
    there = {
        (panel.stage.number, panel.area_id, panel.category_id): panel
        for panel in Panel.objects.for_list().filter(stage__round=round_, committee__in=[seat.committee_id for seat in seats])
    }
    bodies = Committee.objects.filter(pk__in=[seat.committee_id for seat in seats])
    unchaired = set(bodies.lacking("chair", bangkok_day(at)).values_list("pk", flat=True))
    found_bodies = []
    for seat in seats:
        stage = stages.get(stage_of_kind[CommitteeKind(seat.committee.kind)])
        for category in categories_of(stage) if stage else []:
            panel = there.get((stage.number, seat.committee.area_id, category.pk if category else None))
            shut = rules.stage_open(stage, at)
            found_bodies.append({"stage": stage, "committee": seat.committee, "category": category, "panel": panel,
                                 "unchaired": seat.committee_id in unchaired, "refusals": [shut] if shut else []})  # fmt: skip
    return found_bodies


def categories_of(stage: Stage) -> list[Category | None]:
    """One panel for each category, or one for all (None), as the stage's scope says."""
    return list(Category.objects.all()) if stage.scope == Scope.CATEGORY else [None]


def benches(user: Any, round_: Round, at: datetime) -> list[dict[str, Any]]:
    """For central officers: the groups of judges by category, each with its panel at stage 4 if it is convened."""
    if rules.may_run_rounds(user, at) is not None:
        return []
    stage = round_.stages.select_related("round").get(number=4)
    panels = {panel.category_id: panel for panel in Panel.objects.for_list().filter(stage=stage)}
    groups = Committee.objects.filter(kind=CommitteeKind.JUDGES, origin=round_.origin).exclude(category=None).staffed(bangkok_day(at))
    by_category: dict[int, list[Committee]] = {}
    for group in groups.select_related("area").order_by("pk"):
        by_category.setdefault(group.category_id, []).append(group)
    shut = rules.stage_open(stage, at)
    return [
        {"category": category, "panel": panels.get(category.pk), "groups": by_category.get(category.pk, []),
         "unchaired": [group for group in by_category.get(category.pk, []) if not group.chaired],
         "refusals": [shut] if shut else []}
        for category in Category.objects.all()
    ]  # fmt: skip


class PanelConvene(Gated, View):
    """Convenes a committee (stages 2, 3, 5) or a group of judges (4) for its part of the round."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        round_ = get_object_or_404(Round.objects.visible_to(request.user), key=key)
        form = ConveneForm(request.POST)
        if not form.is_valid():
            raise Http404
        said = form.cleaned_data

        def act() -> str:
            panel = convene(request.user, round_, said)
            return reverse("selection:panel-show", args=[panel.public_id])

        try:
            return once(request, act)
        except Refused as refused:
            url = missing_body(request.user, said) if "committee_missing" in refused.codes else ""
            return panel_list(request, round_, status=refused.status, refused=refused, record_url=url)


def keeps_centre(user: Any, at: datetime) -> bool:
    """Whether the user may record committees of the centre, where the groups of judges of a round stand."""
    return may_seat(user, Area.objects.current().of_level(Level.CENTRAL).get(), at) is None


def missing_body(user: Any, said: dict[str, Any]) -> str:
    """Where the committee that is not in the register is recorded, if the user may."""
    kind = rankings.KIND_OF_STAGE.get(said["stage"])
    area = Area.objects.current().filter(code=said["area"]).first()
    if kind is None or area is None or may_seat(user, area, moment(None)) is not None:
        return ""
    return f"{reverse('registry:committee-new')}?{urlencode({'kind': kind, 'area': area.code})}"


def convene(user: Any, round_: Round, said: dict[str, Any]) -> Panel:
    """The one action that the posted stage asks for."""
    if said["stage"] == 4:
        committee = get_object_or_404(Committee, kind=CommitteeKind.JUDGES, public_id=said["committee"])
        return category_panels.convene_category_panel(round_=round_, committee=committee, by=user)
    code = said["area"] or Area.objects.current().of_level(Level.CENTRAL).get().code
    area = get_object_or_404(Area.objects.current(), code=code)
    category = get_object_or_404(Category, code=said["category"]) if said["category"] else None
    return rankings.convene_panel(round_=round_, stage_number=said["stage"], area=area, category=category, by=user)


class PanelShow(Gated, View):
    """A panel's page at stages 2 to 5; a forum has its own."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        return page(request, found(request, pid))


class MeetingSave(OnPanel):
    """Records the sitting."""

    anchor, called = "meeting", gettext_lazy("Meeting of a committee")

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3, 5)
        if refused_page := for_leaders(request, panel):
            return refused_page
        form = meeting_form(panel, moment(None), request.POST)

        def act() -> Panel:
            version = version_of(panel, form.cleaned_data, meeting_stood(panel))
            return rankings.record_meeting(panel=panel, version=version, by=request.user, **form.said())

        return act_or_page(request, panel, "meeting_form", form, act, words=_("The meeting was saved at"), anchor="meeting")


class RecusalAdd(OnPanel):
    """A member leaves for one product; it cannot be taken back."""

    anchor, called = "recusals", gettext_lazy("Leaving for a product")

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid)
        entries = scoring.standing(panel)
        form = recusal_form(request, panel, moment(None), entries, request.POST)
        if form is None:
            if shut := closed(request, panel, moment(None)):
                return page(request, panel, status=403, act_refusals=shut)
            raise Http404

        def act() -> object:
            entry = entry_of(panel, form.cleaned_data["entry"], entries)
            seat = get_object_or_404(Seat, public_id=form.cleaned_data["seat"])
            return rankings.recuse(panel=panel, entry=entry, seat=seat, reason=form.cleaned_data["reason"], by=request.user)

        return act_or_page(request, panel, "recusal_form", form, act, words=_("It was recorded at"), anchor="recusals")


class ApartDecide(OnPanel):
    """Records the panel's word on marks that still lie apart after the second sheets."""

    anchor, called = "sheets", gettext_lazy("Word of a panel on marks apart")

    def post(self, request: HttpRequest, pid: str, n: str) -> HttpResponse:
        panel = found(request, pid, 3, 4)
        if refused_page := for_leaders(request, panel):
            return refused_page
        entry = entry_of(panel, n, scoring.standing(panel))
        if entry is None:
            raise Http404
        form = ReasonForm(request.POST, prefix=f"apart-{n}")

        def act() -> object:
            return sheets.decide_apart(panel=panel, entry=entry, reason=form.cleaned_data["reason"], by=request.user)

        return act_or_page(request, panel, "apart_form", form, act, words=_("The decision was saved at"), anchor="sheets")


class PanelSettle(Gated, View):
    """Everything once more before it is settled for good, then the act."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3, 4)
        if panel.state == PanelState.SETTLED:
            return redirect("selection:panel-show", pid=panel.public_id)
        return settle_page(request, panel)

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3, 4)
        settle = category_panels.settle_scoring if panel.stage.number == 4 else rankings.settle_ranking

        def act() -> str:
            settle(panel=panel, by=request.user)
            return reverse("selection:panel-show", args=[panel.public_id])

        try:
            return once(request, act)
        except Refused as refused:
            return settle_page(request, panel, status=refused.status)


def settle_page(request: HttpRequest, panel: Panel, *, status: int = 200) -> HttpResponse:
    """What would be settled, and everything that still keeps it from that, read afresh."""
    at = moment(None)
    panel = Panel.objects.for_list().get(pk=panel.pk)
    _template, context, entries = boards.board(request.user, panel, at, {"read_only": True})
    shown = {**frame(request, panel, at, entries), **context}
    shown["refusals"] = condensed([*shown["closed"], *context.get("refusals", [])])
    return render(request, "selection/ranking_settle.html", shown, status=status)
