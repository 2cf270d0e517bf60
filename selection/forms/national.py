"""What the national committee says of one product."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm
from registry.forms.texts import LineField
from selection.models import DecisionLine, DecisionOutcome, Entry

LONGEST_REASON = 2000


class DecisionForm(LookForm, forms.Form):
    """Certify, hold or refuse; the last two with a reason. `version` is that of the line, 0 when there is none yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)
    outcome = forms.ChoiceField(label=_("Decision"), choices=DecisionOutcome.choices, widget=forms.RadioSelect)
    reason = LineField(
        label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("needed unless the product is certified"),
    )  # fmt: skip

    def __init__(self, *args: Any, entry: Entry, line: DecisionLine | None, **kwargs: Any) -> None:
        self.entry, self.line = entry, line
        initial = {"version": line.version if line else 0, "outcome": line.outcome if line else DecisionOutcome.CERTIFY,
                   "reason": line.reason if line else ""}  # fmt: skip
        super().__init__(*args, initial=initial, auto_id=f"id_{entry.public_id}_%s", **kwargs)
