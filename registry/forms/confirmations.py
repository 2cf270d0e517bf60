"""The form of the yearly answer, and what the list of producers to ask can be narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import DayField, LookForm
from registry.forms.producers import VersionField
from registry.models import StillProducing


class ConfirmForm(LookForm, forms.Form):
    """Still producing, no more, or not reached."""

    answer = forms.ChoiceField(
        label=_("Does it still produce?"), choices=StillProducing.choices, widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose one of the three answers.")),
    )
    ended_on = DayField(
        label=_("If no: the day it stopped"), required=False, help_text=_("Leave it empty for today.")
    )
    version = VersionField()
