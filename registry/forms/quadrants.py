"""The form of five questions that leads to a quadrant."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm, dress
from registry.forms.texts import LineField
from registry.models import Classification, QuadrantQuestion
from registry.models.quadrants import ANSWERS
from registry.quadrant import items
from registry.rules.quadrants import answers_complete


class ClassificationForm(LookForm, forms.Form):
    """Each question with its items as they are worded today; which may stay open, the action says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questions = {row.number: row for row in QuadrantQuestion.objects.prefetch_related("items")}
        for number, name in enumerate(ANSWERS, 1):
            question = questions[number]
            words = {item.code: item.text for item in question.items.all()}
            self.fields[name] = forms.ChoiceField(
                label=f"{number} {question.text}", required=False, widget=forms.RadioSelect,
                choices=[(code, f"{code} {words.get(code, '')}".strip()) for code in items(number)],
                error_messages={"invalid_choice": _("Choose one of the list.")},
            )
        self.fields["remark"] = LineField(
            label=_("Remark"), max_length=500, required=False, help_text=_("Such as why an answer was corrected.")
        )
        dress("remark", self.fields["remark"].widget)
        self.fields["seen"] = forms.IntegerField(min_value=0, max_value=32767, widget=forms.HiddenInput, required=False)

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for refusal in answers_complete(self.answers):
                self.add_error(refusal.field, refusal.sentence)
        return data

    @property
    def answers(self) -> list[str]:
        return [self.cleaned_data[name] for name in ANSWERS]


def classification_values(newest: Classification | None) -> dict[str, Any]:
    """What the form begins with: the newest answers, to be gone through again."""
    if newest is None:
        return {"seen": 0}
    return {name: getattr(newest, name) for name in ANSWERS} | {"seen": newest.number}
