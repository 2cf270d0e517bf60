"""Yearly statistics for everyone; a central officer starts the counting."""

import csv
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from registry import plots
from registry.models import Job
from registry.views.gate import once_or_form
from selection import rules
from selection.actions.reports import KIND, ask_for_report
from selection.forms.reports import YearForm
from selection.models import Figure, YearlyReport
from selection.report_tables import MEASURES, Names, rows_of, split_of, value_of, xlsx_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def latest(request: HttpRequest) -> dict[int, YearlyReport]:
    """The newest edition of each year, of one origin: real figures, or samples while there is nothing real."""
    rows = YearlyReport.objects.visible_to(request.user).order_by("year_be", "edition").defer("body")
    found: dict[str, dict[int, YearlyReport]] = {"real": {}, "sample": {}}
    for row in rows:
        found[row.origin][row.year_be] = row
    real_data = Figure.objects.filter(
        report__in=[row.pk for row in found["real"].values()], measure="products", split="", value__gt=0
    ).exists()
    asked = request.GET.get("origin")
    chosen = asked if asked in found else "real" if real_data or not found["sample"] else "sample"
    return found[chosen]


class ReportList(View):
    """The years that were counted, newest first, and for a central officer the form that counts one."""

    template = "selection/report_list.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, self.template, self.context(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.path)
        form = YearForm(request.POST)

        def act() -> str:
            ask_for_report(year_be=form.cleaned_data["year"], by=request.user)
            return reverse("selection:report-list")

        return once_or_form(request, form, act, self.template, self.context(request))

    def context(self, request: HttpRequest) -> dict[str, Any]:
        reports = latest(request)
        wholes = {
            (row.report_id, row.measure): row.value
            for row in Figure.objects.filter(report__in=[row.pk for row in reports.values()], split="")
        }
        may_count = request.user.is_authenticated and rules.may_run_rounds(request.user, timezone.now()) is None
        return {
            "rows": [
                {"report": report, "values": [wholes.get((report.pk, measure), 0) for measure in MEASURES]}
                for report in sorted(reports.values(), key=lambda row: -row.year_be)
            ],
            "measures": MEASURES.values(),
            "may_count": may_count,
            "sample": any(row.origin == "sample" for row in reports.values()),
            "form": YearForm(initial={"year": timezone.localdate().year + 543}),
            "jobs": Job.objects.filter(kind=KIND).order_by("-pk")[:3] if may_count else [],
            "counting": may_count and Job.objects.open().filter(kind=KIND).exists(),
        }


class ReportShow(View):
    """One year: its figures in two plots and tables, with what they are counted from."""

    def get(self, request: HttpRequest, year: str) -> HttpResponse:
        report, figures = found(request, int(year))
        names = Names(report.year_be)
        provinces = split_of(figures, "stars", "province")
        before = (
            YearlyReport.objects.filter(year_be=report.year_be - 1, origin=report.origin).order_by("-edition").first()
        )
        then = split_of(before.figures.all(), "stars", "stars") if before else {}
        return render(
            request,
            "selection/report_show.html",
            {
                "report": report,
                "sample": report.origin == "sample",
                "star_plot": star_plot(split_of(figures, "stars", "stars"), then, report.year_be),
                "category_plot": category_plot(split_of(figures, "products", "category"), names),
                "provinces": provinces,
                "top": top_provinces(provinces, names),
                "wholes": [(label, value_of(figures, key)) for key, label in MEASURES.items()],
                "tables": tables(figures, names),
                "editions": YearlyReport.objects.filter(year_be=report.year_be, origin=report.origin).defer("body"),
            },
        )


def top_provinces(values: dict[str, int], names: Names) -> list[tuple[str, str, int]]:
    """The ten provinces with the most, as code, name and number."""
    ordered = sorted(values.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
    return [(code, names.of("province", code), value) for code, value in ordered]


def found(request: HttpRequest, year: str) -> tuple[YearlyReport, list[Figure]]:
    """The newest edition of a year with its figures, or 404."""
    report = latest(request).get(year)
    if report is None:
        raise Http404
    return report, list(report.figures.all())


def star_plot(stars: dict[str, int], before: dict[str, int], year: int) -> str:
    """Stars given, 5 to 1, with the year before as a tick where there is one."""
    bars = [
        plots.Bar(
            _("%(count)s stars") % {"count": count},
            stars.get(str(count), 0),
            before.get(str(count)) if before else None,
        )
        for count in range(5, 0, -1)
    ]
    return plots.bars(
        bars, label=_("Stars given in %(year)s") % {"year": year}, was=str(year - 1) if before else "", kind="star"
    )


def category_plot(products: dict[str, int], names: Names) -> str:
    """Products in the register by category."""
    bars = [
        plots.Bar(names.of("category", key), value)
        for key, value in sorted(products.items(), key=lambda pair: -pair[1])
    ]
    return plots.bars(bars, label=_("Products in the register, by category"), was="", kind="kram")


def tables(figures: list[Figure], names: Names) -> list[dict[str, Any]]:
    """One table per measure and simple split, largest first."""
    wanted = [
        ("stars", "category"),
        ("entries", "stage"),
        ("producers", "type"),
        ("products", "province"),
        ("stars", "province"),
    ]
    return [
        {
            "title": MEASURES[measure],
            "split": split,
            "rows": sorted(
                ((names.of(split, key), value) for key, value in split_of(figures, measure, split).items()),
                key=lambda pair: -pair[1],
            ),
        }
        for measure, split in wanted
    ]


class ReportFile(View):
    """The whole report as XLSX or CSV."""

    def get(self, request: HttpRequest, year: str, kind: str) -> HttpResponse:
        report, figures = found(request, int(year))
        rows = list(rows_of(figures, Names(report.year_be)))
        name = f"otop-{report.year_be}-{report.origin}-{report.edition}.{kind}"
        if kind == "xlsx":
            response = HttpResponse(xlsx_of(report, rows), content_type=XLSX)
        else:
            response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
            writer = csv.writer(response)
            writer.writerow(["year_be", "origin", "edition", "measure", "split", "key", "label", "value"])
            writer.writerows(
                [report.year_be, report.origin, report.edition, row.measure, row.split, row.key, row.label, row.value]
                for row in rows
            )
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
