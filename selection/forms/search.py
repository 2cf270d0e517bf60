"""What a visitor may ask of the catalogue; whatever else stands in the address is passed over and said so."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.thai import to_arabic_digits

LONGEST_QUERY = 4000
ASKED_AGAIN = {"several", "many", "nowhere"}
SHOW = [("expired", _("Expired only")), ("all", _("In force and expired"))]
ORDERS = [("stars", _("Most stars first")), ("newest", _("Newest first")), ("name", _("Name, ก to ฮ"))]


class SearchForm(LookForm, forms.Form):
    """The catalogue's form; a value that is not understood leaves its field out, never the page."""

    @property
    def passes_over(self) -> bool:
        """Whether something in the address was not understood and left out."""
        return any(name != "area" for name in self.errors) or bool(self._refused_area() - ASKED_AGAIN)

    @property
    def asks_place(self) -> bool:
        """Whether the place that was typed has to be chosen from a list or typed anew."""
        return bool(self._refused_area() & ASKED_AGAIN)

    def _refused_area(self) -> set[str]:
        return {str(error.code) for error in self.errors.as_data().get("area", [])}


def tidied(query: QueryDict) -> QueryDict:
    """The query with Thai digits made Arabic in what is chosen from lists, so that ?stars=๕ means 5 stars.

    The whole is cut to a length that no honest address reaches.
    """
    clean = QueryDict(mutable=True)
    for key, values in query.lists():
        clean.setlist(key, [_tidy(key, value) for value in values[:20]])
    return clean


def _tidy(key: str, value: str) -> str:
    short = value[:LONGEST_QUERY].replace("\x00", "")
    return short if key in ("q", "area_typed") else to_arabic_digits(short).strip()
