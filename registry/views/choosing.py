"""Two people saved the same row: field by field mine, theirs and what stood before, one of them picked, nothing lost."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _

from registry.forms.fields import AreaPicker, AreaTyped
from registry.models import Area

MINE, THEIRS = "mine", "theirs"
TAKE = "take_"
WEIGHED = "weighed"  # the version of the stored text that was put beside the typed one
Raw = dict[str, str]  # a form as a browser would send it, by the names of its inputs


@dataclass(frozen=True, slots=True)
class Choice:
    """One field (or set of lines) in which two texts differ, each as a reader sees it; `before` is None when not known."""

    name: str
    label: str
    mine: str
    theirs: str
    before: str | None
    pick: str

    @property
    def input_name(self) -> str:
        return TAKE + self.name

    @property
    def hint(self) -> str:
        """Why one of the two is proposed."""
        if self.before == self.mine:
            return _("You did not change this, so theirs is proposed.")
        if self.before == self.theirs:
            return _("They did not change this, so yours is proposed.")
        return _("Both of you changed this. Pick one, or mend your text in the form below.")


def raw_of(form: forms.Form) -> Raw:
    """What stands in the form, typed or stored, as its inputs would send it; without files, hidden fields and secrets."""
    found: Raw = {}
    for bound in form.visible_fields():
        if not isinstance(bound.field, forms.FileField):
            found |= _sent(bound)
    return found


def _sent(bound: BoundField) -> Raw:
    value, widget, name = bound.value(), bound.field.widget, bound.html_name
    if isinstance(widget, AreaPicker):
        area = widget.area or (value if isinstance(value, Area) else None)
        typed = value if isinstance(value, AreaTyped) else AreaTyped("", "")
        return {name: area.code if area else typed.code, f"{name}_typed": area.name if area else typed.typed}
    if isinstance(widget, forms.CheckboxInput):
        return {name: "on" if widget.format_value(value) is None and value else ""}
    said = widget.format_value(value)
    if takes_several(bound.field):
        return {name: "\n".join(map(str, said or ()))}
    if isinstance(said, list | tuple):
        said = said[0] if said else ""
    return {name: "" if said is None else str(said).replace("\r\n", "\n").strip()}


def texts_typed(form: forms.Form) -> list[tuple[str, str]]:
    """Label and text of everything that stands in the form, for a page that shows the form itself no more."""
    raw = raw_of(form)
    said = [(str(bound.label), words_in(form, bound.html_name, raw)) for bound in form.visible_fields()]
    return [(label, words) for label, words in said if words]


def takes_several(field: forms.Field) -> bool:
    """Whether several may be chosen; a form then tells them as lines of one text."""
    return getattr(field.widget, "allow_multiple_selected", False)


def opened_with(form: forms.Form, never_kept: Sequence[str]) -> str:
    """What a form begins with, for the page to carry: it says later what stood there before. No personal data."""
    return json.dumps({name: text for name, text in raw_of(form).items() if name not in never_kept and text}, ensure_ascii=False)


def read_opened(text: str) -> Raw | None:
    """What `opened_with` wrote and the browser sent back; None for anything else."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return {name: str(said) for name, said in found.items()} if isinstance(found, dict) else None


def groups_of(form: forms.Form) -> Iterator[tuple[str, str, list[str]]]:
    """Name, label and inputs of what is picked as one: a field, or all the lines of a set."""
    sets: Mapping[str, Any] = getattr(form, "sets", {})
    labels = list(getattr(form, "line_labels", {}).values())
    for kind, label in zip(sets, labels, strict=False):
        yield kind, str(label), [bound.html_name for bound in form.visible_fields() if _is_of(bound.html_name, kind)]
    for bound in form.visible_fields():
        if not any(_is_of(bound.html_name, kind) for kind in sets):
            yield bound.html_name, str(bound.label), [bound.html_name]


def _is_of(name: str, kind: str) -> bool:
    line, _mark, _part = name.removeprefix(kind).partition("_")
    return name.startswith(kind) and line.isdigit()


def choices_between(
    form: forms.Form, stored: forms.Form, before: Raw | None, picked: Mapping[str, str], never_kept: Sequence[str] = ()
) -> list[Choice]:
    """Every field in which what was typed and what is stored now differ, with the proposal or what was picked already."""
    mine, theirs = raw_of(form), raw_of(stored)
    found = []
    for name, label, inputs in groups_of(stored):
        yours, others = [[words_in(stored, one, raw) for one in inputs] for raw in (mine, theirs)]
        if yours == others:
            continue
        known = before is not None and name not in never_kept
        was = [words_in(stored, one, before or {}) for one in inputs] if known else None
        pick = picked.get(TAKE + name) or (THEIRS if was == yours else MINE)
        width = len(getattr(form, "sets", {}).get(name, "-"))
        found.append(Choice(name, label, told(yours, width), told(others, width), None if was is None else told(was, width), pick))
    return found


def told(words: Sequence[str], width: int) -> str:
    """One text, or the lines of a set (`width` words each), without what says nothing."""
    lines = (words[at : at + width] for at in range(0, len(words), width))
    return "\n".join(" · ".join(said) for line in lines if (said := [word for word in line if word])) or "–"


def words_in(form: forms.Form, name: str, raw: Raw) -> str:
    """The value of one input as a reader sees it: the name of a place, the label of a choice, yes or no."""
    field, sent = form.fields[name], raw.get(name, "")
    if isinstance(field.widget, AreaPicker):
        return raw.get(f"{name}_typed") or sent
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Yes") if sent else _("No")
    if isinstance(field, forms.ChoiceField) and sent:
        labels, chosen = labels_of(field.choices), sent.split("\n") if takes_several(field) else [sent]
        return "\n".join(labels.get(one, one) for one in chosen)
    return sent


def labels_of(choices: Any) -> dict[str, str]:
    """Value → label of choices, grouped or not."""
    found: dict[str, str] = {}
    for value, label in choices:
        found |= labels_of(label) if isinstance(label, list | tuple) else {str(value): str(label)}
    return found


def with_picks(sent: QueryDict, stored: forms.Form) -> QueryDict:
    """What was sent, with what is stored now in every field for which theirs was picked."""
    data, theirs = sent.copy(), raw_of(stored)
    data["version"] = sent.get(WEIGHED, "")
    for name, _label, inputs in groups_of(stored):
        if sent.get(TAKE + name) == THEIRS:
            for one in (key for field in inputs for key in (field, f"{field}_typed") if key in theirs or key == field):
                data[one] = theirs.get(one, "")
                if one in stored.fields and takes_several(stored.fields[one]):
                    data.setlist(one, theirs.get(one, "").split())
                elif not theirs.get(one) and isinstance(stored.fields.get(one, forms.Field()).widget, forms.CheckboxInput):
                    del data[one]
    return data


def picks_in(sent: QueryDict) -> dict[str, str]:
    """Which text was picked for which field."""
    return {name: sent[name] for name in sent if name.startswith(TAKE) and sent[name] in (MINE, THEIRS)}
