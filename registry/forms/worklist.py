"""What the work list is narrowed by: a place and a last day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import LookForm
from registry.models import User, reach

DUES = [
    ("", _("Any day or none")), ("today", _("Today or overdue")), ("week", _("Within 7 days")), ("month", _("Within 30 days")),
    ("none", _("No deadline")),
]  # fmt: skip


class WorklistForm(LookForm, forms.Form):
    """A place of one's own, for whoever has areas, and the days by which things are due."""

    area = AreaField(level=None, mine_only=True, required=False, label=_("Area"))
    due = forms.ChoiceField(
        choices=DUES, required=False, label=_("Deadline"), error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].user = user
        if not reach(user):
            del self.fields["area"]
