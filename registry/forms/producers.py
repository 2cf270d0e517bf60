"""The form of a producer, for registering and for correcting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.texts import LineField
from registry.models import Producer, ProducerType
from registry.rules import GREATEST_WHOLE, LONGEST_NAME

CHOOSE_KIND = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the three kinds of producer."))
DAMAGED = dict.fromkeys(
    ("required", "invalid"),
    _("This page was damaged on its way. Open it again; what you typed is kept as a draft."),
)


class VersionField(forms.IntegerField):
    """The version the form was opened with, for a save that never overwrites somebody else's."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(error_messages=DAMAGED)

    def clean(self, value: Any) -> int:
        version: int = super().clean(value)
        if not 0 < version <= GREATEST_WHOLE:
            raise forms.ValidationError(DAMAGED["invalid"], "invalid")
        return version


class ProducerForm(LookForm, forms.Form):
    """Registering a producer."""

    type = forms.ChoiceField(
        label=_("Kind of producer"), choices=ProducerType.choices, widget=forms.RadioSelect, error_messages=CHOOSE_KIND
    )
    name = LineField(
        label=_("Name of the producer"), max_length=LONGEST_NAME,
        help_text=_("As people call it: the group, the shop or the person."),
        error_messages={"required": _("Write the name of the producer.")},
    )
    area = AreaField(label=_("Tambon"), help_text=_("Type a part of the name, Thai or English."))
    village = LineField(label=_("Village"), max_length=120, required=False)
    registered_on = DayField(
        label=_("Registered on"), required=False, help_text=_("Leave it empty for today. Such as 18 กันยายน 2567.")
    )


class ProducerChangeForm(ProducerForm):
    """Correcting a producer; the day of registration stays."""

    registered_on = None
    version = VersionField()


def producer_values(producer: Producer) -> dict[str, Any]:
    """What the form of a stored producer begins with."""
    return {
        "type": producer.type, "name": producer.name, "area": producer.area, "village": producer.village,
        "version": producer.version,
    }


class EndForm(LookForm, forms.Form):
    """The day a producer or product ends."""

    ended_on = DayField(label=_("Ended on"), required=False, help_text=_("Leave it empty for today."))
    version = VersionField()
