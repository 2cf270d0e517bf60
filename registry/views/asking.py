"""Before something new is written: is it one of these? What is alike is shown, and the answer is kept with the row."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views import View

from registry.alike import reasons
from registry.models import Area, Producer, Product, User, producers_like, products_like
from registry.refusal import require
from registry.thai import match_key
from registry.views.gate import Gated
from registry.views.writing import Writing

ANOTHER = "another"  # the public ids of those that it is not, as they were shown
LEAST_TYPED = 4  # letters, before a hint is looked for


def alike_producers(user: User, name: str, area: Area | None) -> list[Producer]:
    """Producers the user sees that may be the one typed; nothing where the same name is refused anyway."""
    if area is None or area.level != "tambon":
        return []
    found = producers_like(Producer.objects.visible_to(user), name, area, user.origin)
    key = match_key(name)
    return [] if any(row.name_key == key and row.area_id == area.pk for row in found) else found


def alike_products(user: User, name: str, producer: Producer, area: Area | None) -> list[Product]:
    """Products the user sees that may be the one typed; nothing where the same name is refused anyway."""
    found = products_like(Product.objects.visible_to(user), name, producer, area or producer.area)
    key, place = match_key(name), (area or producer.area).pk
    same = any(row.name_key == key and row.producer_id == producer.pk and row.area_id == place for row in found)
    return [] if same else found


class AsksFirst(Writing):
    """A form that is answered in two steps where something alike is there: nothing typed is lost in between."""

    others: list[Any]

    def alike(self, data: dict[str, Any]) -> list[Any]:
        """What is there already and may be what was typed."""
        raise NotImplementedError

    def hint_url(self) -> str:
        """Where the names that are alike are asked for while one types."""
        raise NotImplementedError

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = super().form(*args, **kwargs)
        form.fields["name"].widget.attrs |= {
            "hx-get": self.hint_url(), "hx-trigger": "input changed delay:700ms", "hx-target": "#alike-hint",
            "hx-include": "closest form", "hx-params": "name,area", "hx-sync": "this:replace",
        }
        return form

    def post(self, request: HttpRequest, **address: str) -> HttpResponse:
        self.load()
        require(self.against())
        form = self.form(request.POST, request.FILES)
        self.others = self.alike(form.cleaned_data) if form.is_valid() else []
        answered = request.POST.get(ANOTHER, "").split(" ")
        if any(row.public_id not in answered for row in self.others):
            typed = self.typed_row(form.cleaned_data)
            self.context |= {
                "form": form, "alike": [(row, reasons(row, typed)) for row in self.others],
                "alike_ids": " ".join(row.public_id for row in self.others),
            }
            return render(request, self.template_name, self.context)
        return super().post(request, **address)

    def typed_row(self, data: dict[str, Any]) -> Any:
        """The row as it would be, not saved, to tell what it has in common with others."""
        raise NotImplementedError


class AlikeHint(Gated, View):
    """What is alike, while a name is typed; nothing for a stranger to the place."""

    def get(self, request: HttpRequest, public_id: str = "") -> HttpResponse:
        name, code = request.GET.get("name", "")[:250], request.GET.get("area", "")[:8]
        area = Area.objects.current().filter(code=code, level="tambon").first() if code else None
        seen = Producer.objects.visible_to(request.user).select_related("area")
        producer = get_object_or_404(seen, public_id=public_id) if public_id else None
        if len(match_key(name)) < LEAST_TYPED:
            rows: list[Any] = []
        elif producer is not None:
            rows = list(alike_products(request.user, name, producer, area))
        else:
            rows = list(alike_producers(request.user, name, area))
        return render(request, "registry/alike_hint.html", {"rows": rows, "products": bool(public_id)})
