"""The forms of a tambon forum: the sitting, one product's tests and votes, the product that is brought."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.fields import DayField, LookForm, WholeField
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Product
from selection.models import ForumLine, Panel
from selection.rules.forum import TESTS

LONGEST_EVIDENCE = 2000
MOST_PEOPLE = 100_000
ANSWERS = {"yes": True, "no": False}


class SittingForm(LookForm, forms.Form):
    """When and where the forum was held, and how many were there."""

    version = VersionField()
    held_on = DayField(
        label=_("Day of the forum"), help_text=_("Such as 18 กันยายน 2569 or 18/9/2569."),
        error_messages={"required": _("Enter the day on which the forum was held.")},
    )  # fmt: skip
    present = WholeField(
        label=_("People present"), least=1, most=MOST_PEOPLE,
        help_text=_("Everybody who could vote. Nobody is named, people are only counted."),
        error_messages={"required": _("Enter how many people were present first.")},
    )  # fmt: skip
    place = LineField(label=_("Held at"), max_length=200, required=False)
    minutes = StoryField(label=_("What was said"), max_length=8000, help_text=_("In a few sentences, for the minutes."))


class TakeBackForm(LookForm, forms.Form):
    """Why a product leaves the forum again."""

    reason = LineField(
        label=_("Why it is taken back"), max_length=300, help_text=_("Such as: brought by mistake, wrong category."),
        error_messages={"required": _("Write why the product is taken back.")},
    )  # fmt: skip


def sitting_values(panel: Panel) -> dict[str, Any]:
    """What the form of a forum begins with."""
    values = {name: getattr(panel.meeting, name, None) for name in ("held_on", "present", "place", "minutes")}
    return {"version": panel.version, **values}


def _yes_or_no(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=[("yes", _("Yes")), ("no", _("No"))], coerce=ANSWERS.get, empty_value=None, required=False,
        widget=forms.RadioSelect, error_messages={"invalid_choice": _("Answer yes or no.")},
    )  # fmt: skip


def _evidence(help_text: Any) -> LineField:
    return LineField(
        label=_("What shows it"), help_text=help_text, max_length=LONGEST_EVIDENCE, required=False,
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip


class LineForm(LookForm, forms.Form):
    """What the forum says of one product."""

    version = VersionField()
    wisdom = _yes_or_no(_("Does it come from local wisdom?"))
    wisdom_evidence = _evidence(_("Who taught it, since when, what is special about the way it is made here."))
    material = _yes_or_no(_("Is it made of local raw material?"))
    material_evidence = _evidence(_("Which material, from where, how much of it is from here."))
    plan = _yes_or_no(_("Does it fit the community plan?"))
    plan_evidence = _evidence(_("Which plan, of which year, which page or project."))
    votes = WholeField(label=_("Votes"), required=False, most=MOST_PEOPLE)
    chosen = forms.BooleanField(label=_("The forum sends this product up"), required=False)
    reason = LineField(
        label=_("The forum's reason"), max_length=LONGEST_EVIDENCE, required=False,
        help_text=_("Needed when a product with more votes is not sent up; otherwise it may be left empty."),
        widget=forms.Textarea(attrs={"rows": "2"}),
    )  # fmt: skip

    def tests(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each test with its evidence, in their order."""
        return [(self[test], self[f"{test}_evidence"]) for test in TESTS]


def line_values(line: ForumLine) -> dict[str, Any]:
    """What the form of a product's line begins with."""
    said = {True: "yes", False: "no", None: ""}
    plain = (*(f"{test}_evidence" for test in TESTS), "votes", "chosen", "reason", "version")
    return {name: getattr(line, name) for name in plain} | {test: said[getattr(line, test)] for test in TESTS}


class BringForm(LookForm, forms.Form):
    """One product of the tambon, chosen from those that may enter."""

    product = forms.ChoiceField(
        label=_("Product to bring"),
        error_messages={
            "required": _("Choose a product from the list first."),
            "invalid_choice": _("Choose a product from the list; this one cannot be brought, see below why."),
        },
    )

    def __init__(self, *args: Any, products: list[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(row.public_id, f"{row.name} · {row.producer.name} · {row.category}") for row in products]
        self.fields["product"].choices = [("", _("Choose …")), *chosen]
