"""The form of the title of an office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField

UNSAID = {"required": _("Write where the words come from: the order or rule, or that they are usual and not confirmed.")}


class OfficeTitleForm(LookForm, forms.Form):
    """The words of a title in both languages and where they come from; `placed` says that a place follows."""

    title_th = LineField(
        label=_("Title in Thai"), max_length=100, error_messages={"required": _("Write the title in Thai, without the name of a place.")}
    )
    title_en = LineField(
        label=_("Title in English"), max_length=100,
        error_messages={"required": _("Write the title in English, without the name of a place.")},
    )
    spaced = forms.BooleanField(label=_("In Thai, leave a space between the title and the place"), required=False)
    source_note_th = StoryField(
        label=_("Source, in Thai"), max_length=1000, error_messages=UNSAID, required=True,
        help_text=_("The order or rule the words stand in, or that they are not confirmed."),
    )
    source_note_en = StoryField(label=_("Source, in English"), max_length=1000, required=True, error_messages=UNSAID)
    version = VersionField()

    def __init__(self, *args: Any, placed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not placed:
            del self.fields["spaced"]
