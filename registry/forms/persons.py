"""The forms about a person of a producer: stored values never come back into a field, only what was typed just now."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import DayField, LookForm
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import SEALED, ConsentKind, ConsentWay, Person, PersonRole, ReadReason
from registry.rules import LONGEST_ADDRESS, LONGEST_PART, LONGEST_WORDS

LABELS = {
    "first_name": _("Given name"), "last_name": _("Family name"), "national_id": _("National ID"),
    "phone": _("Telephone"), "address": _("Address"),
}  # fmt: skip
UNSEEN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
CHOOSE_ONE = dict.fromkeys(("required", "invalid_choice"), _("Choose one of the list."))
WHAT_FOR = _("Such as the number of the request or order. These words are kept for ever: write no names and no numbers of people.")


class NumberLine(LineField):
    """A line of digits that the browser neither remembers nor corrects; kept as typed until the rules read it."""

    widget = forms.TextInput(attrs={**UNSEEN, "inputmode": "numeric"})


class RadioField(forms.ChoiceField):
    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"error_messages": CHOOSE_ONE, **kwargs})


class PersonForm(LookForm, forms.Form):
    """Recording a person."""

    role = RadioField(label=_("Role"), choices=PersonRole.choices)
    title = LineField(label=_("Title"), max_length=40, required=False, help_text=_("Such as นาง, นาย, นางสาว."))
    first_name = LineField(
        label=LABELS["first_name"], max_length=LONGEST_PART, widget=forms.TextInput(attrs=UNSEEN),
        error_messages={"required": _("Write the given name of the person.")},
    )
    last_name = LineField(
        label=LABELS["last_name"], max_length=LONGEST_PART, required=False, widget=forms.TextInput(attrs=UNSEEN)
    )
    national_id = NumberLine(
        label=LABELS["national_id"], max_length=40, required=False,
        help_text=_("13 digits. Take it only where the registration asks for it; a copy of the card is not needed."),
    )
    phone = NumberLine(label=LABELS["phone"], max_length=40, required=False, help_text=_("Such as 081-234-5678."))
    address = StoryField(
        label=LABELS["address"], max_length=LONGEST_ADDRESS, widget=forms.Textarea(attrs={**UNSEEN, "rows": "2"}),
        help_text=_("Where letters reach the person, if that is not the place of the producer."),
    )


class PersonChangeForm(PersonForm):
    """Correcting a person: an empty field keeps what is recorded; what is to go is ticked."""

    first_name = LineField(
        label=LABELS["first_name"], max_length=LONGEST_PART, required=False, widget=forms.TextInput(attrs=UNSEEN)
    )
    drop = forms.MultipleChoiceField(
        label=_("Take out of the record"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(field, LABELS[field]) for field in SEALED if field != "first_name"],
        error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), CHOOSE_ONE["required"]),
    )
    left_on = DayField(
        label=_("Left the producer on"), required=False,
        help_text=_("From this day on the person is no longer named in public, and the term of keeping runs."),
    )
    version = VersionField()

    def show_recorded(self, person: Person) -> None:
        """Says beside each field what is recorded, masked; stored values do not come back into the fields."""
        masked = person.masked
        for field in SEALED:
            self.fields[field].help_text = recorded(masked[field]) if masked[field] else _("Nothing is recorded.")
        if not self.is_bound:  # what was ticked on a page opened earlier is no fault
            self.fields["drop"].choices = [
                (field, LABELS[field]) for field in SEALED if field != "first_name" and getattr(person, field)
            ]


def _recorded(masked: str) -> str:
    return gettext("Recorded: %(masked)s. Leave the field empty to keep it.") % {"masked": masked}


recorded = lazy(_recorded, str)


def person_values(person: Person) -> dict[str, Any]:
    """What the form of a stored person begins with: nothing that is sealed."""
    return {"role": person.role, "title": person.title, "left_on": person.left_on, "version": person.version}


class ConsentForm(LookForm, forms.Form):
    """A person agrees to be public in name or number."""

    kind = RadioField(label=_("What may be public"), choices=ConsentKind.choices)
    way = RadioField(label=_("Given by"), choices=ConsentWay.choices)
    paper = LineField(
        label=_("Paper or words"), max_length=120,
        help_text=_("The number and day of the paper, or when and where it was said. Write no names and no numbers of people."),
        error_messages={"required": _("Write by which paper or words the consent was given.")},
    )
    given_on = DayField(label=_("Given on"), required=False, help_text=_("Leave it empty for today."))


class WithdrawForm(LookForm, forms.Form):
    """The day a consent is taken back."""

    withdrawn_on = DayField(label=_("Withdrawn on"), required=False, help_text=_("Leave it empty for today."))


class WordsField(LineField):
    """What for, in a person's own words."""

    def __init__(self) -> None:
        super().__init__(
            label=_("In your own words"), max_length=LONGEST_WORDS, help_text=WHAT_FOR, widget=forms.TextInput(attrs=UNSEEN),
            error_messages={"required": _("Write in a few words what for.")},
        )


class RevealForm(LookForm, forms.Form):
    """Which values to unmask, and why."""

    fields_asked = forms.MultipleChoiceField(
        label=_("What you need to see"), widget=forms.CheckboxSelectMultiple, choices=[],
        error_messages={"required": _("Choose at least one thing."), "invalid_choice": CHOOSE_ONE["required"]},
    )
    reason = RadioField(label=_("Why"), choices=ReadReason.choices)
    words = WordsField()

    def show_recorded(self, person: Person) -> None:
        """Only what is recorded can be asked for."""
        self.fields["fields_asked"].choices = [(field, LABELS[field]) for field in SEALED if getattr(person, field)]


class CopyForm(LookForm, forms.Form):
    """The access copy: as a page to print or a file."""

    words = WordsField()
    kind = RadioField(label=_("As"), choices=[("page", _("A page to print")), ("json", _("A file (JSON)"))], initial="page")


class EraseForm(LookForm, forms.Form):
    """Why the data are erased."""

    words = WordsField()
    sure = forms.BooleanField(
        label=_("I have told the person, or whoever asks, that erased data cannot be brought back."),
        error_messages={"required": _("Tick this when you have told it.")},
    )
    version = VersionField()


class LookupForm(LookForm, forms.Form):
    """Finding producers by the number of a person."""

    field = RadioField(
        label=_("Search by"), choices=[("phone", LABELS["phone"]), ("national_id", LABELS["national_id"])], initial="phone"
    )
    number = NumberLine(
        label=_("Number to find"), max_length=40, error_messages={"required": _("Write the number.")},
        help_text=_("The whole number, in Thai or Arabic digits, with or without hyphens."),
    )
