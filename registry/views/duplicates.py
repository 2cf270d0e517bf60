"""Rows that may be one and the same: the pairs as a list, and one page on which somebody says what they are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from registry.actions.duplicates import tell_distinct
from registry.actions.merging import merge_producers, merge_products, movable_photos, movable_standards
from registry.alike import reasons
from registry.forms.merging import MergeForm
from registry.models import AlikeProducers, AlikeProducts, Producer, Product, User
from registry.paging import page_of
from registry.refusal import Conflict, Refusal, require
from registry.rules import may_register_in, may_register_somewhere
from registry.rules.merging import kept_with, may_be_merged, movable_people
from registry.views.gate import Gated, once
from registry.views.producers import seen_by as producers_seen
from registry.views.products import seen_by as products_seen
from registry.views.writing import Writing


def pairs_seen_by(user: User, of_products: bool) -> QuerySet[Any]:
    """Pairs that wait for a word within the user's areas, the likest first."""
    model = AlikeProducts if of_products else AlikeProducers
    rows: QuerySet[Any] = model.objects.visible_to(user).open().for_list()
    return rows


class DuplicateList(Gated, View):
    """Pairs of producers, or of products, within the user's areas; the likest first."""

    of_products = False

    def get(self, request: HttpRequest) -> HttpResponse:
        require(may_register_somewhere(request.user, timezone.now()))
        page = page_of(pairs_seen_by(request.user, self.of_products), request.GET.get("page"))
        return render(request, "registry/duplicate_list.html", {
            "page_obj": page, "pairs": [(pair, reasons(pair.one, pair.other)) for pair in page],
            "of_products": self.of_products, "merge": "registry:product-merge" if self.of_products else "registry:producer-merge",
        })


class Merging(Writing):
    """Two rows side by side: what differs, what moves, what stays, and what stands against making them one."""

    template_name = "registry/merge_form.html"
    keeps_draft = False
    step = 0
    kind: str
    stays: Any
    goes: Any

    def rows(self) -> QuerySet[Any]:
        """The rows of this kind that the user sees."""
        raise NotImplementedError

    def load(self) -> None:
        rows = self.rows()
        self.stays = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        self.goes = get_object_or_404(rows, public_id=self.kwargs["other"])
        blocked = may_be_merged(self.request.user, self.stays, self.goes, self.at)
        pair = [self.stays.public_id, self.goes.public_id]
        self.context |= {
            "steps": [], "no_submit": bool(blocked), "stays": self.stays, "goes": self.goes, "blocked": blocked, "moving": self.moving(),
            "keeping": [(_(words), count) for words, count in kept_with(self.goes)], "reasons": reasons(self.stays, self.goes),
            "swap_url": reverse(f"registry:{self.kind}-merge", args=pair[::-1]), "list_url": reverse(f"registry:duplicate-{self.kind}s"),
            "distinct_url": reverse(f"registry:{self.kind}-distinct", args=pair), "of_products": self.kind == "product",
            "sample": self.stays.origin == "sample",
        }

    def moving(self) -> list[tuple[str, int]]:
        """What moves to the row that stays, with its number."""
        raise NotImplementedError

    def against(self) -> Iterable[Refusal | None]:
        """A pair that cannot be merged is looked at all the same; the action refuses it."""
        return may_register_in(self.request.user, [self.stays.area, self.goes.area], self.at)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        kwargs["initial"] = {"stays_version": self.stays.version, "goes_version": self.goes.version}
        return MergeForm(*args, stays=self.stays, goes=self.goes, **kwargs)

    def _noted(self, form: forms.Form) -> str:
        """A row that somebody else saved meanwhile is shown as it is now, beside what was chosen."""
        try:
            return super()._noted(form)
        except Conflict:
            self.load()
            form.data = form.data.copy()
            form.data["stays_version"], form.data["goes_version"] = str(self.stays.version), str(self.goes.version)
            form.take_rows(self.stays, self.goes)
            raise

    def chosen(self, data: dict[str, Any]) -> dict[str, Any]:
        """What the action is told."""
        take = [field for field, side in data.items() if side == "goes"]
        versions = {name: data[name] for name in ("stays_version", "goes_version")}
        return {"by": self.request.user, "stays": self.stays, "goes": self.goes, "take": take, "at": None, **versions}


class ProducerMerge(Merging):
    kind = "producer"

    def rows(self) -> QuerySet[Any]:
        return producers_seen(self.request.user)

    def moving(self) -> list[tuple[str, int]]:
        return [
            (_("Products"), self.goes.products.count()), (_("People"), len(movable_people(self.stays, self.goes))),
        ]  # fmt: skip

    def act(self, data: dict[str, Any]) -> str:
        merge_producers(**self.chosen(data))
        return reverse("registry:producer-show", args=[self.stays.public_id])


class ProductMerge(Merging):
    kind = "product"

    def rows(self) -> QuerySet[Any]:
        return products_seen(self.request.user)

    def moving(self) -> list[tuple[str, int]]:
        return [
            (_("Standards"), movable_standards(self.stays, self.goes).count()),
            (_("Photographs"), len(movable_photos(self.stays, self.goes))),
            (_("Rows of files that lead here"), self.goes.sources.count()),
        ]  # fmt: skip

    def act(self, data: dict[str, Any]) -> str:
        merge_products(**self.chosen(data))
        return reverse("registry:product-show", args=[self.stays.public_id])


class TellDistinct(Gated, View):
    """Keeps the word that two rows are not the same, and goes on with the list."""

    http_method_names = ["post"]
    of_products = False

    def post(self, request: HttpRequest, public_id: str, other: str) -> HttpResponse:
        rows: QuerySet[Producer] | QuerySet[Product]
        rows = products_seen(request.user) if self.of_products else producers_seen(request.user)
        one, two = (get_object_or_404(rows, public_id=key) for key in (public_id, other))
        return once(request, lambda: self.told(one, two))

    def told(self, one: Any, two: Any) -> str:
        tell_distinct(by=self.request.user, one=one, other=two)
        messages.success(self.request, _("Kept: these are two. The pair comes back only when one of them is changed."))
        return reverse("registry:duplicate-products" if self.of_products else "registry:duplicate-producers")
