"""Fields for Thai text as it is stored: normalised, without what cannot be seen, no longer than the column."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from registry.thai import normalise, paragraphs

LONGEST_STORY = 20_000
TOO_LONG = _("This is %(show_value)s letters long; there is room for %(limit_value)s. Shorten it.")
NULS = _("The text holds a character that cannot be stored. Type it again instead of pasting it.")


class LineField(forms.CharField):
    """One line of text in its stored form."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for validator in self.validators:
            if isinstance(validator, MaxLengthValidator):
                validator.message = TOO_LONG

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if "\x00" in text:
            raise ValidationError(NULS, code="null_characters_not_allowed")
        return self.stored(text)

    def stored(self, text: str) -> str:
        return normalise(text)


class StoryField(LineField):
    """Several paragraphs, each line in its stored form."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": LONGEST_STORY, "required": False, **kwargs})

    def stored(self, text: str) -> str:
        if self.max_length and len(text) > 2 * self.max_length:
            return text  # too long whatever is dropped; the validator says so
        return paragraphs(text)
