"""Bringing files in: upload, check, the sender's word, progress, result; own files, and all for the centre."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.imports import cancel_file, confirm_file, may_go_on, receive_file, rows_are_good
from registry.forms.imports import ImportForm
from registry.intake.columns import FIELDS
from registry.intake.report import COLUMNS, csv_lines, row_lines, rows_to_correct
from registry.intake.sentences import label
from registry.models import ImportFile, ImportRow, ImportState, Outcome, Question, User
from registry.paging import page_of
from registry.refusal import Refusal, require
from registry.rules import may_import
from registry.views.gate import Gated, once, once_or_form

REASONS = {
    "complete": _("complete"),
    "no_category": _("without a category yet"),
    "same": _("nothing to change"),
    "filled": _("empty fields filled"),
    "differs": _("left as it is, the file says otherwise"),
    "repeated": _("repeated in the file"),
    "name_damaged": _("product name damaged"),
    "place_misspelt": _("place misspelt"),
    "place_several": _("several places fit"),
    "place_contradiction": _("place contradicts itself"),
    "place_authority": _("tambon only by the local authority"),
    "tambon_missing": _("no tambon"),
    "producer_missing": _("no producer"),
    "tambon_and_producer_missing": _("no tambon and no producer"),
    "producer_withheld": _("producer's name left out"),
    "producer_is_seller": _("place of sale in place of the producer"),
    "producer_general": _("producer's name says too little"),
    "producer_damaged": _("producer's name damaged"),
    "producer_similar": _("a producer with nearly this name"),
    "village_differs": _("same name in another village"),
    "product_similar": _("a product with nearly this name"),
    "ended_before": _("ended before"),
    "source_differs": _("says otherwise than before"),
    "name_missing": _("no product name"),
    "area_unknown": _("no such area"),
    "not_your_area": _("outside your areas"),
    "producer_new": _("a producer without products"),
    "producer_unnamed": _("no producer name"),
    "stars_quoted": _("stars quoted"),
    "stars_doubtful": _("several products may have won the stars"),
    "not_in_register": _("no such product in the register"),
    "star_not_read": _("number of stars not understood"),
    "year_missing": _("no year"),
    "live_plant": _("sounds like a live plant"),
    "answered_no": _("looked at before and not taken in"),
}


def seen_by(user: User) -> QuerySet[ImportFile]:
    return ImportFile.objects.visible_to(user).select_related("created_by", "job")


class ImportList(Gated, View):
    """Files, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        may_not = may_import(request.user, timezone.now())
        return render(
            request,
            "registry/import_list.html",
            {
                "page_obj": page_of(seen_by(request.user).order_by("-id"), request.GET.get("page")),
                "refusals": [may_not] if may_not else [],
            },
        )


class ImportNew(Gated, View):
    """Sending a file; nothing is written into the register before the sender has seen what would become of it."""

    def get(self, request: HttpRequest) -> HttpResponse:
        require(may_import(request.user, timezone.now()))
        return render(request, "registry/import_new.html", {"form": ImportForm(), "columns": known_columns()})

    def post(self, request: HttpRequest) -> HttpResponse:
        require(may_import(request.user, timezone.now()))
        too_large = getattr(request, "upload_too_large", False)
        form = ImportForm(request.POST, request.FILES, too_large=too_large)

        def act() -> str:
            content = form.cleaned_data["file"]
            file = receive_file(by=request.user, name=content.name, content=content)
            return reverse("registry:import-show", args=[file.public_id])

        return once_or_form(request, form, act, "registry/import_new.html", {"columns": known_columns()})


def known_columns() -> list[tuple[str, str]]:
    """The heading of each column that is read and one other name for it."""
    return [(thai, others[0]) for field, (thai, others) in FIELDS.items() if field != "question"]


class ImportShow(Gated, View):
    """One file: how far it is, what would become (or became) of its rows, and the sender's word."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        file = get_object_or_404(seen_by(request.user), public_id=public_id)
        rows = file.import_rows.select_related("product", "producer").order_by("number")
        outcome, reason = request.GET.get("outcome", ""), request.GET.get("reason", "")
        if outcome in Outcome.values:
            rows = rows.filter(outcome=outcome)
        if reason in REASONS:
            rows = rows.filter(reason=reason)
        page = page_of(rows, request.GET.get("page"))
        return render(
            request,
            "registry/import_show.html",
            {
                "file": file,
                "job": file.job,
                "groups": _groups(file),
                "page_obj": page,
                "outcome": outcome,
                "reason": reason,
                "narrowed": bool(outcome or reason),
                "blocked": _against(file, request.user),
                "stuck": file.job is None or file.job.state == "failed",
                "ImportState": ImportState,
                "asks": Question.objects.filter(first_row__file=file, answered_at=None).exists()
                if file.state == ImportState.DONE
                else False,
                "sample": file.origin == "sample",
                "columns": _columns(file),
                "not_whole": _not_whole(file),
                "lines": [(row, _changes(row)) for row in page],
            },
        )


def _not_whole(file: ImportFile) -> list[Refusal]:
    """Why the file cannot be taken in as all or none."""
    refusal = rows_are_good(file) if file.state == ImportState.CHECKED else None
    return [refusal] if refusal else []


def _changes(row: ImportRow) -> list[tuple[Any, str, str, bool]]:
    """Field by field what the register says, what the file says, and whether it is taken."""
    return [(label(field), before, after, taken) for field, before, after, taken in row.changes]


def _columns(file: ImportFile) -> list[tuple[str, Any]]:
    """Each heading of the file and what it was read as."""
    cells = (file.table or {}).get("cells", [])
    return [(cell, label(field) if field else "") for cell, field in zip(cells, file.columns or [], strict=False)]


def _against(file: ImportFile, user: User) -> list[Refusal]:
    """Why the rows cannot be taken in by this user now."""
    checks = [may_import(user, timezone.now()), may_go_on(file, ImportState.RUNNING)]
    return [check for check in checks if check is not None]


def _groups(file: ImportFile) -> list[dict[str, Any]]:
    """How many rows came to each outcome, and to each of its reasons, in one query."""
    found = file.import_rows.order_by().values_list("outcome", "reason").annotate(count=Count("pk"))
    reasons: dict[str, list[tuple[str, Any, int]]] = {outcome: [] for outcome in Outcome.values}
    for outcome, reason, count in sorted(found, key=lambda line: -line[2]):
        reasons[outcome].append((reason, REASONS.get(reason, reason), count))
    return [
        {
            "outcome": outcome,
            "label": Outcome(outcome).label,
            "count": sum(count for _r, _l, count in lines),
            "reasons": lines,
        }
        for outcome, lines in reasons.items()
    ]


class ImportConfirm(Gated, View):
    """The sender's word: take the rows in, or leave the file."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        file = get_object_or_404(seen_by(request.user), public_id=public_id)
        answer = request.POST.get("answer")

        def decide() -> str:
            if answer == "cancel":
                cancel_file(by=request.user, file=file)
            else:
                confirm_file(by=request.user, file=file, whole=answer == "whole")
            return reverse("registry:import-show", args=[file.public_id])

        return once(request, decide)


class ImportResult(Gated, View):
    """The report of all rows; or the rows as they came, all (?rows=all) or those that wait and were refused (?rows=correct), to
    correct and send again: rows that are in are known again and not doubled.
    """

    def get(self, request: HttpRequest, public_id: str) -> StreamingHttpResponse:
        file = get_object_or_404(seen_by(request.user), public_id=public_id)
        asked = request.GET.get("rows")
        if asked in ("correct", "all"):
            name = "rows-to-correct" if asked == "correct" else "rows"
            return _download(f"{name}-{file.public_id}.csv", _correctable(file, whole=asked == "all"))
        return _download(f"result-{file.public_id}.csv", csv_lines(COLUMNS, row_lines(file)))


def _correctable(file: ImportFile, *, whole: bool) -> Iterator[str]:
    rows = file.import_rows.order_by("number")
    waiting = rows if whole else rows.filter(outcome__in=[Outcome.QUESTION, Outcome.REFUSED])
    columns = {column for said in waiting.values_list("said", flat=True).iterator() for column in said}
    codes = dict(Question.objects.filter(first_row__file=file).values_list("first_row_id", "public_id"))
    header, rows = rows_to_correct(list(columns), (_line(row, codes) for row in waiting.iterator(chunk_size=2000)))
    return csv_lines(header, rows)


def _line(row: ImportRow, codes: dict[int, str]) -> tuple[dict[str, str], str, str, str]:
    return (
        row.said,
        codes.get(row.pk, ""),
        str(row.get_outcome_display()),
        row.message_en if get_language() == "en" else row.message_th,
    )


def _download(name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    answer = StreamingHttpResponse((line.encode() for line in lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
