"""What a committee types at stages 2 and 3: places with reasons, its choice at the edge, lines of support."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import LookForm, WholeField
from registry.forms.texts import LineField
from selection.models import Entry, RankLine
from selection.tally import places_from_order

LONGEST_REASON = 2000
MOST_BAHT = 10**12
WAYS = ("up", "down")


class OrderLineForm(LookForm, forms.Form):
    """One product's place and reason; why it stands above one with better marks, where it does."""

    place = WholeField(label=_("Rank"), least=1, most=9999, required=False, max_length=8)
    reason = LineField(label=_("Reason"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": "1"}))
    edge_reason = LineField(
        label=_("Why the committee departs from the marks"), max_length=LONGEST_REASON, required=False,
        widget=forms.Textarea(attrs={"rows": "1"}),
    )  # fmt: skip

    def __init__(self, *args: Any, entry: Entry, line: RankLine | None, **kwargs: Any) -> None:
        self.entry, self.line = entry, line
        initial = {name: getattr(line, name) for name in ("place", "reason", "edge_reason")} if line else {}
        super().__init__(*args, prefix=entry.public_id, initial=initial, **kwargs)
        self.fields["place"].widget.attrs["autocomplete"] = "off"


def order_forms(entries: Sequence[Entry], lines: Mapping[int, RankLine], data: Any = None) -> dict[int, OrderLineForm]:
    """One form for each entry, by entry id; `data` is what was posted."""
    return {entry.pk: OrderLineForm(data, entry=entry, line=lines.get(entry.pk)) for entry in entries}


def moved(places: Mapping[int, int | None], one: int, way: str) -> dict[int, int | None]:
    """The places after `one` went a line up or down; a product that was tied leaves its tie, the rest keep their order.

    Products without a place stay without one, but the moved one gets the last place when it had none.
    """
    taken = sorted({place for place in places.values() if place})
    groups = [[pk for pk, held in places.items() if held == place] for place in taken]
    at = next((index for index, group in enumerate(groups) if one in group), None)
    if at is None:
        groups.append([one])
    elif len(groups[at]) > 1:
        groups[at].remove(one)
        groups.insert(at if way == "up" else at + 1, [one])
    else:
        other = max(at - 1, 0) if way == "up" else min(at + 1, len(groups) - 1)
        groups.insert(other, groups.pop(at))
    return {**dict.fromkeys(places), **places_from_order(groups)}


class EdgeForm(LookForm, forms.Form):
    """Which of those that tie go up, and why: as many as there is room for."""

    chosen = forms.MultipleChoiceField(label=_("Goes up"), required=False, widget=forms.CheckboxSelectMultiple)
    edge_reason = LineField(
        label=_("Reason, for the minutes"), max_length=LONGEST_REASON, required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, names: Mapping[str, str], room: int, chosen: Sequence[str] = (), reason: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"chosen": list(chosen), "edge_reason": reason}, auto_id="id_edge_%s", **kwargs)
        self.room = room
        self.fields["chosen"].choices = list(names.items())
        if room == 1:
            self.fields["chosen"].widget.input_type = "radio"

    def clean_chosen(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["chosen"]
        if not chosen:
            raise forms.ValidationError(_("Choose what goes up."))
        if len(chosen) > self.room:
            raise forms.ValidationError(_("There is room for %(room)s. Choose no more than that."), params={"room": self.room})
        return chosen

    def clean_edge_reason(self) -> str:
        reason: str = self.cleaned_data["edge_reason"]
        if not reason:
            raise forms.ValidationError(_("Write why the committee chose so; it goes into the minutes."))
        return reason


class SupportForm(LookForm, forms.Form):
    """A line of the plan: for which product, what help, from which budget, how many whole baht."""

    entry = forms.ChoiceField(label=_("Product"))
    help = LineField(label=_("Help"), max_length=300)
    budget = LineField(label=_("Source of the budget"), max_length=200)
    amount_baht = WholeField(label=_("Amount"), least=1, most=MOST_BAHT, max_length=20)

    def __init__(self, *args: Any, entries: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_plan_%s", **kwargs)
        self.fields["entry"].choices = [("", _("Choose")), *entries.items()]
