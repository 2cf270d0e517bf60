"""The gate every view passes: who is signed in, forms that act once, refusals said where the form is."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from registry.models import FormKey
from registry.refusal import Refused


class Gated(LoginRequiredMixin):
    """A view for signed-in people; a stranger goes to the login page and comes back. Rows come from `visible_to`."""


def form_key(request: HttpRequest) -> uuid.UUID:
    """The idempotency key the form carried, or a fresh one (then a retry is a new act)."""
    try:
        return uuid.UUID(request.POST.get("form_key", ""))
    except ValueError:
        return uuid.uuid4()


def key_in(request: HttpRequest, name: str) -> str:
    """The short key (a code, a public id) that the address carries under `name`; empty when it carries none."""
    return request.GET.get(name, "").replace("\x00", "")[:20]


def once(request: HttpRequest, act: Callable[[], str]) -> HttpResponse:
    """Runs `act`, which gives the address to go to, exactly once per user and form key; the same key gets the same answer.

    A double click waits for the first one (unique index) and is sent where it went. Refused acts leave no key behind.
    """
    with transaction.atomic():
        row, fresh = FormKey.objects.select_for_update().get_or_create(user=request.user, key=form_key(request))
        if fresh:
            row.answer = act()
            row.save(update_fields=["answer"])
    return redirect(row.answer)


def once_shown(request: HttpRequest, act: Callable[[], Any]) -> Any:
    """Runs `act` once per user and form key and gives its answer, which is stored nowhere; None when the key comes again."""
    with transaction.atomic():
        _row, fresh = FormKey.objects.select_for_update().get_or_create(user=request.user, key=form_key(request))
        return act() if fresh else None


def once_or_form(
    request: HttpRequest, form: BaseForm, act: Callable[[], str], template: str, context: dict[str, Any]
) -> HttpResponse:
    """`once`, or the form again with every refusal beside its field: 422 for what was typed, 403/409 for the rest.

    Nothing typed is lost: the bound form is what the page shows.
    """
    status = 422
    if form.is_valid():
        try:
            return once(request, act)
        except Refused as refused:
            show_refusals(form, refused)
            status = refused.status
    return render(request, template, {**context, "form": form}, status=status)


def show_refusals(form: BaseForm, refused: Refused) -> None:
    """Puts each refusal beside the field it names, or above the form."""
    for refusal in refused.refusals:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page a form meets when its token is missing or stale: says how to go on without losing the typing."""
    return render(request, "403.html", {"stale_form": True}, status=403)
