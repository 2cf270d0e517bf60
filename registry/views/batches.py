"""Sendings to many: whom the matter concerns, the first as it will look, all let go at once, and how far they are."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views import View

from registry.actions.batches import JOB, approve_batch, draft_batch, withdraw_batch
from registry.actions.notice_words import words_for
from registry.clock import bangkok_day
from registry.forms.notices import BatchForm
from registry.models import Job, Notice, NoticeBatch, NoticeState, User
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import may_register_somewhere
from registry.rules.notices import batch_is_draft, may_approve_notice, may_deal_with, way_is_open
from registry.views.committee_notices import committees_written_to_by
from registry.views.gate import Gated, once
from registry.views.letters import paper_digits, printed
from registry.views.notices import hold_lapses, told
from registry.views.writing import Writing

PRINTED_AT_ONCE, COMMITTEES_SHOWN = 50, 10
ACTS = {"approve": approve_batch, "withdraw": withdraw_batch}


def seen_by(user: User) -> QuerySet[NoticeBatch]:
    """Sendings to the user's areas, newest first."""
    return NoticeBatch.objects.visible_to(user).select_related("area__parent__parent", "created_by").order_by("-id")


class BatchList(Gated, View):
    """Sendings to one's areas, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "registry/batch_list.html", {
            "page_obj": page_of(seen_by(request.user), request.GET.get("page")), "sample": request.user.origin == "sample",
        })


class BatchNew(Writing):
    """About what, to where, by which way; the answer is the page with the recipients, and nothing has left."""

    template_name = "registry/batch_form.html"
    form_class = BatchForm
    called = gettext_lazy("A sending to many")
    step = 0

    def load(self) -> None:
        bodies = list(committees_written_to_by(self.request.user, self.at)[: COMMITTEES_SHOWN + 1])
        self.context |= {
            "steps": [], "sample": self.request.user.origin == "sample",
            "bodies": bodies[:COMMITTEES_SHOWN], "more_bodies": len(bodies) > COMMITTEES_SHOWN,
        }

    def against(self) -> Iterable[Refusal | None]:
        return [may_register_somewhere(self.request.user, self.at)]

    def values(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", ""), "within_days": 90, "language": "th"}

    def act(self, data: dict[str, Any]) -> str:
        batch = draft_batch(by=self.request.user, **data)
        return reverse("registry:batch-show", args=[batch.public_id])


class BatchShow(Gated, View):
    """One sending: its count, the first as it will look, its recipients, and how far it is."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        batch, at = seen(request, public_id), timezone.now()
        rows = Notice.objects.filter(batch=batch)
        counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        first = rows.exclude(state=NoticeState.WITHDRAWN).for_list().select_related("batch").order_by("id").first()
        left, page = counts.get(NoticeState.DRAFT, 0), page_of(rows.for_list().order_by("id"), request.GET.get("page"))
        hold_lapses(page.object_list)
        without_mail = rows.filter(channel="in_app").select_related("user") if batch.channel == "mail" else ()
        return render(request, "registry/batch_show.html", {
            "batch": batch, "first": first, "first_told": first_words(first) if first else None,
            "page_obj": page, "without_mail": [row.recipient for row in without_mail],
            "blocked": told(may_deal_with(request.user, batch, at)),
            "states": [(words, counts[value]) for value, words in NoticeState.choices if value in counts],
            "draft": batch_is_draft(batch) is None, "sample": batch.origin == "sample",
            "approve_blocked": told(may_approve_notice(request.user, batch.area, at), way_is_open(batch.channel, None)),
            "job": Job.objects.filter(kind=JOB, subject=batch.public_id).order_by("-id").first(), "released": batch.total - left,
            "to_print": counts.get(NoticeState.READY, 0) if batch.channel == "letter" else 0, "at_once": PRINTED_AT_ONCE,
        })


def seen(request: HttpRequest, public_id: str) -> NoticeBatch:
    """The sending, if the user may see it; 404 for the rest."""
    rows = NoticeBatch.objects.visible_to(request.user).select_related("area", "committee", "created_by", "approved_by")
    found: NoticeBatch = get_object_or_404(rows, public_id=public_id)
    return found


def first_words(notice: Notice) -> tuple[str, str] | None:
    """Subject and words of the first notice as they are, or as they will be if it were let go now."""
    told_now = (notice.title, notice.words) if notice.words else words_for(notice, bangkok_day(timezone.now()))
    if told_now is None or notice.channel != "letter" or notice.language != "th":
        return told_now
    return paper_digits(told_now[0]), paper_digits(told_now[1])


class BatchDo(Gated, View):
    """Letting a whole sending go, or giving it up; once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str, act: str) -> HttpResponse:
        if act not in ACTS:
            raise Http404
        batch = seen(request, public_id)

        def done() -> str:
            ACTS[act](by=request.user, batch=batch)
            messages.success(request, gettext("Done."))
            return reverse("registry:batch-show", args=[batch.public_id])

        return once(request, done)


class BatchLetters(Gated, View):
    """The next letters of a sending on paper, each with its code."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        batch = seen(request, public_id)
        rows = Notice.objects.visible_to(request.user).filter(batch=batch, channel="letter", state=NoticeState.READY)
        back = reverse("registry:batch-show", args=[public_id])
        return printed(request, list(rows.order_by("id")[:PRINTED_AT_ONCE]), back)
