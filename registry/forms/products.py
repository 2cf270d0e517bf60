"""The forms of a product."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.forms.areas import AreaField
from registry.forms.fields import DayField, HundredthsField, LookForm, WholeField
from registry.forms.producers import VersionField
from registry.forms.texts import LineField, StoryField
from registry.models import Category, Product, SubCategory
from registry.rules import GREATEST_WHOLE, LONGEST_NAME

GREATEST_PRICE = 10**10 - 1  # satang


class SubCategoryField(forms.ChoiceField):
    """The sub-categories under the names of their categories; gives the SubCategory or None."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Sub-category"), required=False, choices=grouped_subcategories,
            error_messages={"invalid_choice": _("Choose a sub-category from the list.")},
        )

    def clean(self, value: Any) -> SubCategory | None:
        code = super().clean(value)
        return SubCategory.objects.filter(code=code).select_related("category").first() if code else None


def grouped_subcategories() -> list[Any]:
    """An empty line, then the sub-categories by category, in the reader's language."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in SubCategory.objects.select_related("category"):
        groups.setdefault(row.category.name, []).append((row.code, row.name))
    return [("", _("Not known yet")), *groups.items()]


class ProductForm(LookForm, forms.Form):
    """Registering a product."""

    name = LineField(
        label=_("Name of the product"), max_length=LONGEST_NAME,
        error_messages={"required": _("Write the name of the product.")},
    )
    name_en = LineField(label=_("English name"), max_length=250, required=False)
    category = forms.ModelChoiceField(
        Category.objects.all(), label=_("Category"), required=False, widget=forms.RadioSelect,
        blank=True, empty_label=_("Not known yet"), to_field_name="code",
        help_text=_("Without a category the product is kept, but cannot enter a round."),
        error_messages={"invalid_choice": _("Choose one of the categories.")},
    )
    subcategory = SubCategoryField()
    not_live_plant = forms.BooleanField(label=_("It is a processed good, not a live plant"), required=False)
    area = AreaField(
        label=_("Tambon of production"), help_text=_("Where it is made. Type a part of the name, Thai or English.")
    )
    village = LineField(label=_("Village"), max_length=120, required=False)
    story = StoryField(label=_("Story"), help_text=_("Where it comes from and what it means to the place."))
    wisdom = StoryField(label=_("Local wisdom"), help_text=_("What one must know to make it, and who taught it."))
    materials = StoryField(label=_("Raw materials and their origin"))
    price_baht = HundredthsField(label=_("Price in baht"), required=False, most=GREATEST_PRICE)
    capacity_month = WholeField(label=_("Capacity per month"), required=False, most=GREATEST_WHOLE)
    unit = LineField(label=_("Unit"), max_length=40, required=False, help_text=_("Such as ผืน, ขวด, กิโลกรัม."))
    registered_on = DayField(
        label=_("Registered on"), required=False, help_text=_("Leave it empty for today. Such as 18 กันยายน 2567.")
    )

    def clean_price_baht(self) -> Decimal | None:
        satang = self.cleaned_data["price_baht"]
        return None if satang is None else Decimal(satang).scaleb(-2)


class ProductChangeForm(ProductForm):
    """Correcting a product; the day of registration stays."""

    registered_on = None
    version = VersionField()


def product_values(product: Product) -> dict[str, Any]:
    """What the form of a stored product begins with."""
    plain = ("name", "name_en", "area", "village", "story", "wisdom", "materials", "capacity_month", "unit", "version")
    return {field: getattr(product, field) for field in plain} | {
        "category": product.category.code if product.category else "", "not_live_plant": product.not_live_plant,
        "subcategory": product.subcategory.code if product.subcategory else "",
        "price_baht": None if product.price_baht is None else int(product.price_baht * 100),
    }
