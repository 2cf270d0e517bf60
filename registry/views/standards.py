"""Standards: what is known of each, recording and correcting that a product holds one, and the notes beside that form."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views import View

from registry.actions.standards import add_conformity, change_conformity
from registry.clock import bangkok_day
from registry.filters import ExpiryFilter
from registry.forms.standards import ConformityChangeForm, ConformityForm, conformity_values
from registry.models import Conformity, Standard
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import days_known, number_looks_odd
from registry.views.gate import Gated
from registry.views.products import ProductWriting, seen_by


class StandardList(Gated, View):
    """Every standard with its issuer, number, usual validity and categories, and whether that is confirmed; two queries."""

    def get(self, request: HttpRequest) -> HttpResponse:
        standards = Standard.objects.prefetch_related("categories")
        return render(request, "registry/standard_list.html", {"standards": standards})


class ExpiringList(Gated, View):
    """Papers of standards that ended or end soon and were not followed by another, by last day and in Thai order."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = bangkok_day(timezone.now())
        seen = Conformity.objects.visible_to(request.user).watched().for_list()
        narrowed = ExpiryFilter(request.GET, seen, request.user, today)
        page = page_of(narrowed.rows(), request.GET.get("page"))
        return render(request, "registry/expiring_list.html", {
            "form": narrowed.form, "asked": narrowed.is_asked, "page_obj": page,
            "lines": [(row, row.standing_on(today), row.days_left(today)) for row in page],
        })


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said beside the form: the standard chosen, the warning about the number, the last day it would usually have."""

    standard: Standard | None = None
    odd: Refusal | None = None
    end: str = ""


def notes_on(form: Form) -> Notes:
    """The notes on what stands in the form now, typed or stored; half-typed fields say nothing."""
    fields = {name: read(form, name) for name in ("standard", "number", "valid_from")}
    standard, first = fields["standard"], fields["valid_from"]
    if not isinstance(standard, Standard):
        return Notes()
    end = standard.usual_end(first) if first else None
    shown = form.fields["valid_to"].written(end) if end else ""
    return Notes(standard, number_looks_odd(standard, fields["number"] or ""), shown)


def read(form: Form, name: str) -> Any:
    """The value of one field as it stands in the form; None when it is not understood."""
    field, value = form.fields[name], form[name].value()
    try:
        return value if not isinstance(value, str) else field.clean(value)
    except ValidationError:
        return None


class ConformityWriting(ProductWriting):
    """A form about a standard of one product; an odd number and missing days are said, and kept as written."""

    template_name = "registry/conformity_form.html"
    step = 2

    def form(self, *args: Any, **kwargs: Any) -> Form:
        form = self.form_class(*args, category=self.product.category, **kwargs)
        self.context["notes"] = notes_on(form)
        return form

    def said_of(self, conformity: Conformity) -> str:
        """Says what looks odd or is missing; gives the address to go to."""
        for warning in (
            number_looks_odd(conformity.standard, conformity.number),
            days_known(conformity.valid_from, conformity.valid_to, conformity.no_end),
        ):
            if warning is not None:
                messages.warning(self.request, warning.sentence)
        return f"{self.home()}#standards-h"


class ConformityNew(ConformityWriting):
    form_class = ConformityForm
    called = gettext_lazy("Record a standard")

    def act(self, data: dict[str, Any]) -> str:
        return self.said_of(add_conformity(by=self.request.user, at=None, product=self.product, **data))


class ConformityEdit(ConformityWriting):
    """Correcting a recorded standard, or entering the days an imported file did not have."""

    form_class = ConformityChangeForm
    called = gettext_lazy("Correct a standard")

    def load(self) -> None:
        super().load()
        rows = self.product.conformities.select_related("standard", "paper", "product__area")
        self.conformity = get_object_or_404(rows, public_id=self.kwargs["held"])
        self.context["conformity_row"] = self.conformity

    def values(self) -> dict[str, Any]:
        return conformity_values(self.conformity)

    def act(self, data: dict[str, Any]) -> str:
        return self.said_of(change_conformity(by=self.request.user, at=None, conformity=self.conformity, **data))


class ConformityNotes(Gated, View):
    """The notes beside the form while it is typed, for htmx: about the number, and the last day proposed."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        product = get_object_or_404(seen_by(request.user), public_id=public_id)
        notes = notes_on(ConformityForm(request.GET, category=product.category))
        proposed = None
        if notes.end and not request.GET.get("valid_to", "").strip() and "no_end" not in request.GET:
            proposed = ConformityForm(initial={"valid_to": notes.end})
            proposed.fields["valid_to"].widget.attrs["hx-swap-oob"] = "true"
        return render(request, "registry/conformity_notes.html", {"notes": notes, "oob": True, "proposed": proposed})
