"""Products of the areas of one's offices and seats: list, page, registering, correcting, ending."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.products import change_product, end_product, register_product
from registry.clock import bangkok_day
from registry.filters import ProductFilter
from registry.forms.producers import EndForm
from registry.forms.products import ProductChangeForm, ProductForm, product_values
from registry.history import SHOWN, history_of
from registry.models import Conformity, Product, QuadrantKind, Standing, User, bundle_of, has_papers
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import can_hold_product, number_looks_odd
from registry.views.asking import AsksFirst, alike_products
from registry.views.gate import Gated
from registry.views.producers import ProducerWriting, against, instead_of
from registry.views.writing import Writing


def seen_by(user: User) -> QuerySet[Product]:
    """The products a user sees, with everything their row and page show."""
    return Product.objects.visible_to(user).for_list()


class ProductList(Gated, View):
    """Products in Thai order, narrowed by name, category, area and completeness."""

    def get(self, request: HttpRequest) -> HttpResponse:
        lapsed = has_papers(Conformity.objects.watched().lapsed(bangkok_day(timezone.now())))
        narrowed = ProductFilter(request.GET, seen_by(request.user).annotate(papers_lapsed=lapsed), request.user)
        page = page_of(narrowed.rows(), request.GET.get("page"))
        return render(request, "registry/product_list.html", {
            "form": narrowed.form, "asked": narrowed.is_asked, "page_obj": page,
        })


class ProductShow(Gated, View):
    """One product with its standards and history; what selection knows of it comes in the block `more`."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        product = get_object_or_404(seen_by(request.user), public_id=public_id)
        if (instead := instead_of(product, seen_by(request.user), request)) is not None:
            return redirect("registry:product-show", instead.public_id)
        at = timezone.now()
        bundle = bundle_of(product, product.category, bangkok_day(at))
        lapsed = product.conformities.watched().lapsed(bangkok_day(at)).select_related("standard")
        classified = list(product.classifications.select_related("by")[:SHOWN])
        kinds = {row.letter: row for row in QuadrantKind.objects.all()} if classified else {}
        return render(request, "registry/product_show.html", {
            "classified": [(row, kinds.get(row.quadrant)) for row in classified],
            "product": product, "photos": bundle.photos, "told": bundle.told,
            "standards": standings(bundle.conformities, at), "lapsed": lapsed,
            "quoted": list(product.star_quotes.all()), "history": history_of(product),
            "blocked": against(product, request.user, at), "price": baht(product.price_baht), "sample": product.origin == "sample",
            "merged_here": list(product.merged_here.order_by("id")),
        })


def baht(price: Decimal | None) -> str:
    """1,250 or 1,250.50."""
    return "" if price is None else f"{price:,.2f}".removesuffix(".00")


def standards_of(product: Product, at: datetime) -> list[tuple[Conformity, Standing, int | None, Refusal | None]]:
    """Each standard of the product, what its paper is worth today, its days left, and the warning about its number."""
    return standings(product.conformities.select_related("standard", "paper").order_by("standard__order", "id"), at)


def standings(rows: Iterable[Conformity], at: datetime) -> list[tuple[Conformity, Standing, int | None, Refusal | None]]:
    """Each paper with what it is worth on the day of `at`, its days left, and the warning about its number."""
    day = bangkok_day(at)
    return [
        (row, row.standing_on(day), row.days_left(day), number_looks_odd(row.standard, row.number)) for row in rows
    ]


class ProductNew(AsksFirst, ProducerWriting):
    """Registering a product of a producer; made in the producer's tambon unless told otherwise."""

    template_name = "registry/product_form.html"
    form_class = ProductForm
    called = gettext_lazy("Register a product")
    step = 1

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), can_hold_product(self.producer)]

    def values(self) -> dict[str, Any]:
        return {"area": self.producer.area, "village": self.producer.village}

    def act(self, data: dict[str, Any]) -> str:
        product = register_product(
            by=self.request.user, at=None, producer=self.producer, not_any_of=self.others, **data
        )
        return reverse("registry:product-show", args=[product.public_id])

    def alike(self, data: dict[str, Any]) -> list[Any]:
        return list(alike_products(self.request.user, data["name"], self.producer, data["area"]))

    def typed_row(self, data: dict[str, Any]) -> Any:
        row = Product(
            name=data["name"], producer=self.producer, area=data["area"], village=data["village"], category=data["category"]
        )
        row.set_keys()
        return row

    def hint_url(self) -> str:
        return reverse("registry:product-alike", args=[self.producer.public_id])


class ProductWriting(Writing):
    """A form about one product that the user sees."""

    step = 1

    def load(self) -> None:
        self.product = get_object_or_404(seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {
            "product": self.product, "producer": self.product.producer, "sample": self.product.origin == "sample",
        }

    def against(self) -> Iterable[Refusal | None]:
        return against(self.product, self.request.user, self.at)

    def home(self) -> str:
        return reverse("registry:product-show", args=[self.product.public_id])


class ProductEdit(ProductWriting):
    template_name = "registry/product_form.html"
    form_class = ProductChangeForm
    called = gettext_lazy("Correct a product")

    def values(self) -> dict[str, Any]:
        return product_values(self.product)

    def act(self, data: dict[str, Any]) -> str:
        change_product(by=self.request.user, at=None, product=self.product, **data)
        return self.home()


class ProductEnd(ProductWriting):
    template_name = "registry/product_end.html"
    form_class = EndForm
    keeps_draft = False

    def values(self) -> dict[str, Any]:
        return {"version": self.product.version}

    def act(self, data: dict[str, Any]) -> str:
        end_product(by=self.request.user, at=None, product=self.product, **data)
        return self.home()
