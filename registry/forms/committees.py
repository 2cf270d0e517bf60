"""Forms of committees: a new one, a seat and its last day, and what the list is narrowed by."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.officers import NAMELESS, PICK, named
from registry.forms.producers import VersionField
from registry.forms.texts import LineField
from registry.levels import CENTRE_CODE, Level
from registry.models import Area, Category, Committee, CommitteeKind, SeatRole, User
from registry.rules.offices import COMMITTEE_LEVELS

WHY = _("Write in a few words why, such as the order that says so or the slip that was made.")


class CommitteeForm(LookForm, forms.Form):
    """A new committee; `kinds` are those that the one who fills it in may make, `central` says that he sits at the centre."""

    kind = forms.ChoiceField(label=_("Kind of committee"), choices=[], error_messages={"invalid_choice": PICK})
    area = AreaField(level=None, required=False, label=_("Area"), help_text=_("A committee of the centre needs none."))
    category = forms.ModelChoiceField(
        queryset=Category.objects.all(), to_field_name="code", required=False, label=_("Category"),
        empty_label=_("Not for one category"), help_text=_("Only for a group of judges."), error_messages={"invalid_choice": PICK},
    )
    name_th = LineField(
        label=_("Name in Thai"), max_length=200, help_text=_("As the order of appointment has it, such as คณะกรรมการ นตผ. อำเภอนามน."),
    )
    name_en = LineField(label=_("Name in English"), max_length=200, required=False)

    def __init__(self, *args: Any, kinds: Sequence[CommitteeKind], central: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.central = central
        self.fields["kind"].choices = [("", _("Choose …")), *[(one.value, one.label) for one in kinds]]
        if not central:
            self.fields["area"].required, self.fields["area"].help_text = True, ""
        level = COMMITTEE_LEVELS.get(self.data.get("kind", ""))
        if level not in (None, Level.CENTRAL) and not self.data.get("area"):
            self.fields["area"].level = level  # of the places of one name, the one that has such a committee

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind = data.get("kind")
        at_centre = COMMITTEE_LEVELS.get(kind or "") == Level.CENTRAL
        if at_centre or (kind == CommitteeKind.JUDGES and self.central and not data.get("area") and "area" not in self.errors):
            data["area"] = Area.objects.get(code=CENTRE_CODE)
        elif kind and not data.get("area") and "area" not in self.errors:
            self.add_error("area", self.fields["area"].error_messages["required"])
        return data


class SeatForm(LookForm, forms.Form):
    """Who sits, in which role, from when to when."""

    user = LineField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={**NAMELESS, "list": "people-known"}),
        help_text=_("Of a login that is there; people of your areas are offered as you type."),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=SeatRole.choices, initial=SeatRole.MEMBER, widget=forms.RadioSelect,
        error_messages={"invalid_choice": PICK},
    )
    starts_on = DayField(label=_("From"), help_text=_("The first day on the committee, as the order has it."))
    ends_on = DayField(label=_("To"), required=False, help_text=_("The last day on the committee; empty when the order names none."))

    def clean_user(self) -> User | None:
        return named(self.cleaned_data["user"])


class SeatEndForm(LookForm, forms.Form):
    """The last day of a seat."""

    ends_on = DayField(label=_("Last day on the committee"), help_text=_("This day still counts; rights stop at 24:00."))
    version = VersionField()


class TakeBackForm(LookForm, forms.Form):
    """Why a seat or an appointment is taken back before its first day."""

    reason = LineField(
        label=_("Why it does not come about"), max_length=300,
        help_text=_("Such as the order that revokes it, or that it was recorded by mistake."), error_messages={"required": WHY},
    )
    version = VersionField()


class CommitteeNameForm(LookForm, forms.Form):
    """The right name of a committee, and why it is another."""

    name_th = LineField(label=_("Name in Thai"), max_length=200, help_text=_("As the order of appointment has it."))
    name_en = LineField(label=_("Name in English"), max_length=200, required=False)
    reason = LineField(
        label=_("Why the name is corrected"), max_length=300,
        help_text=_("Such as the order with the right name, or the slip that was made."), error_messages={"required": WHY},
    )
    version = VersionField()


class CommitteeLook(LookForm, forms.Form):
    """What the list of committees is narrowed by."""

    name = LineField(label=_("Part of the name"), max_length=200, required=False, widget=forms.TextInput(attrs={"type": "search"}))
    kind = forms.ChoiceField(
        label=_("Kind of committee"), required=False, choices=[("", _("Any kind of committee")), *CommitteeKind.choices],
        error_messages={"invalid_choice": PICK},
    )
    area = AreaField(level=None, mine_only=True, required=False, label=_("Area"))
    lacks = forms.ChoiceField(
        label=_("What is missing"), required=False, error_messages={"invalid_choice": PICK},
        choices=[("", _("Anything or nothing")), ("chair", _("Without a chair")), ("secretary", _("Without a secretary"))],
    )

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        self.fields["area"].user = user

    @property
    def is_asked(self) -> bool:
        """True when the list is narrowed by anything."""
        return any(self.data.get(name) for name in (*self.fields, "area_typed"))

    def rows(self, seen: Any, today: date) -> QuerySet[Committee]:
        """Those of `seen` that are asked for, down the tree; none when what was asked is not understood."""
        if not self.is_valid():
            found: QuerySet[Committee] = seen.none()
            return found
        said = self.cleaned_data
        rows = seen.within(said["area"]) if said["area"] else seen
        rows = rows.lacking(said["lacks"], today) if said["lacks"] else rows
        rows = rows.called(said["name"]) if said["name"] else rows
        found = rows.filter(Q(kind=said["kind"]) if said["kind"] else Q())
        return found.order_by("area__lft", "kind", "category__order", "id")
