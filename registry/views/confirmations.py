"""Once a year: who was asked whether they still produce, who was not, and how old the data of each area are."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from registry.actions.confirmations import confirm_producing
from registry.clock import bangkok_day, first_day_of_year_be, year_be_at
from registry.filters import ConfirmationFilter
from registry.forms.confirmations import ConfirmForm
from registry.levels import Level
from registry.models import Area, Confirmation, Producer, StillProducing, User, reaches
from registry.paging import page_of
from registry.refusal import require
from registry.rules import may_register_somewhere, not_answered_yet, thresholds
from registry.views.gate import Gated
from registry.views.producers import ProducerWriting, seen_by
from registry.views.sales import area_within_reach

COUNTED = ("producers", "confirmed", "not_reached", "not_asked", "old")


class ConfirmList(Gated, View):
    """The producers of one's areas by this year's answer; at first those whom nobody has asked."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        year = year_be_at(at)
        rows = seen_by(request.user).filter(ended_on=None, origin=request.user.origin)
        narrowed = ConfirmationFilter(request.GET, rows, request.user, year)
        page = page_of(narrowed.rows(), request.GET.get("page"))
        return render(request, "registry/confirm_list.html", {
            "form": narrowed.form, "asked": narrowed.is_asked, "page_obj": page, "year": year,
            "back": request.GET.urlencode(), "sample": request.user.origin == "sample",
        })


class ProducerConfirm(ProducerWriting):
    """This year's answer of one producer; a no says what ends with it."""

    template_name = "registry/producer_confirm.html"
    form_class = ConfirmForm
    keeps_draft = False

    def load(self) -> None:
        super().load()
        self.year = year_be_at(self.at)
        self.context |= {"year": self.year, "products": self.producer.products.active().order_by("name_sort", "id")[:50]}

    def against(self) -> list[Any]:
        return [*super().against(), not_answered_yet(self.producer, self.year)]

    def values(self) -> dict[str, Any]:
        return {"version": self.producer.version, "answer": self.request.GET.get("answer", "")}

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return ConfirmForm(*args, **kwargs)

    def act(self, data: dict[str, Any]) -> str:
        confirm_producing(by=self.request.user, at=None, producer=self.producer, **data)
        back = QueryDict(self.request.POST.get("back", "")[:200]).urlencode()[:250]  # where on the list one stood
        return f"{reverse('registry:confirm-list')}?{back}".rstrip("?")


class Staleness(Gated, View):
    """How current the data are, area by area down the tree."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        area, at = area_within_reach(request.user, code), timezone.now()
        rows = staleness(area, request.user, at)
        return render(request, "registry/staleness_show.html", {
            "area": area, "rows": rows, "whole": _whole(rows), "year": year_be_at(at),
            "days": thresholds().get("stale_days", 365), "sample": request.user.origin == "sample",
            "above": area.parent if area.parent is not None and reaches(request.user, area.parent) else None,
        })


def staleness(area: Area, user: User, at: datetime) -> list[dict[str, Any]]:
    """Counts for each area below `area` (for a tambon: itself), zeros included; two queries at any size."""
    level = Level(area.level)
    steps = max(Level.TAMBON.rank - level.rank - 1, 0)
    key = "area" + "__parent" * steps + "__code"
    counted = _counted(area, user).values(key).annotate(**_counts(at)).order_by()
    found = {row[key]: row for row in counted}
    below = Area.objects.current()
    places = below.filter(pk=area.pk) if level == Level.TAMBON else below.filter(parent=area)
    none = dict.fromkeys(COUNTED, 0)
    return [{**none, **found.get(place.code, {}), "area": place} for place in places.order_by("name_sort", "code")]


def _counted(area: Area, user: User) -> QuerySet[Producer]:
    return Producer.objects.active().within(area).filter(origin=user.origin)


def _counts(at: datetime) -> dict[str, Count]:
    year, day = year_be_at(at), bangkok_day(at)
    this_year = Confirmation.objects.filter(producer=OuterRef("pk"), year_be=year)
    oldest = at - timedelta(days=thresholds().get("stale_days", 365))
    lately = Confirmation.objects.filter(producer=OuterRef("pk"), answer=StillProducing.YES, at__gte=oldest)
    yes, tried = Exists(this_year.filter(answer=StillProducing.YES)), Exists(this_year)
    known = Q(registered_on__gte=first_day_of_year_be(year))
    fresh = Q(registered_on__gte=bangkok_day(oldest), registered_on__lte=day)
    return {
        "producers": Count("pk"), "confirmed": Count("pk", filter=Q(yes)),
        "not_reached": Count("pk", filter=Q(tried) & ~Q(yes)), "not_asked": Count("pk", filter=~Q(tried) & ~known),
        "old": Count("pk", filter=~Q(Exists(lately)) & ~fresh),
    }


def _whole(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {name: sum(row[name] for row in rows) for name in COUNTED}
