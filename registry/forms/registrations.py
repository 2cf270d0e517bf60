"""The forms of a registration: its steps, the officer's check list, the committee's decisions, windows and old codes."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, LookForm, WholeField, YearField
from registry.forms.papers import PaperField
from registry.forms.producers import CHOOSE_KIND, VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Answer, CheckItem, PaperNeed, ProducerType, Product, Registration, Seat, Verdict
from registry.rules.registrations import Said, check_field
from registry.thai import juristic_words

ONE_OF_LIST = dict.fromkeys(("invalid_choice", "invalid_list"), _("Choose one of the list."))
GREATEST_MEMBERS = 100_000
TYPE_FIELDS = {"founded_on": ProducerType.GROUP, "members": ProducerType.GROUP, "juristic_number": ProducerType.SME}


class KindForm(LookForm, forms.Form):
    """As which of the three types a producer registers."""

    type = forms.ChoiceField(
        label=_("Registers as"), choices=ProducerType.choices, widget=forms.RadioSelect, error_messages=CHOOSE_KIND
    )


class FactsForm(LookForm, forms.Form):
    """Who and where: what is asked of the type, the nationality and the production site."""

    founded_on = DayField(label=_("Founded on"), required=False, help_text=_("Such as 18 กันยายน 2567."))
    members = WholeField(label=_("Number of members"), required=False, least=1, most=GREATEST_MEMBERS)
    juristic_number = LineField(
        label=_("Juristic number"), required=False, max_length=30, help_text=_("13 digits that begin with 0, as on the certificate.")
    )
    site = AreaField(label=_("Tambon of the production site"), help_text=_("In the amphoe where the producer is registered."))
    site_address = LineField(label=_("Address of the site"), required=False, max_length=200, help_text=_("House number, village, road."))
    thai_nationals = forms.BooleanField(label=_("The producer and all its members are Thai nationals."), required=False)
    version = VersionField()

    def __init__(self, *args: Any, type: str = ProducerType.GROUP, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        for name, wanted in TYPE_FIELDS.items():
            if type != wanted:
                del self.fields[name]


class LinkForm(LookForm, forms.Form):
    """How the community takes part; at least one is told before filing."""

    link_labour = LineField(
        label=_("Labour"), required=False, max_length=300, help_text=_("Who of the community works in the production, how many.")
    )
    link_material = LineField(
        label=_("Raw material"), required=False, max_length=300, help_text=_("Which material comes from the province, from whom.")
    )
    link_management = LineField(
        label=_("Management"), required=False, max_length=300, help_text=_("Who of the community takes part in running it.")
    )
    link_benefit = LineField(
        label=_("Benefit"), required=False, max_length=300, help_text=_("What the community has from it.")
    )
    version = VersionField()


def facts_values(registration: Registration) -> dict[str, Any]:
    """What the steps of a stored registration begin with."""
    plain = ("founded_on", "members", "site", "site_address", "thai_nationals", "version")
    links = ("link_labour", "link_material", "link_management", "link_benefit")
    return {field: getattr(registration, field) for field in (*plain, *links)} | {
        "juristic_number": juristic_words(registration.juristic_number)
    }


class GoodsForm(LookForm, forms.Form):
    """Which products the registration is about."""

    products = forms.ModelMultipleChoiceField(
        Product.objects.none(), label=_("Products"), widget=forms.CheckboxSelectMultiple, to_field_name="public_id",
        error_messages={
            "required": _("Choose at least one product that this registration is about."),
            "invalid_choice": _("Choose from the list."), "invalid_pk_value": _("Choose from the list."),
            "invalid_list": _("Choose from the list."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["products"].queryset = registration.producer.products.active()


class GivePaperForm(LookForm, forms.Form):
    """One paper and what it is."""

    need = forms.ModelChoiceField(
        PaperNeed.objects.none(), label=_("Which paper it is"), widget=forms.RadioSelect, to_field_name="code", empty_label=None,
        error_messages={"required": _("Choose which paper it is."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    file = PaperField(label=_("Photograph or PDF"))

    def __init__(self, *args: Any, registration: Registration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].queryset = PaperNeed.objects.filter(**{f"for_{registration.type}": True})


class CheckForm(LookForm, forms.Form):
    """The officer's check list: yes, no or does not apply for each item, with a word beside it."""

    position = LineField(
        label=_("Your position"), max_length=120, help_text=_("As it stands below your signature."),
        error_messages={"required": _("Write your position, as it stands below your signature.")},
    )
    words = StoryField(
        label=_("What is to be completed"), max_length=2000,
        help_text=_("Asked for when the registration is sent back: the producer reads this."),
    )

    def __init__(self, *args: Any, items: Sequence[CheckItem], products: Collection[Product], **kwargs: Any) -> None:
        self.items, self.products = items, products
        super().__init__(*args, **kwargs)

    def set_items(self) -> "CheckForm":
        """Adds the fields of the items; each is named by its code and the product's public id."""
        for item in self.items:
            for product in self.products if item.per_product else [None]:
                name = check_field(item.code, product.public_id if product else "")
                self.fields[name] = _answer_field(item)
                self.fields[f"note-{name}"] = _beside(_("Note"), 300)
        return self

    @property
    def whole(self) -> list[tuple[Any, Any]]:
        """The answers about the whole, each with its note."""
        return [self._pair(item.code) for item in self.items if not item.per_product]

    @property
    def by_product(self) -> list[tuple[Product, list[tuple[Any, Any]]]]:
        """The answers about each product."""
        return [
            (product, [self._pair(check_field(item.code, product.public_id)) for item in self.items if item.per_product])
            for product in self.products
        ]

    def _pair(self, name: str) -> tuple[Any, Any]:
        return self[name], self[f"note-{name}"]

    def said(self) -> dict[tuple[str, str], Said]:
        """The answers as the action takes them."""
        keys = [
            (item.code, product.public_id if product else "")
            for item in self.items for product in (self.products if item.per_product else [None])
        ]  # fmt: skip
        cleaned = self.cleaned_data
        return {
            (code, about): Said(cleaned.get(name := check_field(code, about), ""), cleaned.get(f"note-{name}", ""))
            for code, about in keys
        }


def _answer_field(item: CheckItem) -> forms.ChoiceField:
    choices = [one for one in Answer.choices if one[0] != Answer.NOT_APPLYING or item.may_not_apply]
    return forms.ChoiceField(
        label=item.name, choices=choices, required=False, widget=forms.RadioSelect, error_messages=ONE_OF_LIST
    )


def _beside(label: Any, most: int) -> LineField:
    """A line of words beside an answer."""
    return LineField(label=label, required=False, max_length=most, widget=forms.TextInput({"class": "inp"}))


class SittingForm(LookForm, forms.Form):
    """One meeting of the committee and what it decided about each registration before it."""

    number = LineField(
        label=_("Number of the meeting"), max_length=20, help_text=_("Such as 1/2569."),
        error_messages={"required": _("Write the number of the meeting, as in its minutes.")},
    )
    held_on = DayField(label=_("Held on"), error_messages={"required": _("Write the day of the meeting.")})
    place = LineField(label=_("Place"), max_length=200, required=False)
    present = forms.MultipleChoiceField(
        label=_("Who was there"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Mark who was there."), **ONE_OF_LIST},
    )

    def __init__(self, *args: Any, seats: Collection[Seat], rows: Collection[Registration], **kwargs: Any) -> None:
        self.seats, self.rows = seats, rows
        super().__init__(*args, **kwargs)
        self.fields["present"].choices = [
            (seat.public_id, f"{seat.user.full_name} · {seat.get_role_display()}") for seat in seats
        ]

    def set_rows(self) -> "SittingForm":
        """Adds a verdict and a reason for each registration."""
        for row in self.rows:
            self.fields[f"verdict-{row.public_id}"] = forms.ChoiceField(
                label=gettext("Decision about %(name)s") % {"name": row.producer.name}, required=False,
                choices=[*Verdict.choices, ("", _("not decided at this meeting"))], widget=forms.RadioSelect,
                error_messages=ONE_OF_LIST,
            )  # fmt: skip
            self.fields[f"reason-{row.public_id}"] = _beside(_("Reason, when it is not registered"), 1000)
        return self

    @property
    def by_row(self) -> list[tuple[Registration, Any, Any]]:
        return [(row, self[f"verdict-{row.public_id}"], self[f"reason-{row.public_id}"]) for row in self.rows]


class WindowForm(LookForm, forms.Form):
    """A registration window of a quarter."""

    fiscal_year_be = YearField(label=_("Fiscal year"), help_text=_("Such as 2569. It begins on 1 October of the year before."))
    quarter = forms.TypedChoiceField(
        label=_("Quarter"), coerce=int, widget=forms.RadioSelect, error_messages=ONE_OF_LIST,
        choices=[
            (1, _("1 · October to December")), (2, _("2 · January to March")),
            (3, _("3 · April to June")), (4, _("4 · July to September")),
        ],
    )  # fmt: skip
    opens_on = DayField(label=_("Opens on"), help_text=_("Such as 18 กันยายน 2567."))
    closes_on = DayField(label=_("Closes on"), help_text=_("The last day still counts."))
    renew_before = DayField(
        label=_("Renew registrations filed before"), required=False,
        help_text=_("Leave it empty when nobody is asked to renew in this window."),
    )
    source_note = StoryField(label=_("Source"), max_length=1000, help_text=_("The order or notice this rests on."))


class WindowChangeForm(WindowForm):
    """Other days for a window."""

    fiscal_year_be = None
    quarter = None
    version = VersionField()


class OldCodeForm(LookForm, forms.Form):
    """A code that an older register gave."""

    scheme = LineField(
        label=_("Which register the code is of"), max_length=60, help_text=_("Such as ทะเบียน OTOP 2557."),
        error_messages={"required": _("Write which register the code is of.")},
    )
    code = LineField(
        label=_("Code"), max_length=60, help_text=_("As it stands on the paper; it is kept as text."),
        error_messages={"required": _("Write the code as it stands on the paper.")},
    )
