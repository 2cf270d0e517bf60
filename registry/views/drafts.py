"""Drafts: what is typed goes to the server while it is typed, and waits there for its writer."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import override
from django.views import View

from registry.actions.drafts import days_kept, drop_draft, keep_draft
from registry.models import Draft, User, drafts_of
from registry.paging import page_of
from registry.typed import written
from registry.views.gate import Gated
from registry.worklist.drafts import called

NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "draft_page", "weighed"}
LONGEST_DRAFT = 100_000
ENGLISH = "/en/"


class DraftList(Gated, View):
    """Everything the user began and did not send, the newest first: go on, or throw it away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        page = page_of(drafts_of(request.user), request.GET.get("page"))
        return render(request, "registry/draft_list.html", {
            "page_obj": page, "drafts": [(draft, called(draft.page), written(draft.typed)) for draft in page], "days": days_kept(),
        })


class DraftSave(Gated, View):
    """Takes the fields of a form as they stand, but for what must not be kept; answers with the time of keeping."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        page = page_of_ours(request)
        if page is None:
            return HttpResponseBadRequest()
        left_out = {*NOT_TYPED, *not_kept(page)}
        typed = {name: said(request.POST.getlist(name)) for name in request.POST if name not in left_out}
        if sum(map(letters, [*typed, *typed.values()])) > getattr(view_of(page), "longest_draft", LONGEST_DRAFT):
            return HttpResponseBadRequest()
        now = timezone.now()
        keep_draft(by=request.user, page=page, typed=typed, at=now)
        return render(request, "parts/saved.html", {"saved_at": now})


def said(values: Sequence[str]) -> str | list[str]:
    """One text, or all that were ticked where one name was sent several times."""
    clean = [value.replace("\x00", "") for value in values]
    return clean[-1] if len(clean) == 1 else clean


def letters(value: str | list[str]) -> int:
    return len(value) if isinstance(value, str) else sum(map(len, value))


class DraftDrop(Gated, View):
    """Forgets a draft and opens its page as it was before, or the list of drafts one came from."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("back") == "list":  # of whatever page it was, even one that is no more
            drop_draft(by=request.user, page=request.POST.get("draft_page", "").replace("\x00", ""))
            return HttpResponseRedirect(reverse("registry:draft-list"))
        page = page_of_ours(request)
        if page is None:
            return HttpResponseBadRequest()
        drop_draft(by=request.user, page=page)
        return HttpResponseRedirect(request.POST["draft_page"])  # in the language it was read in


def page_of_ours(request: HttpRequest) -> str | None:
    """The path that the draft belongs to, in whatever language it was read, if it is one whose typing may be kept."""
    page = page_in_thai(request.POST.get("draft_page", ""))
    if len(page) > Draft._meta.get_field("page").max_length or not page.startswith("/") or page.startswith("//"):
        return None
    view = view_of(page)
    return page if view is not None and getattr(view, "keeps_draft", True) else None


def page_in_thai(path: str) -> str:
    """The path without the language in front: a draft is one, in whichever language it is gone on with."""
    return path[len(ENGLISH) - 1 :] if path.startswith(ENGLISH) else path


def view_of(page: str) -> Any:
    """The view class of a path of this site (or its plain function); None when there is none."""
    try:
        with override("th"):
            found = resolve(page).func
    except Resolver404:
        return None
    return getattr(found, "view_class", found)


def not_kept(page: str) -> tuple[str, ...]:
    """The fields of a page's form that hold somebody's personal data: they are never written into a draft."""
    return getattr(view_of(page), "never_kept", ())


def draft_of(user: User, page: str) -> Draft | None:
    return Draft.objects.filter(user=user, page=page_in_thai(page)).first()
