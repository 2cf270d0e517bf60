"""Pages that tell how a product is made and where it is sold."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from registry.actions.goods import tell_making, tell_selling
from registry.forms.goods import MakingForm, SellingForm, making_values, selling_values
from registry.views.products import ProductWriting


class Telling(ProductWriting):
    """The act needs the form's lines, so the form is kept while it is sent."""

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        self.sent = super().form(*args, **kwargs)
        return self.sent


class ProductMaking(Telling):
    template_name = "registry/product_making.html"
    form_class = MakingForm
    called = gettext_lazy("How it is made")
    never_kept = ("wisdom_holder",)

    def values(self) -> dict[str, Any]:
        return making_values(self.product)

    def act(self, data: dict[str, Any]) -> str:
        plain = ("version", "wisdom_holder", "wisdom_holder_public", "process", "packaging")
        told = {field: data[field] for field in plain}
        tell_making(by=self.request.user, at=None, product=self.product, materials=self.sent.materials(), **told)
        return self.home()


class ProductSelling(Telling):
    template_name = "registry/product_selling.html"
    form_class = SellingForm
    called = gettext_lazy("Places of sale and prizes")

    def values(self) -> dict[str, Any]:
        return selling_values(self.product)

    def act(self, data: dict[str, Any]) -> str:
        tell_selling(
            by=self.request.user, at=None, product=self.product, version=data["version"], places=self.sent.places(),
            prizes=self.sent.prizes(),
        )  # fmt: skip
        return self.home()
