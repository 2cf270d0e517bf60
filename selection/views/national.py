"""Stage 5: the committee's word on each product, certifying, and the central officer's announcement."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.acts import moment
from registry.levels import Level
from registry.models import Area, reaches
from registry.refusal import Conflict, Refused
from registry.views.gate import Gated, once, show_refusals
from selection import rules
from selection.actions import awards
from selection.forms.national import DecisionForm
from selection.models import Announcement, Award, DecisionOutcome, Entry, Panel, Round, RoundKind
from selection.views import boards
from selection.views.panel_pages import condensed, crumbs_of, done, for_leaders, found, frame, page
from selection.views.unsent import OnPanel

A_PAGE = 100


class DecisionSave(OnPanel):
    """What the committee means to do with one product."""

    anchor, called = "decisions", gettext_lazy("Decision of the national committee")

    def post(self, request: HttpRequest, pid: str, entry_id: str) -> HttpResponse:
        panel = found(request, pid, 5)
        if refused_page := for_leaders(request, panel):
            return refused_page
        entry = get_object_or_404(Entry.objects.for_list().filter(round=panel.stage.round_id), public_id=entry_id)
        line = panel.decision_lines.filter(entry=entry).first()
        form = DecisionForm(request.POST, entry=entry, line=line)
        status, conflict = 422, None
        if form.is_valid():
            said = form.cleaned_data

            def act() -> object:
                return awards.decide(panel=panel, entry=entry, by=request.user, **said)

            try:
                return once(request, done(request, panel, act, _("The decision was saved at"), f"e-{entry.public_id}"))
            except Refused as refused:
                show_refusals(form, refused)
                status = refused.status
                conflict = refused.theirs if isinstance(refused, Conflict) else None
        return page(request, panel, status=status, decision_form=form, conflict=conflict)


class DecideRest(Gated, View):
    """Certify, for every product that has no word yet and a total."""

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 5)
        try:
            return once(request, done(request, panel, lambda: awards.decide_rest(panel=panel, by=request.user),
                                      _("The decisions were saved at"), "decisions"))  # fmt: skip
        except Refused as refused:
            return page(request, panel, status=refused.status, act_refusals=refused.refusals)


class Certify(Gated, View):
    """Everything once more, then the stars are given; nothing is public yet."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        return certify_page(request, found(request, pid, 5))

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 5)
        try:
            return once(request, done(request, panel, lambda: awards.certify(panel=panel, by=request.user),
                                      _("Certified at"), "given"))  # fmt: skip
        except Refused as refused:
            return certify_page(request, panel, status=refused.status)


def certify_page(request: HttpRequest, panel: Panel, *, status: int = 200) -> HttpResponse:
    """How many products get how many stars, how many are held or refused, and what still keeps it from that."""
    at = moment(None)
    panel = Panel.objects.for_list().get(pk=panel.pk)
    _template, context, entries = boards.board(request.user, panel, at, {})
    seen = awards.weigh(panel, at=at)
    certified = [seen.stars.get(entry.pk) for entry in seen.decided(DecisionOutcome.CERTIFY)]
    shown = {**frame(request, panel, at, entries), **context}
    shown |= {
        "refusals": condensed([*shown["closed"], *seen.refusals]),
        "by_stars": [(stars, certified.count(stars)) for stars in range(5, 0, -1)],
        "held": [(entry, seen.lines[entry.pk].reason) for entry in seen.decided(DecisionOutcome.HOLD)],
        "refused": [(entry, seen.lines[entry.pk].reason) for entry in seen.decided(DecisionOutcome.REFUSE)],
    }  # fmt: skip
    return render(request, "selection/national_certify.html", shown, status=status)


class Announce(Gated, View):
    """What is certified and not public yet; the central officer publishes it."""

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        return announce_page(request, announcing_round(request, key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        round_ = announcing_round(request, key)

        def act() -> str:
            awards.announce(round_=round_, by=request.user)
            return reverse("selection:round-announce", args=[round_.key])

        try:
            return once(request, act)
        except Refused as refused:
            return announce_page(request, round_, status=refused.status)


def announcing_round(request: HttpRequest, key: str) -> Round:
    """The round, for those whose reach is the whole country; else 404, for who was certified is not public."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user), key=key)
    centre = Area.objects.current().filter(level=Level.CENTRAL)
    get_object_or_404(centre.filter(pk__in=[area.pk for area in centre if reaches(request.user, area)]))
    return round_


def announce_page(request: HttpRequest, round_: Round, *, status: int = 200) -> HttpResponse:
    """The list to announce, by stars, and the announcements made before."""
    at = moment(None)
    waiting = awards.unannounced(round_)
    checks = [rules.may_announce(request.user, at), *awards.announcing_refusals(round_, waiting)]
    made = Announcement.objects.filter(round=round_).prefetch_related("certificates__award").order_by("-number")
    return render(request, "selection/national_announce.html", {
        "round": round_, "sample": round_.is_sample, "rehearsal": round_.kind == RoundKind.REHEARSAL, "at": at,
        "page_obj": Paginator(sorted(waiting, key=lambda award: (-award.total, award.pk)), A_PAGE).get_page(request.GET.get("page")),
        "waiting": len(waiting), "by_stars": stars_of(waiting),
        "refusals": [refusal for refusal in checks if refusal is not None],
        "made": [(one, stars_of([certificate.award for certificate in one.certificates.all()])) for one in made],
        "crumbs": crumbs_of(round_),
    }, status=status)  # fmt: skip


def stars_of(given: list[Award]) -> list[tuple[int, int]]:
    """How many awards have how many stars, most stars first."""
    counts = [award.stars for award in given]
    return [(stars, counts.count(stars)) for stars in range(5, 0, -1)]
