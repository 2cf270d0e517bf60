"""The first page after signing in: what waits for me, what I wait for, what is late, and what I am."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views import View

from registry.clock import bangkok_day
from registry.models import Seat, User
from registry.rules import offices_at
from registry.views.gate import Gated
from registry.worklist import Group, Line, lines_for


class Worklist(Gated, View):
    """Lines of every app by whose turn it is, and the offices and seats of the user."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        groups = lines_for(request.user, at)
        return render(request, "registry/worklist_list.html", {
            "today": bangkok_day(at), "sections": sections(groups, bangkok_day(at)),
            "counts": [(group.value, group.label, sum(line.count or 1 for line in groups[group])) for group in SHOWN],
            "offices": offices_at(request.user, at), "seats": seats_at(request.user, at),
            "sample": request.user.origin == "sample",
        })


SHOWN = (Group.MINE, Group.OTHERS, Group.LATE, Group.QUESTION)


def sections(groups: dict[Group, list[Line]], today: date) -> list[dict[str, Any]]:
    """The groups that have lines, each line with its days left and its days over."""
    return [
        {"group": group, "lines": [(line, left := line.days_left(today), -(left or 0)) for line in lines]}
        for group, lines in groups.items() if lines
    ]


def seats_at(user: User, at: datetime) -> list[Seat]:
    """The user's seats in force, with their committees and areas; one query."""
    rows = user.seats.active_on(bangkok_day(at)).select_related("committee__area__parent__parent")
    return list(rows.order_by("committee__area__lft", "id"))
