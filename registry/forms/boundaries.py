"""Forms of a change of areas, one for each kind, and of the places that a division leaves to be settled."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.actions.boundaries import Orders, read_moves, read_parts
from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm
from registry.forms.texts import LineField
from registry.models import Area, ChangeKind, PlaceQuestion

MOST_LINES = 400
LONGEST_LINES = 40_000
OF_KIND = {
    ChangeKind.RENAME: ("area", "name_th", "name_en"),
    ChangeKind.RECODE: ("area", "code", "moves"),
    ChangeKind.SPLIT: ("area", "parts", "moves", "ends"),
    ChangeKind.MERGE: ("area", "others", "code", "name_th", "name_en", "moves"),
}
ALWAYS = ("on", "gazette", "source_note")


class LinesField(forms.CharField):
    """Several lines, each read by `read`; the error shows the line that cannot be read."""

    widget = forms.Textarea
    default_error_messages = {"unread": _("This line cannot be read: “%(line)s”. Write it like the example.")}

    def __init__(self, *, read: Any, **kwargs: Any) -> None:
        self.read = read
        super().__init__(max_length=LONGEST_LINES, **kwargs)

    def clean(self, value: Any) -> list[Any]:
        lines = super().clean(value).splitlines()[:MOST_LINES]
        try:
            found: list[Any] = self.read(lines)
        except ValueError as odd:
            raise forms.ValidationError(self.error_messages["unread"], "unread", {"line": str(odd)[:80]}) from odd
        return found


class AreaChangeForm(LookForm, forms.Form):
    """What is ordered, from which day and on what ground; only the fields that its kind needs."""

    area = AreaField(level=None, label=_("Which area"), help_text=_("A province, amphoe or tambon of today."))
    others = LineField(label=_("Codes of the others"), max_length=200, help_text=_("One or several codes with spaces between."))
    code = LineField(label=_("New code"), max_length=8, help_text=_("2 figures for a province, 4 for an amphoe, 6 for a tambon."))
    name_th = LineField(label=_("New Thai name"), max_length=120, help_text=_("Without prefix."))
    name_en = LineField(label=_("New English name"), max_length=120)
    parts = LinesField(
        read=read_parts, label=_("Areas that begin"),
        help_text=_("One a line: code, Thai name / English name. Example: 3801 เมืองบึงกาฬ / Mueang Bueng Kan"),
    )
    moves = LinesField(
        read=read_moves, required=False, label=_("New codes of areas below"),
        help_text=_("One a line: old code, new code. Example: 4303 3801. What lies further below follows by itself."),
    )
    ends = forms.BooleanField(required=False, label=_("The divided area ends and does not go on under its code"))
    on = DayField(label=_("Takes effect on"), help_text=_("A day gone by, today or a day to come."))
    gazette = LineField(label=_("Legal reference"), max_length=160, help_text=_("Such as Royal Gazette, volume, part and page."))
    source_note = forms.CharField(
        label=_("Source note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": "2"}),
        help_text=_("Where this was read, and what is not certain."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = ChangeKind(kind)
        wanted = (*OF_KIND[self.kind], *ALWAYS)
        self.fields = {name: self.fields[name] for name in wanted}
        if self.kind == ChangeKind.MERGE:
            self.fields["code"].label = _("Code that all go into")
            self.fields["code"].help_text = _("The code of one of them, or a new one; a new one needs both names.")
            for name in ("name_th", "name_en"):
                self.fields[name].required = False

    @property
    def orders(self) -> Orders:
        """What was typed, as orders."""
        data = self.cleaned_data
        others = data.get("others", "").replace(",", " ").split()
        return Orders.of({
            "kind": self.kind, "areas": [data["area"].code, *others], "keeps": not data.get("ends"),
            **{name: data.get(name, "") for name in ("code", "name_th", "name_en")},
            "parts": data.get("parts", ()), "moves": data.get("moves", ()),
        })

    @property
    def digest(self) -> str:
        """What a preview showed: confirming sends it back, so that nobody confirms what he has not seen."""
        said = [self.orders.kept(), str(self.cleaned_data["on"])]
        return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:32]


class PlacesForm(LookForm, forms.Form):
    """For each open question of a page the parts to choose from; what is not chosen stays open."""

    def __init__(self, *args: Any, questions: Sequence[tuple[PlaceQuestion, Sequence[Area]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = {question.public_id: (question, parts) for question, parts in questions}
        for key, (question, parts) in self.asked.items():
            self.fields[key] = forms.ChoiceField(
                label=_with_village(question), required=False, widget=forms.RadioSelect,
                choices=[(part.code, f"{part.short_name} {part.code}") for part in parts],
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Choose the part for at least one of them."), "nothing")
        return data

    def answers(self) -> dict[PlaceQuestion, Area]:
        return {
            question: next(part for part in parts if part.code == self.cleaned_data[key])
            for key, (question, parts) in self.asked.items()
            if self.cleaned_data.get(key)
        }


def _with_village(question: PlaceQuestion) -> str:
    """The name with the village, by which people know in which part it lies."""
    return " · ".join(filter(None, (question.row.name, question.row.village)))
