"""What the filters of lists are made of."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import LookForm
from registry.forms.texts import LineField
from registry.models import Area, User


class FilterForm(LookForm, forms.Form):
    """The form of a filter: a GET form with the look of the others."""


class NameFilter(django_filters.Filter):
    """Any part of a name, by its stored form."""

    field_class = LineField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            lookup_expr="icontains", max_length=250, widget=forms.TextInput(attrs={"type": "search"}), **kwargs
        )


class AreaFilter(django_filters.Filter):
    """Rows of the subtree of an area of any level."""

    field_class = AreaField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(level=None, mine_only=True, label=_("Area"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: Area | None) -> QuerySet[Any]:
        return qs.within(value) if value else qs  # type: ignore[attr-defined]


class ListFilter(django_filters.FilterSet):
    """What every list asks in common: within one of the areas that the user sees."""

    class Meta:
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User) -> None:
        super().__init__(data, queryset)
        self.form.fields["area"].user = user

    @property
    def is_asked(self) -> bool:
        """True when the list is narrowed by anything."""
        return any(self.data.get(name) for name in (*self.form.fields, "area_typed"))
