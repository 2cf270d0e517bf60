"""Notices: what reached me on the site, and the desk on which drafts wait, leave, and come back."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views import View

from registry.actions.notices import (
    approve_notice,
    change_notice,
    found_arrived,
    open_notice,
    send_again,
    withdraw_notice,
)
from registry.clock import bangkok_day
from registry.forms.notices import NoticeForm
from registry.models import (
    Committee,
    LapseRule,
    Notice,
    NoticeKind,
    NoticeState,
    Producer,
    Registration,
    User,
    lapsed_letters,
)
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import may_register_somewhere
from registry.rules.lapse import lapse_of
from registry.rules.notices import can_undergo, may_approve_notice, may_deal_with, not_of_a_sending, way_is_open
from registry.views.gate import Gated, once
from registry.views.writing import Writing

LAPSED = "lapsed"  # beside the states of a notice: letters that count as received though nobody saw them arrive
ABOUT: dict[str, tuple[Any, str]] = {
    "registration": (Registration, "registry:registration-show"), "producer": (Producer, "registry:producer-show"),
    "committee": (Committee, "registry:committee-show"),
}  # fmt: skip
LISTS = {NoticeKind.PAPERS_END: "registry:expiring-list", NoticeKind.STILL_PRODUCING: "registry:confirm-list"}
ACTS: dict[str, Callable[..., Any]] = {
    "approve": approve_notice, "withdraw": withdraw_notice, "again": send_again, "arrived": found_arrived,
}  # fmt: skip


class NoticeList(Gated, View):
    """What reached the user on the site, newest first."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Notice.objects.inbox_of(request.user)
        if request.GET.get("unread"):
            rows = rows.unread()
        page = page_of(rows.order_by("-id"), request.GET.get("page"))
        return render(request, "registry/notice_list.html", {
            "page_obj": page, "officer": may_register_somewhere(request.user, timezone.now()) is None,
            "only_unread": bool(request.GET.get("unread")), "sample": request.user.origin == "sample",
        })


class NoticeDesk(Gated, View):
    """Letters, mails and messages of one's areas by state; the states stand above with their counts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, state = Notice.objects.desk_of(request.user), request.GET.get("state", "")
        rules = list(LapseRule.objects.all())
        counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        states = [(value, words, counts[value]) for value, words in NoticeState.choices if value in counts]
        if (count := lapsed_letters(rows, rules, bangkok_day(timezone.now())).count()) or state == LAPSED:
            states.append((LAPSED, gettext("counts as received by lapse of time"), count))
        page = page_of(on_desk(request.user, state, rules), request.GET.get("page"))
        hold_lapses(page.object_list, rules)
        return render(request, "registry/notice_desk.html", {
            "page_obj": page, "state": state, "states": states, "sample": request.user.origin == "sample",
        })


def on_desk(user: User, state: str, rules: Iterable[LapseRule]) -> QuerySet[Notice]:
    """The desk's rows of one state, all of them where none is asked, newest first."""
    rows = Notice.objects.desk_of(user).for_list().order_by("-id")
    if state == LAPSED:
        lapsed: QuerySet[Notice] = lapsed_letters(rows, rules, bangkok_day(timezone.now()))
        return lapsed
    if state not in NoticeState.values:
        return rows
    return rows.filter(state__in=["failed", "maybe"] if state == "failed" else [state])  # what is in doubt waits for a person as well


def hold_lapses(notices: Iterable[Notice], rules: Iterable[LapseRule] | None = None) -> None:
    """Gives each notice its `lapse` for the page; one query for the rules unless they come along."""
    rules, today = list(LapseRule.objects.all()) if rules is None else rules, bangkok_day(timezone.now())
    for notice in notices:
        vars(notice)["lapse"] = lapse_of(notice, rules, today)


class NoticeShow(Gated, View):
    """One notice. Its recipient opens it by this; an officer of the place sees what became of it and what he can do."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        notice = seen(request.user, public_id)
        mine = notice.user_id == request.user.pk and notice.channel == "in_app"
        if mine and notice.is_unread:
            open_notice(by=request.user, notice=notice)
        at = timezone.now()
        blocked = told(may_deal_with(request.user, notice, at))
        return render(request, "registry/notice_show.html", {
            "notice": notice, "mine": mine, "events": notice.events.select_related("by"), "link": link_of(notice, request.user),
            "blocked": [] if mine else blocked, "possible": [] if mine or blocked else possible(notice),
            "approve_blocked": told(
                may_approve_notice(request.user, notice.area, at), not_of_a_sending(notice), way_is_open(notice.channel, notice.user)
            ), "sample": notice.origin == "sample",
        })


def seen(user: User, public_id: str) -> Notice:
    """The notice, if the user may see it; 404 for the rest."""
    rows = Notice.objects.visible_to(user).for_list().select_related(
        "user", "producer", "committee", "person__producer", "area__parent__parent", "batch", "approved_by", "created_by"
    )
    found: Notice = get_object_or_404(rows, public_id=public_id)
    hold_lapses([found])
    return found


def told(*checks: Refusal | None) -> list[Refusal]:
    return [refusal for refusal in checks if refusal is not None]


def possible(notice: Notice) -> list[str]:
    """What its way and state allow now."""
    acts = ("change", "approve", "print", "deliver", "again", "arrived", "withdraw")
    return [act for act in acts if can_undergo(notice, act) is None and not (act == "change" and not_of_a_sending(notice))]


def link_of(notice: Notice, user: User) -> str:
    """Where the matter of the notice is dealt with: its row, if the user sees that one, or the list for its kind."""
    if notice.about_kind in ABOUT:
        model, name = ABOUT[notice.about_kind]
        if model.objects.visible_to(user).filter(public_id=notice.about).exists():
            return reverse(name, args=[notice.about])
    elif notice.kind in LISTS and notice.user_id == user.pk:
        return reverse(LISTS[NoticeKind(notice.kind)])
    return ""


class NoticeEdit(Writing):
    """Other words for a draft."""

    template_name = "registry/notice_form.html"
    form_class = NoticeForm
    called = gettext_lazy("Words of a notice")
    step = 0

    def load(self) -> None:
        self.row = seen(self.request.user, self.kwargs["public_id"])
        self.context |= {"notice": self.row, "steps": [], "sample": self.row.origin == "sample"}

    def against(self) -> Iterable[Refusal | None]:
        return [
            may_deal_with(self.request.user, self.row, self.at), can_undergo(self.row, "change"), not_of_a_sending(self.row),
        ]

    def values(self) -> dict[str, Any]:
        return {name: getattr(self.row, name) for name in ("language", "title", "words", "reference", "version")}

    def act(self, data: dict[str, Any]) -> str:
        change_notice(by=self.request.user, notice=self.row, **data)
        return reverse("registry:notice-show", args=[self.row.public_id])


class NoticeDo(Gated, View):
    """Approving, withdrawing, sending again, or telling that it arrived: one act of the table, once."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str, act: str) -> HttpResponse:
        if act not in ACTS:
            raise Http404
        notice = seen(request.user, public_id)

        def done() -> str:
            ACTS[act](by=request.user, notice=notice)
            messages.success(request, gettext("Done."))
            return reverse("registry:notice-show", args=[notice.public_id])

        return once(request, done)
