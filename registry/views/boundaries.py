"""Changes of areas: the list, ordering one with its preview, one change, and the places a division leaves to settle."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.boundaries import call_off, change_areas, heirs_of, preview_of, settle_places
from registry.clock import bangkok_day
from registry.forms.boundaries import AreaChangeForm, PlacesForm
from registry.history import history_of
from registry.models import Area, AreaChange, AreaSuccession, ChangeKind, ChangeState, PlaceQuestion, User
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules.boundaries import may_change_areas, still_planned
from registry.views.gate import Gated, once_or_form
from registry.views.writing import Writing

KINDS = [
    (ChangeKind.RENAME, gettext_lazy("Another name"), gettext_lazy("The area stays what it is and is called otherwise.")),
    (ChangeKind.RECODE, gettext_lazy("Another code"), gettext_lazy(
        "The area gets another code, or goes to another amphoe or province with it."
    )),
    (ChangeKind.SPLIT, gettext_lazy("Divide an area"), gettext_lazy("Parts of an area become areas of their own.")),
    (ChangeKind.MERGE, gettext_lazy("Unite areas"), gettext_lazy("Several areas become one.")),
]


class AreaChangeList(Gated, View):
    """Every change of areas, newest first; for the central office the four ways to order one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(AreaChange.objects.visible_to(request.user), request.GET.get("page"))
        codes = {code for row in page for code in row.orders["areas"]}
        names = {area.code: area for area in Area.objects.filter(code__in=codes).with_path().order_by("-valid_to")}
        closed = may_change_areas(request.user, timezone.now())
        return render(request, "registry/areachange_list.html", {
            "page_obj": page, "kinds": KINDS, "refusals": [closed] if closed else [],
            "rows": [(row, [names[code] for code in row.orders["areas"] if code in names]) for row in page],
        })


class AreaChangeNew(Writing):
    """Orders one change: typed, shown with everything it moves, and confirmed as it was shown."""

    template_name = "registry/areachange_form.html"
    step = 0

    def load(self) -> None:
        kind = self.kwargs["kind"]
        if kind not in ChangeKind.values:
            raise Http404
        self.context |= {"steps": [], "kind": kind, "heading": {name: words for name, words, _about in KINDS}[kind]}

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = AreaChangeForm(*args, kind=self.kwargs["kind"], **kwargs)
        form.fields["area"].user = self.request.user
        return form

    def against(self) -> Iterable[Refusal | None]:
        return [may_change_areas(self.request.user, self.at)]

    def post(self, request: HttpRequest, **address: str) -> HttpResponse:
        self.load()
        form = self.form(request.POST)
        closed = may_change_areas(request.user, self.at)
        if closed is not None or not form.is_valid() or request.POST.get("confirm") == form.digest:
            return super().post(request, **address)
        plan, tallies = preview_of(form.orders, form.cleaned_data["on"], self.at)
        problems = list(dict.fromkeys(str(problem) for problem in plan.problems if problem is not None))
        return render(request, self.template_name, {
            **self.context, "form": form, "plan": plan, "tallies": tallies, "problems": problems, "digest": form.digest,
            "to_come": form.cleaned_data["on"] > bangkok_day(self.at),
        }, status=422 if problems else 200)  # fmt: skip

    def act(self, data: dict[str, Any]) -> str:
        form = self.form(self.request.POST)
        form.is_valid()
        change = change_areas(
            by=self.request.user, orders=form.orders, on=data["on"], gazette=data["gazette"], source_note=data["source_note"]
        )
        return reverse("registry:areachange-show", args=[change.public_id])


class AreaChangeShow(Gated, View):
    """One change: its ground, what became of which area, its history; while it waits it can be called off."""

    template = "registry/areachange_show.html"

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return render(request, self.template, self._context(request, public_id, forms.Form()))

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        form = forms.Form(request.POST)
        context = self._context(request, public_id, form)
        change = context["change"]

        def act() -> str:
            call_off(by=request.user, change=change, version=change.version)
            messages.success(request, _("Called off."))
            return reverse("registry:areachange-show", args=[public_id])

        return once_or_form(request, form, act, self.template, context)

    def _context(self, request: HttpRequest, public_id: str, form: forms.Form) -> dict[str, Any]:
        change = get_object_or_404(AreaChange.objects.visible_to(request.user), public_id=public_id)
        links = AreaSuccession.objects.filter(on=change.on, source=change.gazette[:200]).select_related("old", "new")
        closed = [refusal for refusal in (may_change_areas(request.user, timezone.now()), still_planned(change)) if refusal]
        return {
            "change": change, "form": form, "closed": closed, "planned": change.state == ChangeState.PLANNED,
            "links": links.order_by("old__code", "new__code") if change.state == ChangeState.DONE else [],
            "open_places": PlaceQuestion.objects.visible_to(request.user).open().filter(change=change).count(),
            "history": history_of(change),
        }


def open_places(user: User) -> QuerySet[PlaceQuestion]:
    """Questions of place that wait for this user, by area."""
    rows = PlaceQuestion.objects.visible_to(user).open().filter(origin=user.origin)
    return rows.select_related("change", "area__parent__parent", "producer__area", "product__area", "product__producer")


class PlaceList(Gated, View):
    """Producers and products of divided tambons, each with the parts to choose from."""

    template = "registry/place_list.html"
    per_page = 25

    def get(self, request: HttpRequest) -> HttpResponse:
        page, rows = self._rows(request)
        return render(request, self.template, {"page_obj": page, "form": PlacesForm(questions=rows)})

    def post(self, request: HttpRequest) -> HttpResponse:
        page, rows = self._rows(request)
        form = PlacesForm(request.POST, questions=rows)

        def act() -> str:
            settled = settle_places(by=request.user, answers=form.answers())
            messages.success(request, _("Settled: %(count)s.") % {"count": len(settled)})
            return reverse("registry:place-list")

        return once_or_form(request, form, act, self.template, {"page_obj": page})

    def _rows(self, request: HttpRequest) -> tuple[Any, list[tuple[PlaceQuestion, list[Area]]]]:
        page = page_of(open_places(request.user), request.GET.get("page"), self.per_page)
        heirs = heirs_of(list(page))
        return page, [(row, heirs[row.pk]) for row in page]
