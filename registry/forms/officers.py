"""Forms of logins and appointments: who, which office where, by which order, from when to when, and for whom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField
from registry.levels import CENTRE_CODE, Level
from registry.models import STANDS_IN, ActingReason, Appointment, AppointmentKind, Area, EndReason, Office, User
from registry.rules.offices import OFFICE_LEVELS

PICK = _("Choose one of the list.")
REASONS = [(one.value, one.label) for one in ActingReason if one != ActingReason.UNSAID]
NAMELESS = {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}


class OfficerForm(LookForm, forms.Form):
    """A new login; its owner sets the password himself."""

    title = LineField(label=_("Title"), max_length=40, required=False, help_text=_("Such as นาย, นาง, ว่าที่ร้อยตรี."))
    name_th = LineField(label=_("Name and family name in Thai"), max_length=120)
    name_en = LineField(label=_("Name and family name in English"), max_length=120, required=False)
    username = LineField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs=NAMELESS),
        help_text=_("Small Latin letters, digits or . _ - such as somchai.j"),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False, error_messages={
        "invalid": _("This is no e-mail address yet. Write it like name@example.go.th, or leave it empty."),
    })  # fmt: skip


class TermForm(LookForm, forms.Form):
    """What an order says: its number and day, from when to when, and the position."""

    order_no = LineField(label=_("Order number"), max_length=60, help_text=_("As it stands on the paper, such as 123/2569."))
    order_on = DayField(label=_("Date of the order"), required=False, help_text=_("Such as 18 กันยายน 2567."))
    starts_on = DayField(label=_("From"), help_text=_("The first day in office."))
    ends_on = DayField(label=_("To"), required=False, help_text=_("The last day in office; empty when the order names none."))
    position = LineField(
        label=_("Own position"), max_length=120, required=False,
        help_text=_("As it stands below a signature, such as นักวิชาการพัฒนาชุมชนชำนาญการ. Empty: the usual title of the office."),
    )


class AppointmentForm(TermForm):
    """An appointment; `givable` are the offices that the one who fills it in may give."""

    user: Any
    office = forms.ChoiceField(label=_("Office"), choices=[], error_messages={"invalid_choice": PICK})
    area = AreaField(level=None, required=False, label=_("Area"), help_text=_("An office of the centre needs none."))
    leads = forms.BooleanField(
        label=_("Heads the office (พัฒนาการอำเภอ, พัฒนาการจังหวัด, อธิบดี)"), required=False,
        help_text=_("One person at a time. Tick it too for somebody who acts for the head."),
    )
    kind = forms.ChoiceField(
        label=_("How it is held"), choices=AppointmentKind.choices, initial="substantive", widget=forms.RadioSelect,
        error_messages={"invalid_choice": PICK},
    )
    reason = forms.ChoiceField(
        label=_("Why somebody else acts"), choices=[("", _("Choose …")), *REASONS], required=False, error_messages={"invalid_choice": PICK},
        help_text=_("For those who act for a holder or in a post."),
    )
    stands_for = LineField(
        label=_("User name of who is stood in for"), max_length=60, required=False, widget=forms.TextInput(attrs=NAMELESS),
        help_text=_("The holder of the office, or who delegates; empty when the post is vacant."),
    )
    stands_as = LineField(
        label=_("Position stood in for"), max_length=160, required=False,
        help_text=_("As the order words it. Empty: the usual title of the office."),
    )

    def __init__(self, *args: Any, givable: Sequence[Office], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].choices = [("", _("Choose …")), *[(one.value, one.label) for one in givable]]
        level = OFFICE_LEVELS.get(self.data.get("office", ""))
        if level not in (None, Level.CENTRAL):
            self.fields["area"].level = level  # of the places of one name, the one where this office stands

    def clean_stands_for(self) -> User | None:
        return named(self.cleaned_data["stands_for"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        office = data.get("office")
        if office and OFFICE_LEVELS[office] == Level.CENTRAL:
            data["area"] = Area.objects.get(code=CENTRE_CODE)
        elif office and not data.get("area") and "area" not in self.errors:
            self.add_error("area", self.fields["area"].error_messages["required"])
        return data


class NamedAppointmentForm(AppointmentForm):
    """The same for somebody who is not in sight yet, such as an officer who comes from another province."""

    username = LineField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs=NAMELESS),
        help_text=_("Ask the officer for it: people of other areas are not listed here."),
    )

    def clean_username(self) -> User | None:
        return named(self.cleaned_data["username"])


def named(username: str) -> User | None:
    """The open login of this whole name; nothing for nothing."""
    if not username:
        return None
    found: User | None = User.objects.filter(username=username.lower(), is_active=True).first()
    if found is None:
        raise forms.ValidationError(
            _("There is no login “%(name)s”. Compare it letter by letter, or make a new login."), "unknown", {"name": username}
        )
    return found


class CorrectionForm(TermForm):
    """A slip in what was recorded of an order; only the fields that the kind of appointment has."""

    reason = forms.ChoiceField(
        label=_("Why somebody else acts"), choices=[one for one in REASONS if one[0] != ActingReason.VACANT],
        error_messages={"invalid_choice": PICK},
    )
    stands_as = LineField(
        label=_("Position stood in for"), max_length=160, required=False,
        help_text=_("As the order words it. Empty: the usual title of the office."),
    )
    version = VersionField()

    def __init__(self, *args: Any, held: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not held.acting:
            del self.fields["stands_as"]
        if held.kind not in STANDS_IN or held.stands_for_id is None:
            del self.fields["reason"]


class EndForm(LookForm, forms.Form):
    """An end before its day."""

    ends_on = DayField(label=_("Last day in office"), help_text=_("This day still counts; rights stop at 24:00."))
    reason = forms.ChoiceField(
        label=_("Why it ends"), choices=[("", _("Choose …")), *EndReason.choices], error_messages={"invalid_choice": PICK}
    )
    order_no = LineField(label=_("Order number"), max_length=60, help_text=_("Of the order that ends it, as it stands on the paper."))
    version = VersionField()


class NewPassword(LookForm, forms.Form):
    """A new password, written twice; whether it is good enough the action says."""

    password = forms.CharField(
        label=_("New password"), strip=False, max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("12 characters or more, not a common one, and not like your name."),
        error_messages={"required": _("Write the new password.")},
    )
    again = forms.CharField(
        label=_("The same once more"), strip=False, max_length=500, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Write the new password once more.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data.pop("again"):
            self.add_error("again", _("The two passwords differ. Write the same one twice."))
        return data


class PasswordForm(NewPassword):
    """The owner of a one-time code sets his password."""

    username = LineField(
        label=_("User name"), max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    code = LineField(label=_("One-time code"), max_length=40, widget=forms.TextInput(attrs={**NAMELESS, "autocapitalize": "characters"}))
    field_order = ("username", "code")


class OwnPasswordForm(NewPassword):
    """Somebody who is signed in changes his password, and proves that it is he by the one he has."""

    old = forms.CharField(
        label=_("The password you have now"), strip=False, max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Write the password you have now.")},
    )
    field_order = ("old",)


class HandoverForm(LookForm, forms.Form):
    """To whom an office is handed over, by which order, on which day."""

    taker = LineField(
        label=_("User name of who follows"), max_length=60, widget=forms.TextInput(attrs=NAMELESS),
        help_text=_("Appointed to the same office already, or from a later day on."),
    )
    order_no = LineField(label=_("Order number"), max_length=60, help_text=_("Of the order by which the office changes hands."))
    held_on = DayField(label=_("Day of the handover"), help_text=_("Such as 18 กันยายน 2567."))

    def clean_taker(self) -> User | None:
        return named(self.cleaned_data["taker"])
