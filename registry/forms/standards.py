"""The form of a standard that a product holds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import DayField, LookForm
from registry.forms.papers import PaperField
from registry.forms.producers import VersionField
from registry.forms.texts import LineField
from registry.models import Category, Conformity, Standard


class ConformityForm(LookForm, forms.Form):
    """A standard with the number and days of its paper. The last day is proposed by the usual validity, never assumed."""

    standard = forms.ModelChoiceField(
        Standard.objects.all(), label=_("Standard"), to_field_name="code", empty_label=_("Choose …"),
        error_messages={
            "required": _("Choose the standard that the paper is about."),
            "invalid_choice": _("Choose a standard from the list."),
        },
    )
    number = LineField(label=_("Number of the paper"), max_length=60, required=False, help_text=_("As it stands on the paper."))
    valid_from = DayField(label=_("Valid from"), required=False, help_text=_("Such as 18 กันยายน 2567."))
    valid_to = DayField(
        label=_("Valid to"), required=False,
        help_text=_("Left empty, the usual validity of the standard is proposed for you to compare with the paper."),
    )
    no_end = forms.BooleanField(label=_("The paper states no end"), required=False)
    file = PaperField(label=_("The paper itself"), required=False)

    def __init__(self, *args: Any, category: Category | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if category is not None:
            self.fields["standard"].choices = grouped(category)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("valid_from"), data.get("valid_to")
        if first and not last and not data.get("no_end") and "valid_to" not in self.errors and data.get("standard"):
            self._propose_end(data["standard"], first)
        return data

    def _propose_end(self, standard: Standard, first: Any) -> None:
        """Puts the usual last day into the field and asks to compare it with the paper; without one, asks for it."""
        end = standard.usual_end(first)
        if end is None:
            self.add_error("valid_to", _(
                "Write the last day that stands on the paper, or tick below that it states no end."
            ))
            return
        proposed = self.fields["valid_to"].written(end)
        self.data = self.data.copy()
        self.data[self.add_prefix("valid_to")] = proposed
        self.add_error("valid_to", _(
            "%(standard)s is usually valid for %(months)s months, so %(day)s is put in here. Compare it with the paper and save again."
        ) % {"standard": standard.name, "months": standard.validity_months, "day": proposed})


class ConformityChangeForm(ConformityForm):
    """Correcting what is recorded of a paper."""

    version = VersionField()


def grouped(category: Category) -> list[Any]:
    """The standards as choices: first those that are for the category, then the others."""
    fitting = set(Standard.objects.filter(categories=category).values_list("pk", flat=True))
    rows = list(Standard.objects.all())
    groups = [
        (_("For %(category)s") % {"category": category.name}, [(row.code, row.name) for row in rows if row.pk in fitting]),
        (_("Other standards"), [(row.code, row.name) for row in rows if row.pk not in fitting]),
    ]
    return [("", _("Choose …")), *(group for group in groups if group[1])]


def conformity_values(conformity: Conformity) -> dict[str, Any]:
    """What the form of a recorded standard begins with."""
    plain = ("number", "valid_from", "valid_to", "no_end", "version")
    return {field: getattr(conformity, field) for field in plain} | {"standard": conformity.standard.code}
