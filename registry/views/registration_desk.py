"""The amphoe's side of registrations: the officer's check list and its sheet, the committee's list; windows; old codes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.registration_decisions import Ruling, Sitting, check_registration, decide_registrations
from registry.actions.registration_windows import change_window, open_window, record_old_code
from registry.clock import bangkok_day, fiscal_year_be
from registry.forms.registrations import CheckForm, OldCodeForm, SittingForm, WindowChangeForm, WindowForm
from registry.models import (
    Answer,
    CheckItem,
    Committee,
    CommitteeKind,
    Meeting,
    OfficeTitle,
    Registration,
    RegistrationWindow,
    lies_in,
    within_reach,
)
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import SEATERS, same_origin, signs_as
from registry.rules.registrations import may_check, may_decide, may_keep_windows, may_undergo
from registry.signature import position_lines
from registry.views.gate import Gated
from registry.views.producers import ProducerWriting
from registry.views.registrations import PATHS, seen_by, steps_of, told, whole
from registry.views.writing import Writing

MOST_AT_ONCE = 30


class RegistrationCheckPage(Writing):
    """The officer's check list: to the committee, or back with what is to be completed."""

    template_name = "registry/registration_check.html"
    form_class = CheckForm
    called = _("Check of a registration")
    step = 0

    def load(self) -> None:
        self.row = get_object_or_404(seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {**whole(self.row), "sample": self.row.origin == "sample", "steps": []}

    def against(self) -> Iterable[Refusal | None]:
        return [
            may_check(self.request.user, self.row.area, self.at), same_origin(self.row, self.request.user),
            may_undergo(self.row, "check"),
        ]

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        products = list(self.row.products.select_related("category").order_by("name_sort", "id"))
        return CheckForm(*args, items=list(CheckItem.objects.all()), products=products, **kwargs).set_items()

    def values(self) -> dict[str, Any]:
        held = signs_as(self.request.user, self.row.area, self.at, SEATERS)
        return {"position": held.signature("th", OfficeTitle.objects.worded()).office if held else ""}

    def act(self, data: dict[str, Any]) -> str:
        form = self.form(self.request.POST)
        form.is_valid()
        check_registration(
            by=self.request.user, registration=self.row, passed=self.request.POST.get("answer") != "back",
            said=form.said(), position=data["position"], words=data["words"],
        )
        return reverse("registry:registration-show", args=[self.row.public_id])


class RegistrationPrint(Gated, View):
    """The filing with its check list and the committee's decision as a sheet of paper; what is open has room to write."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        row = get_object_or_404(seen_by(request.user), public_id=public_id)
        context = whole(row)
        return render(request, "registry/registration_print.html", {
            **context, "answers": Answer.choices, "sample": row.origin == "sample",
            "position": position_lines(context["check"].position) if context["check"] else (),
            **_sheet(context["check"] if row.state not in ("draft", "returned") else None, list(context["products"])),
        })


def _sheet(check: Any, products: list[Any]) -> dict[str, Any]:
    """The lines of the check list about the whole and about each product, with their answers as far as there are."""
    items = list(CheckItem.objects.all())
    lines = {(line.item_id, line.product_id): line for line in check.lines.all()} if check else {}
    return {
        "whole_lines": [(item, lines.get((item.pk, None))) for item in items if not item.per_product],
        "product_lines": [
            (product, [(item, lines.get((item.pk, product.pk))) for item in items if item.per_product])
            for product in products
        ],
    }


class RegistrationDecide(Writing):
    """What waits for one amphoe's committee, decided at one meeting; the rest waits for the next."""

    template_name = "registry/registration_decide.html"
    form_class = SittingForm
    called = _("Decisions on registrations")
    step = 0

    def load(self) -> None:
        bodies = within_reach(Committee.objects.filter(kind=CommitteeKind.AMPHOE), self.request.user, "area")
        self.committee = get_object_or_404(bodies.select_related("area__parent__parent"), public_id=self.kwargs["public_id"])
        waiting = Registration.objects.visible_to(self.request.user).filter(state="checked", origin=self.committee.origin)
        area = self.committee.area
        self.rows = list(
            waiting.filter(lies_in(area.lft, area.rght))
            .select_related("producer", *PATHS).prefetch_related("checks__by", "products").order_by("filed_on", "id")[:MOST_AT_ONCE]
        )  # fmt: skip
        self.seats = list(self.committee.seats.active_on(bangkok_day(self.at)).select_related("user"))
        self.blocked = told(may_decide(self.request.user, self.committee, self.at), same_origin(self.committee, self.request.user))
        self.context |= {
            "committee": self.committee, "rows": self.rows, "blocked": self.blocked, "sample": self.committee.origin == "sample",
            "steps": [], "decided": self._decided(),
        }

    def _decided(self) -> QuerySet[Meeting]:
        meetings = self.committee.meetings.exclude(registration_decisions=None).distinct()
        return meetings.order_by("-held_on", "-id")[:10]

    def against(self) -> Iterable[Refusal | None]:
        return self.blocked if self.request.method == "POST" else ()

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return SittingForm(*args, seats=self.seats, rows=self.rows, **kwargs).set_rows()

    def act(self, data: dict[str, Any]) -> str:
        present = [seat for seat in self.seats if seat.public_id in data["present"]]
        rulings = [
            Ruling(row, verdict, data[f"reason-{row.public_id}"])
            for row in self.rows if (verdict := data[f"verdict-{row.public_id}"])
        ]  # fmt: skip
        sitting = Sitting(data["number"], data["held_on"], data["place"], present)
        decide_registrations(by=self.request.user, committee=self.committee, sitting=sitting, rulings=rulings)
        return reverse("registry:registration-decide", args=[self.committee.public_id])


class WindowList(Gated, View):
    """The registration windows, newest first, each with its source."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        rows = RegistrationWindow.objects.all()
        return render(request, "registry/window_list.html", {
            "page_obj": page_of(rows, request.GET.get("page")), "refusals": told(may_keep_windows(request.user, at)),
            "today": bangkok_day(at),
        })


class WindowNew(Writing):
    """A new window; the centre's."""

    template_name = "registry/window_form.html"
    form_class = WindowForm
    called = _("Announce a window")
    step = 0

    def load(self) -> None:
        self.context["steps"] = []

    def against(self) -> Iterable[Refusal | None]:
        return [may_keep_windows(self.request.user, self.at)]

    def values(self) -> dict[str, Any]:
        today = bangkok_day(self.at)
        return {"fiscal_year_be": fiscal_year_be(today), "quarter": (today.month - 10) % 12 // 3 + 1}

    def act(self, data: dict[str, Any]) -> str:
        open_window(by=self.request.user, **data)
        return reverse("registry:window-list")


class WindowEdit(WindowNew):
    """Other days of a window."""

    form_class = WindowChangeForm
    called = _("Correct a window")

    def load(self) -> None:
        super().load()
        self.window = get_object_or_404(RegistrationWindow, public_id=self.kwargs["public_id"])
        self.context["window"] = self.window

    def values(self) -> dict[str, Any]:
        fields = ("opens_on", "closes_on", "renew_before", "source_note", "version")
        return {field: getattr(self.window, field) for field in fields}

    def act(self, data: dict[str, Any]) -> str:
        change_window(by=self.request.user, window=self.window, **data)
        return reverse("registry:window-list")


class OldCodeNew(ProducerWriting):
    """A code that an older register gave this producer."""

    template_name = "registry/old_code_form.html"
    form_class = OldCodeForm
    called = _("Record an old code")

    def load(self) -> None:
        super().load()
        self.context |= {"steps": steps_of(0)[:0], "heading": _("Record an old code")}

    def act(self, data: dict[str, Any]) -> str:
        record_old_code(by=self.request.user, producer=self.producer, **data)
        return self.home()
