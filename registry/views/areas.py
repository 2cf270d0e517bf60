"""Finding an area by any part of its name: the list below a picker, and the same as a page of its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.forms.areas import Found, find_areas
from registry.levels import Level

NEARNESS = {0: _("In your areas"), 1: _("In your province"), 2: _("Elsewhere")}
WITHOUT_NEARNESS = _("Areas found")


class AreaSearch(View):
    """Areas whose name contains `q`, of one `level` or of all; a fragment for the script, a page for everybody else."""

    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = request.GET.get("level", "")
        level = wanted if wanted in set(Level) else None
        found = find_areas(request.GET.get("q", ""), level, request.user)
        template = "parts/area_options.html" if request.htmx else "registry/area_search.html"
        return render(request, template, {**shown(found), "typed": found.typed, "level": level or ""})


def shown(found: Found) -> dict[str, Any]:
    """What the list of areas shows: groups by nearness, the total, and whether it is capped or cut."""
    groups = [(NEARNESS[near], areas) for near, areas in found.groups]
    if len(groups) == 1 and found.groups[0][0] == 2:
        groups = [(WITHOUT_NEARNESS, groups[0][1])]
    return {"groups": groups, "total": found.total, "capped": found.total > len(found.areas)}
