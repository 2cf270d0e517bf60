"""The front page: search, stars in force, where they are, what is newest, and how a star comes about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from selection.listed import categories, list_state, stars_rows, with_photos
from selection.loom import STAGES


class HomeShow(View):
    """Everything on it comes from the national list alone."""

    def get(self, request: HttpRequest) -> HttpResponse:
        state = list_state(request.user)
        context = {
            "state": state,
            "sample": state.is_sample,
            "stars_rows": stars_rows(state.by_stars),
            "newest": with_photos(state.newest),
            "stages": STAGES,
            "categories": categories(),
            "measure": _("%(count)s products"),
        }
        return render(request, "selection/home_show.html", context)
