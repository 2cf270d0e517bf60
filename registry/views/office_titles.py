"""The titles of offices as papers word them: all of them with an example and a source, and one to be worded otherwise."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.office_titles import word_title
from registry.forms.office_titles import OfficeTitleForm
from registry.history import history_of
from registry.levels import CENTRE_CODE
from registry.models import OfficeTitle, TitlePlace
from registry.refusal import Refusal
from registry.rules.appointments import may_word_titles
from registry.rules.offices import OFFICE_LEVELS
from registry.signature import Titles, office_title
from registry.views.gate import Gated
from registry.views.persons import told
from registry.views.writing import Writing

# a code of each level, so that the example has the prefix of its place
SOMEWHERE = {
    TitlePlace.ANYWHERE: {"province": "46", "amphoe": "4602", "tambon": "460201"},
    TitlePlace.BANGKOK: {"province": "10", "amphoe": "1001", "tambon": "100101"},
}
BLANK = "…"


def example_of(row: OfficeTitle, titles: Titles, language: str) -> str:
    """The title as it stands on a paper, with a blank for the name of the place: พัฒนาการอำเภอ…"""
    level = OFFICE_LEVELS[row.office]
    code = CENTRE_CODE if row.where == TitlePlace.CENTRE else SOMEWHERE[TitlePlace(row.where)][level]
    capital = code == SOMEWHERE[TitlePlace.BANGKOK]["province"]  # there is one place of this kind
    names = ("กรุงเทพมหานคร", "Bangkok") if capital else (BLANK, BLANK)
    return office_title(titles, row.office, level, *names, code, leads=row.leads, language=language)


class TitleList(Gated, View):
    """Every title with an example in both languages and its source; two queries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, titles = OfficeTitle.objects.all(), OfficeTitle.objects.worded()
        return render(request, "registry/title_list.html", {
            "rows": [(row, example_of(row, titles, "th"), example_of(row, titles, "en")) for row in rows],
            "refusals": told([may_word_titles(request.user, timezone.now())]),
        })


class TitleEdit(Writing):
    """Other words for one title; with its history."""

    template_name = "registry/title_form.html"
    form_class = OfficeTitleForm
    called = _("Word the title of an office")
    step = 0

    def load(self) -> None:
        self.row = get_object_or_404(OfficeTitle, public_id=self.kwargs["public_id"])
        titles = OfficeTitle.objects.worded()
        self.context |= {
            "row": self.row, "steps": [], "history": history_of(self.row, titles=titles),
            "examples": [example_of(self.row, titles, language) for language in ("th", "en")],
        }

    def against(self) -> Iterable[Refusal | None]:
        return [may_word_titles(self.request.user, self.at)]

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return OfficeTitleForm(*args, placed=self.row.where != TitlePlace.CENTRE, **kwargs)

    def values(self) -> dict[str, Any]:
        fields = ("title_th", "title_en", "spaced", "source_note_th", "source_note_en", "version")
        return {field: getattr(self.row, field) for field in fields}

    def act(self, data: dict[str, Any]) -> str:
        word_title(by=self.request.user, at=None, title=self.row, **data)
        return reverse("registry:title-list")
