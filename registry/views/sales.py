"""Telling what producers sold: where and which month, and the grid in which an officer writes it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views import View

from registry import plots
from registry.actions.drafts import drop_draft
from registry.actions.sales import Recorded, record_sales
from registry.clock import bangkok_day, year_be_at
from registry.forms.sales import (
    SalesGridForm,
    SalesPlaceForm,
    cell_name,
    grid_values,
    last_months,
    read_seen,
    seen_name,
)
from registry.models import Area, Producer, Sale, SalesChannel, User, reaches
from registry.paging import page_of
from registry.refusal import Conflict, Refusal, require
from registry.rules import (
    REGISTRARS,
    amount_looks_odd,
    grid_area_fits,
    may_register,
    may_register_somewhere,
    month_has_come,
    offices_at,
    thresholds,
)
from registry.thai import baht_words, month_code, month_words, months_before
from registry.views.gate import Gated
from registry.views.writing import Writing

ROWS_A_PAGE = 25
MONTHS_OFFERED, MONTHS_PLOTTED = 36, 12


def area_within_reach(user: User, code: str) -> Area:
    """The current area of this code, if the user's offices and seats reach it; else there is nothing there (404)."""
    area: Area | None = Area.objects.current().with_path().filter(code=code).first()
    if area is None or not reaches(user, area):
        raise Http404
    return area


def channels_in_use() -> list[SalesChannel]:
    return list(SalesChannel.objects.filter(active=True))


def sellers(user: User, area: Area, month: date) -> QuerySet[Producer]:
    """The producers of `area` that were in the register in `month`, in Thai order."""
    rows = Producer.objects.visible_to(user).within(area).filter(origin=user.origin)
    there = rows.filter(registered_on__lt=months_before(month, -1)).filter(Q(ended_on=None) | Q(ended_on__gte=month))
    return there.select_related("area__parent__parent__parent").order_by("name_sort", "id")


class SalesHome(Gated, View):
    """Which amphoe or tambon and which month; below, how complete the last twelve months are."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        newest = bangkok_day(at).replace(day=1)
        offered = [(month_code(month), said(month)) for month in last_months(newest, MONTHS_OFFERED)]
        form = SalesPlaceForm(request.GET if "month" in request.GET else None, months=offered)
        form.fields["area"].user = request.user
        if form.is_bound and form.is_valid():
            refusal = grid_area_fits(form.cleaned_data["area"])
            if refusal is None:
                where = [form.cleaned_data["area"].code, form.cleaned_data["month"], 1]
                return HttpResponseRedirect(reverse("registry:sales-grid", args=where))
            form.add_error("area", refusal.sentence)
        elif not form.is_bound:
            own = own_areas(request.user, at)
            form.initial = {"area": own[0] if len(own) == 1 else None, "month": month_code(months_before(newest, 1))}
        return render(request, "registry/sales_home.html", {"form": form, **told_lately(request.user, newest, at)})


def own_areas(user: User, at: datetime) -> list[Area]:
    """The areas of the user's offices that record sales."""
    return [held.area for held in offices_at(user, at) if held.office in REGISTRARS]


def told_lately(user: User, newest: date, at: datetime) -> dict[str, Any]:
    """For the last months: how many producers told, of how many, and the sum of it; two queries."""
    months = last_months(newest, MONTHS_PLOTTED)[::-1]
    areas = own_areas(user, at)
    sales = Sale.objects.told().within_any(areas).filter(producer__origin=user.origin, month__gte=months[0])
    counted = sales.values("month").annotate(told=Count("producer", distinct=True), satang=Sum("satang"))
    found = {row["month"]: row for row in counted.order_by()}
    rows = [
        {"month": said(month), "code": month_code(month), "told": found.get(month, {}).get("told", 0),
         "satang": found.get(month, {}).get("satang")}
        for month in months
    ]  # fmt: skip
    places = [month_words(month, get_language() or "th", short=True) for month in months]
    told = plots.Series(gettext("baht"), [None if row["satang"] is None else int(row["satang"]) // 100 for row in rows])
    label = gettext("Sales told in your areas by month, in baht")
    return {"months": rows[::-1], "plot": plots.line(places, [told], label=label) if found else "", "own": areas,
            "closed_year": year_be_at(at) - 1}


def said(month: date) -> str:
    return month_words(month, get_language() or "th")


class SalesGrid(Writing):
    """One page of producers and one month: rows are producers, columns the channels."""

    template_name = "registry/sales_grid.html"
    form_class = SalesGridForm
    called = gettext_lazy("Sales of a month")
    step = 0
    allowed: Sequence[Producer]

    def load(self) -> None:
        self.area = area_within_reach(self.request.user, self.kwargs["code"])
        self.month: date = self.kwargs["month"]
        self.context |= {
            "area": self.area, "month": self.month, "month_said": said(self.month), "month_code": month_code(self.month),
            "sample": self.request.user.origin == "sample",
        }

    def against(self) -> Iterable[Refusal | None]:
        return [
            grid_area_fits(self.area), may_register(self.request.user, self.area, self.at), month_has_come(self.month, self.at),
        ]  # fmt: skip

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        """The form of this page's producers; the page and what is stored are read once."""
        self.page = page_of(sellers(self.request.user, self.area, self.month), str(self.kwargs["page"]), ROWS_A_PAGE)
        producers, channels = list(self.page.object_list), channels_in_use()
        stored = list(Sale.objects.live().filter(month=self.month, producer__in=producers))
        if "initial" in kwargs:
            kwargs["initial"] = grid_values(producers, channels, stored) | kwargs["initial"]
        form = SalesGridForm(
            *args, producers=producers, channels=channels, odd=odd_ones(producers, channels, stored, self.month), **kwargs
        )
        self.context |= {
            "page_obj": self.page, "channels": channels,
            "previous_url": self._url(self.page.number - 1) if self.page.has_previous() else "",
            "next_url": self._url(self.page.number + 1) if self.page.has_next() else "",
        }
        return form

    def _url(self, page: int) -> str:
        return reverse("registry:sales-grid", args=[self.area.code, month_code(self.month), page])

    def _noted(self, form: forms.Form) -> str:
        try:
            recorded = record_sales(by=self.request.user, month=self.month, lines=form.lines(), at=None)
        except Conflict as conflict:
            self.context["conflict"] = both_texts(form, conflict)
            form.data = seen_anew(form, conflict, self.month)
            raise
        drop_draft(by=self.request.user, page=self.request.path)
        messages.success(self.request, summary(recorded))
        return self._url(self.page.number + (1 if "next" in self.request.POST and self.page.has_next() else 0))


def odd_ones(
    producers: Sequence[Producer], channels: Sequence[SalesChannel], stored: Sequence[Sale], month: date
) -> dict[str, Refusal]:
    """The warnings of what is stored, by the name of the cell; two queries."""
    year = Sale.objects.told().filter(producer__in=producers, month__gte=months_before(month, 12), month__lt=month)
    sums = year.values("producer", "channel").annotate(whole=Sum("satang"), count=Count("pk")).order_by()
    usual = {(row["producer"], row["channel"]): int(row["whole"]) // row["count"] for row in sums}
    bounds, told = thresholds(), {(row.producer_id, row.channel_id): row.satang for row in stored}
    found = {
        cell_name(producer, channel): amount_looks_odd(
            told.get((producer.pk, channel.pk)), usual.get((producer.pk, channel.pk)), bounds, producer.name, channel
        )
        for producer in producers
        for channel in channels
    }
    return {name: warning for name, warning in found.items() if warning is not None}


def both_texts(form: forms.Form, conflict: Conflict) -> list[tuple[str, str, str]]:
    """Label, what was typed and what is stored now, for each cell in which somebody else was quicker."""
    return [
        (str(form.fields[name].label), amount_said(yours), amount_said(conflict.theirs[name]))
        for name, yours in conflict.yours.items()
    ]


def amount_said(satang: Any) -> str:
    return gettext("not told") if satang is None else baht_words(satang)


def seen_anew(form: forms.Form, conflict: Conflict, month: date) -> Any:
    """The typed data, with the rows now stored as seen in the cells of the conflict: saving again writes what is typed."""
    data = form.data.copy()
    live = {
        (row.producer_id, row.channel_id): row.pk
        for row in Sale.objects.live().filter(month=month, producer__in=[row.pk for row in form.producers])
    }
    for producer in form.producers:
        seen = read_seen(data.get(seen_name(producer), ""))
        for channel in form.channels:
            if cell_name(producer, channel) in conflict.yours and (producer.pk, channel.pk) in live:
                seen[channel.code] = live[producer.pk, channel.pk]
        data[seen_name(producer)] = " ".join(f"{code}:{row}" for code, row in seen.items())
    return data


def summary(recorded: Recorded) -> str:
    """What was written, in words."""
    if not recorded.changed:
        return gettext("Saved. Nothing was different from what is stored.")
    return gettext("Saved: %(told)s amounts new, %(corrected)s corrected, %(back)s taken back.") % {
        "told": recorded.told, "corrected": recorded.corrected, "back": recorded.taken_back,
    }


