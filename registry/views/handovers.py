"""Handing an office over: begun, read, confirmed by both, printed and signed; drafts passed on by their writer's word."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View

from registry.actions.handovers import begin_handover, digest_of, give_over, pass_drafts, take_over
from registry.clock import bangkok_day
from registry.forms.officers import HandoverForm
from registry.handing_over import body_of, drafts_of
from registry.models import Appointment, Handover, User
from registry.refusal import Refusal, require
from registry.rules.handovers import is_given, is_giver, is_taker, may_hand_over, not_taken, still_runs
from registry.views.gate import Gated, once
from registry.views.persons import Unkept, told


def seen_by(user: User) -> QuerySet[Handover]:
    """The handovers a user sees, with the two people and the office."""
    return Handover.objects.visible_to(user).select_related(
        "appointment__user", "appointment__stands_for", "appointment__area__parent__parent__parent", "taker", "record"
    )


class HandoverNew(Unkept):
    """Opens the handover of one office that runs."""

    template_name = "registry/handover_form.html"
    form_class = HandoverForm

    def load(self) -> None:
        rows = Appointment.objects.visible_to(self.request.user).select_related("user", "stands_for", "area__parent__parent__parent")
        self.held = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        self.context["held"] = self.held

    def against(self) -> Iterable[Refusal | None]:
        return [may_hand_over(self.request.user, self.held, self.at), still_runs(self.held, self.at)]

    def values(self) -> dict[str, Any]:
        return {"held_on": self.held.ends_on or bangkok_day(self.at)}

    def act(self, data: dict[str, Any]) -> str:
        made = begin_handover(by=self.request.user, at=None, appointment=self.held, **data)
        return reverse("registry:handover-show", args=[made.public_id])


class HandoverShow(Gated, View):
    """The list as it stands, as the giver fixed it, or as both confirmed it; a sheet of paper to sign."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        at, viewer = timezone.now(), request.user
        row = get_object_or_404(seen_by(viewer), public_id=public_id)
        if viewer.pk != row.taker_id:  # the list may reach further than who merely sees the office
            require(may_hand_over(viewer, row.appointment, at))
        body = standing(row, at)
        words = json.loads(body)
        runs = still_runs(row.appointment, at) if row.taken_at is None else None
        return render(request, "registry/handover_show.html", {
            "handover": row, "held": row.appointment, "words": words, "groups": by_group(words["lines"]), "digest": digest_of(body),
            "held_on": date.fromisoformat(words["held_on"]), "record": getattr(row, "record", None),
            "may_not_give": told([is_giver(viewer, row), not_taken(row), runs]),
            "may_not_take": told([is_taker(viewer, row), not_taken(row), is_given(row)]),
            "drafts": drafts_of(viewer) if viewer.pk == row.appointment.user_id else [],
            "giver_here": viewer.pk == row.appointment.user_id, "sample": row.appointment.origin == "sample",
        })  # fmt: skip


def standing(row: Handover, at: datetime) -> str:
    """The body that is shown: fixed by the giver's word, or drawn now."""
    return row.body or body_of(row, at)


def by_group(lines: list[dict[str, Any]]) -> list[tuple[str, list[tuple[dict[str, Any], date | None]]]]:
    """The lines under their headings, each with its day."""
    return [
        (name, [(line, date.fromisoformat(line["due"]) if line["due"] else None) for line in rows])
        for name, rows in groupby(lines, key=lambda line: str(line["group"]))
    ]


class Confirming(Gated, View):
    """One button of the sheet: one act, then the sheet again."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        row = get_object_or_404(seen_by(request.user), public_id=public_id)

        def act() -> str:
            self.act(row, request.POST.get("shown", ""))
            return reverse("registry:handover-show", args=[public_id])

        return once(request, act)

    def act(self, row: Handover, shown: str) -> None:
        """The one action; `shown` is the digest of the list that was read."""
        raise NotImplementedError


class HandoverGive(Confirming):
    def act(self, row: Handover, shown: str) -> None:
        give_over(by=self.request.user, handover=row, body=body_of(row, timezone.now()), shown=shown)
        messages.success(self.request, gettext("Confirmed. Now the other one reads the list and confirms."))


class HandoverTake(Confirming):
    def act(self, row: Handover, shown: str) -> None:
        take_over(by=self.request.user, handover=row, shown=shown)
        messages.success(self.request, gettext("Confirmed by both and kept as a record."))


class HandoverDrafts(Confirming):
    """The giver's drafts go to the taker."""

    def act(self, row: Handover, shown: str) -> None:
        count = pass_drafts(by=self.request.user, handover=row)
        messages.success(self.request, gettext("Drafts passed on: %(count)s") % {"count": count})
