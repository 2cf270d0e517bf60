"""Drafts: what is typed goes to the server while it is typed, and waits there for its writer."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views import View

from registry.actions.drafts import drop_draft, keep_draft
from registry.models import Draft, User
from registry.views.gate import Gated

NOT_TYPED = {"csrfmiddlewaretoken", "form_key", "draft_page"}
LONGEST_DRAFT = 100_000


class DraftSave(Gated, View):
    """Takes the fields of a form as they stand; answers with the time at which they were kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        page = page_of_ours(request)
        typed = {name: request.POST[name].replace("\x00", "") for name in request.POST if name not in NOT_TYPED}
        if page is None or sum(map(len, [*typed, *typed.values()])) > LONGEST_DRAFT:
            return HttpResponseBadRequest()
        now = timezone.now()
        keep_draft(by=request.user, page=page, typed=typed, at=now)
        return render(request, "parts/saved.html", {"saved_at": now})


class DraftDrop(Gated, View):
    """Forgets a draft and opens its page as it was before."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        page = page_of_ours(request)
        if page is None:
            return HttpResponseBadRequest()
        drop_draft(by=request.user, page=page)
        return HttpResponseRedirect(page)


def page_of_ours(request: HttpRequest) -> str | None:
    """The path that the draft belongs to, if it is one of this site's whose typing may be kept."""
    page = request.POST.get("draft_page", "")
    if len(page) > Draft._meta.get_field("page").max_length or not page.startswith("/") or page.startswith("//"):
        return None
    try:
        view = resolve(page).func
    except Resolver404:
        return None
    return page if getattr(getattr(view, "view_class", None), "keeps_draft", True) else None


def draft_of(user: User, page: str) -> Draft | None:
    return Draft.objects.filter(user=user, page=page).first()
