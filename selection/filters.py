"""What the catalogue can be narrowed by: words, stars, category, place, year, and whether the star still holds."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.marks import area_path
from registry.models import Area, Listing, User
from selection.forms.search import ORDERS, SHOW, SearchForm, tidied
from selection.listed import ListState, categories

BOXES = forms.CheckboxSelectMultiple
BY_ORDER = {
    "stars": ("-stars", "name_sort", "pk"),
    "newest": ("-announced_on", "-stars", "name_sort", "pk"),
    "name": ("name_sort", "pk"),
}


def star_choices() -> list[tuple[str, Any]]:
    return [(str(count), _("%(count)s stars") % {"count": count} if count > 1 else _("1 star")) for count in (5, 4, 3, 2, 1)]


def category_choices() -> list[tuple[str, str]]:
    return [(category.code, category.name) for category in categories()]


class PlaceFilter(django_filters.Filter):
    """Rows of the subtree of any area, wherever the visitor belongs."""

    field_class = AreaField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(level=None, label=_("Area"), **kwargs)

    def filter(self, qs: Any, value: Area | None) -> Any:
        return qs.within(value) if value else qs


class ListingFilter(django_filters.FilterSet):
    """The catalogue's filter; give it the state of the list, whose years it offers."""

    q = django_filters.CharFilter(label=_("Product, maker or place"), method="by_words", max_length=1000)
    stars = django_filters.MultipleChoiceFilter(label=_("Stars"), choices=star_choices, widget=BOXES, distinct=False)
    category = django_filters.MultipleChoiceFilter(
        label=_("Category"), field_name="category__code", choices=category_choices, widget=BOXES, distinct=False
    )
    area = PlaceFilter(required=False)
    year = django_filters.MultipleChoiceFilter(
        label=_("Year of the round"), field_name="year_be", widget=BOXES, distinct=False
    )
    show = django_filters.ChoiceFilter(
        label=_("Validity"), method="by_validity", choices=SHOW, empty_label=_("In force"), required=False
    )
    order = django_filters.ChoiceFilter(label=_("Order"), method="keep", choices=ORDERS, empty_label=None, required=False)

    class Meta:
        model = Listing
        form = SearchForm
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, queryset: QuerySet[Listing], *, user: User, state: ListState) -> None:
        super().__init__(tidied(data), queryset)
        self.state = state
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in state.years]
        self.form.fields["area"].user = user

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.matching(value)

    def by_validity(self, rows: Any, _name: str, value: str) -> Any:
        """Expired ones alone or beside the others; those in force are what is shown when nothing is asked."""
        return rows.filter(valid_to__lt=self.state.today) if value == "expired" else rows

    def keep(self, rows: Any, _name: str, _value: str) -> Any:
        return rows

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked and understood, by field."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def chips(self) -> list[dict[str, str]]:
        """The filters in use, each with its words and the key and value that the address holds."""
        asked, found = self.asked, []
        for key in ("stars", "category", "year"):
            words = {str(value): label for value, label in self.form.fields[key].choices}
            found += [{"key": key, "value": value, "words": str(words[value])} for value in asked.get(key, ())]
        if area := asked.get("area"):
            found.append({"key": "area", "value": area.code, "words": area_path(area)})
        if show := asked.get("show"):
            found.append({"key": "show", "value": show, "words": str(dict(SHOW)[show])})
        return found

    @property
    def ordering(self) -> str:
        return str(self.asked.get("order") or "stars")

    def rows(self) -> QuerySet[Listing]:
        """The rows asked for, in the order asked for; none while a typed place is not understood."""
        asked = self.asked
        rows = self.queryset.none() if self.form.asks_place else self.filter_queryset(self.queryset)
        if not asked.get("show"):
            rows = rows.in_force(self.state.today)
        return rows.order_by(*BY_ORDER[self.ordering])
