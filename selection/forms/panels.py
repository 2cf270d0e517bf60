"""What is typed about a panel: convening it, its meeting, who left for what, its word on marks that lie apart."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import DayField, LookForm, WholeField
from registry.forms.texts import LineField, StoryField
from registry.models import Meeting, Seat

LONGEST_REASON = 2000


class ConveneForm(forms.Form):
    """Which body of a round: its stage and area, its category where the stage asks for one, its judges at stage 4."""

    stage = WholeField(least=2, most=5)
    area = forms.CharField(max_length=6, required=False)
    category = forms.SlugField(max_length=20, required=False)
    committee = forms.CharField(max_length=8, required=False)


class MeetingForm(LookForm, forms.Form):
    """The sitting: number, notice, day, place, who was there; what is missing is said where it is settled."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stood = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    number = LineField(label=_("Meeting number"), max_length=20, required=False, help_text=_("as on the agenda, such as 2/2569"))
    notice_on = DayField(label=_("Notice sent on"), required=False)
    held_on = DayField(label=_("Held on"), required=False)
    place = LineField(label=_("Meeting place"), max_length=200, required=False)
    present = forms.MultipleChoiceField(label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple)
    minutes = StoryField(label=_("Minutes"))

    def __init__(self, *args: Any, seats: Iterable[Seat], meeting: Meeting, version: int, stood: str, **kwargs: Any) -> None:
        self.seats = {seat.public_id: seat for seat in seats}
        there = set(meeting.attendances.values_list("seat_id", flat=True))
        initial = {
            "version": version, "stood": stood, "number": meeting.number, "notice_on": meeting.notice_on, "held_on": meeting.held_on,
            "place": meeting.place, "minutes": meeting.minutes,
            "present": [key for key, seat in self.seats.items() if seat.pk in there],
        }  # fmt: skip
        super().__init__(*args, initial=initial, auto_id="id_meeting_%s", **kwargs)
        self.fields["present"].choices = [
            (key, f"{seat.user.full_name} · {seat.get_role_display()}") for key, seat in self.seats.items()
        ]
        self.fields["minutes"].widget.attrs["rows"] = "3"

    def said(self) -> dict[str, Any]:
        """What `record_meeting` takes, but for the version."""
        names = ("number", "notice_on", "held_on", "place", "minutes")
        present = [self.seats[key] for key in self.cleaned_data["present"]]
        return {**{name: self.cleaned_data[name] for name in names}, "present": present}


class RecusalForm(LookForm, forms.Form):
    """Who leaves for which product, and why; a member who does not lead may only leave himself."""

    entry = forms.ChoiceField(label=_("Product"))
    seat = forms.ChoiceField(label=_("Member"))
    reason = LineField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": "2"}),
        error_messages={"required": _("Write why the member leaves for this product.")},
        help_text=_("kinship, shared business or another interest, as section 13 of the Act names them"),
    )  # fmt: skip

    def __init__(self, *args: Any, entries: dict[str, str], seats: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_recusal_%s", **kwargs)
        self.fields["entry"].choices = [("", _("Choose")), *entries.items()]
        self.fields["seat"].choices = list(seats.items()) if len(seats) == 1 else [("", _("Choose")), *seats.items()]


class ReasonForm(LookForm, forms.Form):
    """A reason and nothing else."""

    reason = LineField(label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": "2"}))
