"""The form that asks for a year's figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.thai import parse_year_be


class YearField(forms.CharField):
    """A year in either era and either digits; gives the Buddhist year."""

    default_error_messages = {"invalid": _("“%(value)s” is not a year. Write it like 2569.")}

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        try:
            return parse_year_be(text)
        except ValueError as error:
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"value": text[:20]}
            ) from error


class YearForm(LookForm, forms.Form):
    year = YearField(label=_("Year (B.E.)"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "numeric"}))
