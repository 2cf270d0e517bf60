"""Lists of offices as files: who holds what, what may be twice, what was written and sent; figures area by area."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.clock import bangkok_day
from registry.exports import desk_lists
from registry.exports.tables import csv_of, xlsx_of
from registry.forms.committees import CommitteeLook
from registry.models import Area, AreaChange, Committee, LapseRule, Seat
from registry.models.quality import QualityCheck
from registry.refusal import require
from registry.rules import may_register_somewhere
from registry.views import batches, imports
from registry.views.committees import committees_seen_by
from registry.views.confirmations import COUNTED, staleness
from registry.views.duplicates import pairs_seen_by
from registry.views.exports import ListFile, Rows, asked, file_of, streamed
from registry.views.gate import Gated
from registry.views.notices import on_desk
from registry.views.officers import narrowed_by
from registry.views.quality import counts_below
from registry.views.sales import area_within_reach


class OfficerFile(ListFile):
    table, home = desk_lists.OFFICERS, "registry:officer-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        return asked(narrowed_by(request, bangkok_day(timezone.now())))


class CommitteeFile(ListFile):
    table, home = desk_lists.COMMITTEES, "registry:committee-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        today = bangkok_day(timezone.now())
        return _committees(request, committees_seen_by(request.user).staffed(today), today)


class MemberFile(ListFile):
    """Who sits today on the committees of the list."""

    table, home = desk_lists.MEMBERS, "registry:committee-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        today = bangkok_day(timezone.now())
        bodies = _committees(request, Committee.objects.visible_to(request.user), today)
        if bodies is None:
            return None
        seats = Seat.objects.active_on(today).filter(committee__in=bodies.order_by().values("pk"))
        seats = seats.select_related("user", "committee__area__parent__parent")
        return seats.order_by("committee__area__lft", "committee__kind", "committee__category__order", "committee_id", "id")


def _committees(request: HttpRequest, seen: QuerySet[Committee], today: date) -> Rows:
    look = CommitteeLook(request.GET, request.user)
    return look.rows(seen, today) if look.is_valid() else None


class AlikeProducerFile(ListFile):
    table, home = desk_lists.pairs(of_products=False), "registry:duplicate-producers"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        require(may_register_somewhere(request.user, timezone.now()))
        return pairs_seen_by(request.user, of_products=False)


class AlikeProductFile(ListFile):
    table, home = desk_lists.pairs(of_products=True), "registry:duplicate-products"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        require(may_register_somewhere(request.user, timezone.now()))
        return pairs_seen_by(request.user, of_products=True)


class SentFile(Gated, View):
    """Letters, mails and messages of one's areas, those of the state that is asked for."""

    def get(self, request: HttpRequest, kind: str) -> StreamingHttpResponse:
        rules = list(LapseRule.objects.all())
        rows = on_desk(request.user, request.GET.get("state", ""), rules)
        return file_of(desk_lists.sent(rules, bangkok_day(timezone.now())), rows, kind)


class SendingFile(ListFile):
    table, home = desk_lists.SENDINGS, "registry:batch-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        return batches.seen_by(request.user)


class ImportsFile(ListFile):
    table, home = desk_lists.IMPORTS, "registry:import-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        return imports.seen_by(request.user).order_by("-id")


class AreaChangeFile(ListFile):
    table, home = desk_lists.AREA_CHANGES, "registry:areachange-list"

    @staticmethod
    def rows(request: HttpRequest) -> Rows:
        return AreaChange.objects.visible_to(request.user)


def figures_file(
    name: str, area: Area, headings: Iterable[Any], lines: Iterable[tuple[Area, list[object]]], kind: str
) -> StreamingHttpResponse:
    """Figures of the areas below `area`, a line for each with its code and both names."""
    heads = [str(words) for words in (_("Area code"), _("Name in Thai"), _("Name in English"), *headings)]
    whole = [[place.code, place.name_th, place.name_en, *cells] for place, cells in lines]
    pieces = xlsx_of(area.long_name, heads, whole, [12, 24, 24]) if kind == "xlsx" else csv_of(heads, whole)
    return streamed(pieces, f"{name}-{area.code}", kind)


class StalenessFile(Gated, View):
    """How current the data are, area by area."""

    def get(self, request: HttpRequest, code: str, kind: str) -> StreamingHttpResponse:
        area = area_within_reach(request.user, code)
        rows = staleness(area, request.user, timezone.now())
        heads = (_("Producers"), _("confirmed"), _("not reached"), _("not asked yet"), _("old"))
        return figures_file("staleness", area, heads, ((row["area"], [row[name] for name in COUNTED]) for row in rows), kind)


class QualityFile(Gated, View):
    """What the data lack, area by area."""

    def get(self, request: HttpRequest, code: str, kind: str) -> StreamingHttpResponse:
        at = timezone.now()
        require(may_register_somewhere(request.user, at))
        area = area_within_reach(request.user, code)
        lines = ((row["area"], [count for _check, count, _url in row["cells"]]) for row in counts_below(area, request.user, at))
        return figures_file("quality", area, QualityCheck.labels, lines, kind)
