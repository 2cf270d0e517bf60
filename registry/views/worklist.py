"""The first page after signing in: what waits for me, what I wait for, what is late, what I began, and what I am."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from registry.clock import bangkok_day
from registry.forms.worklist import WorklistForm
from registry.models import CommitteeKind, Office, User, keep_reach
from registry.rules import offices_at, seats_at
from registry.views.gate import Gated
from registry.worklist import Due, Group, Line, due_within, lines_for


class Worklist(Gated, View):
    """Lines of every app by whose turn it is, within an area and a time, and the offices and seats of the user."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        look_once(request.user, at)
        form = WorklistForm(request.GET, user=request.user)
        asked = form.cleaned_data if form.is_valid() else {}
        groups, today = lines_for(request.user, at, asked.get("area")), bangkok_day(at)
        if asked.get("due"):
            groups = due_within(groups, Due(asked["due"]), today)
        return render(request, "registry/worklist_list.html", {
            "form": form, "asked": bool(form.errors or any(asked.values())), "within": asked.get("area"),
            "today": today, "sections": sections(groups, today),
            "counts": [(group.value, group.label, len(groups[group])) for group in SHOWN if groups[group] or group in ALWAYS],
            "offices": offices_at(request.user, at), "seats": seats_at(request.user, at),
            "sample": request.user.origin == "sample",
        })


ALWAYS = (Group.MINE, Group.OTHERS, Group.LATE, Group.EXPIRING, Group.QUESTION)
SHOWN = (*ALWAYS, Group.DRAFT)


def look_once(user: User, at: datetime) -> None:
    """Reads offices and seats once for the whole page, and keeps what follows from them: how far the user sees."""
    offices, seats = offices_at(user, at), seats_at(user, at)
    bodies = [seat.committee.area for seat in seats if seat.committee.kind != CommitteeKind.JUDGES]
    places = [held.area for held in offices]
    keep_reach(user, [*places, *bodies], any(held.office == Office.CENTRAL_OFFICER for held in offices), places)


def sections(groups: dict[Group, list[Line]], today: date) -> list[dict[str, Any]]:
    """The groups that have lines, each line with its days left and its days over."""
    return [
        {"group": group, "lines": [(line, left := line.days_left(today), -(left or 0)) for line in lines]}
        for group, lines in groups.items() if lines
    ]
