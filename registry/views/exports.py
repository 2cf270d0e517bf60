"""Lists of the register as files: the rows of the list, all of them, in its order and with its filters."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View

from registry.clock import bangkok_day, year_be_at
from registry.exports import lists
from registry.exports.tables import Table
from registry.exports.template import template_csv, template_xlsx
from registry.exports.workbook import XLSX
from registry.filters import ConfirmationFilter, ExpiryFilter, ProducerFilter, ProductFilter
from registry.models import Conformity, Registration, RegistrationState, Sale, materials_told
from registry.refusal import require
from registry.rules import grid_area_fits, may_import, may_register, may_register_somewhere
from registry.views import products, questions
from registry.views.gate import Gated
from registry.views.imports import REASONS
from registry.views.producers import product_count, seen_by
from registry.views.sales import area_within_reach, channels_in_use, sellers

Rows = QuerySet[Any] | None  # None: what the list is narrowed by is not understood


class ListFile(Gated, View):
    """One list as CSV or XLSX; a question that the list does not understand leads back to the list, which says why."""

    table: Table
    rows: Callable[[HttpRequest], Rows]
    home = ""

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        rows = type(self).rows(request)
        if rows is None:
            return redirect(f"{reverse(self.home)}?{request.GET.urlencode()}")
        return file_of(self.table, rows, kind)


def file_of(table: Table, rows: QuerySet[Any], kind: str, note: str = "") -> StreamingHttpResponse:
    """The answer that streams the table."""
    name = "-".join(part for part in (table.name, note, bangkok_day(timezone.now()).isoformat()) if part)
    return streamed(table.as_xlsx(rows) if kind == "xlsx" else table.as_csv(rows), name, kind)


def streamed(pieces: Iterator[bytes], name: str, kind: str) -> StreamingHttpResponse:
    """A file that is taken away as it comes to be; nobody on the way keeps it."""
    answer = StreamingHttpResponse(pieces, content_type=XLSX if kind == "xlsx" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def asked(narrowed: Any) -> Rows:
    """The rows of a filter; nothing when it is not understood."""
    rows: QuerySet[Any] = narrowed.rows()
    return rows if narrowed.form.is_valid() else None


class ProducerFile(ListFile):
    table, home = lists.PRODUCERS, "registry:producer-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        found = asked(ProducerFilter(request.GET, seen_by(request.user), request.user))
        return None if found is None else found.annotate(product_count=product_count())


class ProductFile(ListFile):
    table, home = lists.PRODUCTS, "registry:product-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        seen = products.seen_by(request.user).annotate(material_origins=materials_told(OuterRef("pk")))
        return asked(ProductFilter(request.GET, seen, request.user))


class ExpiringFile(ListFile):
    table, home = lists.PAPERS, "registry:expiring-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        seen = Conformity.objects.visible_to(request.user).watched().for_list()
        return asked(ExpiryFilter(request.GET, seen, request.user, bangkok_day(timezone.now())))


class ConfirmFile(ListFile):
    table, home = lists.ASKED, "registry:confirm-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        seen = seen_by(request.user).filter(ended_on=None, origin=request.user.origin)
        return asked(ConfirmationFilter(request.GET, seen, request.user, year_be_at(at)))


class QuestionFile(ListFile):
    table, home = lists.QUESTIONS, "registry:question-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        rows, kind = questions.seen_by(request.user).open(), request.GET.get("kind", "")
        return rows.filter(kind=kind) if kind in REASONS else rows


class RegistrationFile(ListFile):
    table, home = lists.REGISTRATIONS, "registry:registration-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        rows, state = Registration.objects.visible_to(request.user).for_list(), request.GET.get("state", "")
        return rows.filter(state=state) if state in RegistrationState.values else rows


class SalesFile(Gated, View):
    """What the producers of an area told of one month, all pages of the grid in one file."""

    def get(self, request: HttpRequest, code: str, month: date, kind: str) -> HttpResponseBase:
        area = area_within_reach(request.user, code)
        require(grid_area_fits(area), may_register(request.user, area, timezone.now()))
        channels = channels_in_use()
        rows = sellers(request.user, area, month).annotate(
            sold=_sold(month), **{lists.sold_by(one.code): _sold(month, channel=one) for one in channels}
        )
        return file_of(lists.sales(channels), rows, kind, f"{area.code}-{month:%Y-%m}")


def _sold(month: date, **only: Any) -> Subquery:
    """Satang that a producer told for the month; nothing where it told nothing."""
    told = Sale.objects.told().filter(producer=OuterRef("pk"), month=month, **only).order_by()
    return Subquery(told.values("producer").annotate(whole=Sum("satang")).values("whole"))


class ImportTemplate(Gated, View):
    """The table to fill in and send, with the places of the user's offices."""

    def get(self, request: HttpRequest, kind: str) -> HttpResponseBase:
        at = timezone.now()
        require(may_import(request.user, at))
        return streamed(template_xlsx(request.user, at) if kind == "xlsx" else template_csv(), "otop-products", kind)
