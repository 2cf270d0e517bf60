"""Producers of the areas of one's offices and seats: list, page, registering, correcting, ending."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.producers import change_producer, end_producer, register_producer
from registry.filters import ProducerFilter
from registry.forms.producers import EndForm, ProducerChangeForm, ProducerForm, producer_values
from registry.history import history_of
from registry.models import Person, Producer, Product, User
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import (
    may_keep_persons,
    may_register,
    may_register_somewhere,
    products_ended,
    same_origin,
    still_open,
)
from registry.rules.merging import codes_of
from registry.rules.registrations import may_open_registration
from registry.views.asking import AsksFirst, alike_producers
from registry.views.gate import Gated
from registry.views.sales_totals import sales_of
from registry.views.writing import Writing

PRODUCTS_SHOWN, PEOPLE_SHOWN = 100, 50


def seen_by(user: User) -> QuerySet[Producer]:
    """The producers a user sees, with the path of their area."""
    return Producer.objects.visible_to(user).select_related("area__parent__parent__parent")


class ProducerList(Gated, View):
    """Producers in Thai order, narrowed by name, kind and area."""

    def get(self, request: HttpRequest) -> HttpResponse:
        narrowed = ProducerFilter(request.GET, seen_by(request.user), request.user)
        page = page_of(narrowed.rows().annotate(product_count=product_count()), request.GET.get("page"))
        may_not = may_register_somewhere(request.user, timezone.now())
        return render(request, "registry/producer_list.html", {
            "form": narrowed.form, "asked": narrowed.is_asked, "page_obj": page, "refusals": [may_not] if may_not else [],
        })


def product_count() -> Coalesce:
    """Products not ended of each producer of a page, in the same query."""
    counted = (
        Product.objects.filter(producer=OuterRef("pk"), ended_on=None)
        .order_by().values("producer").annotate(n=Count("pk")).values("n")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


class ProducerShow(Gated, View):
    """One producer with its products and its history; every closed button says why."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        producer = get_object_or_404(seen_by(request.user), public_id=public_id)
        products = Product.objects.visible_to(request.user).for_list().filter(producer=producer)
        if (instead := instead_of(producer, seen_by(request.user), request)) is not None:
            return redirect("registry:producer-show", instead.public_id)
        at = timezone.now()
        blocked = against(producer, request.user, at)
        return render(request, "registry/producer_show.html", {
            "producer": producer, "history": history_of(producer),
            "products": products.order_by(F("ended_on").desc(nulls_first=True), "name_sort", "id")[:PRODUCTS_SHOWN],
            "blocked": blocked, "end_blocked": blocked or _told([products_ended(producer)]),
            "registrations": producer.registrations.select_related("window"),
            "register_blocked": blocked or _told([may_open_registration(producer)]),
            "old_codes": codes_of(producer), "merged_here": list(producer.merged_here.order_by("id")[:PRODUCTS_SHOWN]),
            "sample": producer.origin == "sample", "people": people_of(producer, request.user, at),
            "sales": sales_of(producer, request.user, at),
        })


def people_of(producer: Producer, user: User, at: Any) -> list[Person] | None:
    """The producer's people, masked by the page; None for whoever does not keep them."""
    if may_keep_persons(user, producer, at) is not None:
        return None
    return list(Person.objects.visible_to(user).filter(producer=producer).prefetch_related("consents")[:PEOPLE_SHOWN])


def against(row: Producer | Product, user: User, at: Any) -> list[Refusal]:
    """Why `user` may not change this row: not his area, another origin, or ended."""
    return _told([may_register(user, row.area, at), same_origin(row, user), still_open(row, at)])


def _told(checks: Iterable[Refusal | None]) -> list[Refusal]:
    return [refusal for refusal in checks if refusal is not None]


def instead_of(row: Any, seen: QuerySet[Any], request: HttpRequest) -> Any:
    """The row into which this one was merged, for whoever sees it; `?itself` shows the merged row all the same."""
    if row.merged_into_id is None or "itself" in request.GET:
        return None
    return seen.filter(pk=row.merged_into_id).first()


class ProducerNew(AsksFirst):
    """Registering a producer; the places of one's own office come first."""

    template_name = "registry/producer_form.html"
    form_class = ProducerForm
    called = gettext_lazy("Register a producer")
    step = 0

    def against(self) -> Iterable[Refusal | None]:
        return [may_register_somewhere(self.request.user, self.at)]

    def act(self, data: dict[str, Any]) -> str:
        producer = register_producer(by=self.request.user, at=None, not_any_of=self.others, **data)
        return reverse("registry:producer-show", args=[producer.public_id])

    def alike(self, data: dict[str, Any]) -> list[Any]:
        return list(alike_producers(self.request.user, data["name"], data["area"]))

    def typed_row(self, data: dict[str, Any]) -> Any:
        row = Producer(name=data["name"], type=data["type"], area=data["area"], village=data["village"])
        row.set_keys()
        return row

    def hint_url(self) -> str:
        return reverse("registry:producer-alike")


class ProducerWriting(Writing):
    """A form about one producer that the user sees."""

    step = 0

    def load(self) -> None:
        self.producer = get_object_or_404(seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {"producer": self.producer, "sample": self.producer.origin == "sample"}

    def against(self) -> Iterable[Refusal | None]:
        return against(self.producer, self.request.user, self.at)

    def home(self) -> str:
        return reverse("registry:producer-show", args=[self.producer.public_id])


class ProducerEdit(ProducerWriting):
    template_name = "registry/producer_form.html"
    form_class = ProducerChangeForm
    called = gettext_lazy("Correct a producer")

    def values(self) -> dict[str, Any]:
        return producer_values(self.producer)

    def act(self, data: dict[str, Any]) -> str:
        change_producer(by=self.request.user, at=None, producer=self.producer, **data)
        return self.home()


class ProducerEnd(ProducerWriting):
    template_name = "registry/producer_end.html"
    form_class = EndForm
    keeps_draft = False

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), products_ended(self.producer)]

    def values(self) -> dict[str, Any]:
        return {"version": self.producer.version}

    def act(self, data: dict[str, Any]) -> str:
        end_producer(by=self.request.user, at=None, producer=self.producer, **data)
        return self.home()


