"""Registrations of the areas of one's offices and seats: list, page, and the short steps in which one is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.registrations import (
    change_registration,
    draft_registration,
    file_registration,
    give_paper,
    name_products,
    take_paper_back,
    withdraw_registration,
)
from registry.clock import bangkok_day
from registry.forms.registrations import FactsForm, GivePaperForm, GoodsForm, KindForm, LinkForm, facts_values
from registry.history import history_of
from registry.models import PaperNeed, Registration, RegistrationState, RegistrationWindow, User
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import may_register, same_origin
from registry.rules.registrations import (
    filing_is_whole,
    may_check,
    may_open_registration,
    may_undergo,
    papers_missing,
    window_is_open,
)
from registry.views.gate import Gated, once
from registry.views.producers import ProducerWriting
from registry.views.writing import Writing

STEPS = (_("1 Kind"), _("2 Facts"), _("3 Community"), _("4 Products"), _("5 Papers"), _("6 File it"))
PATHS = ("area__parent__parent", "site__parent__parent")


def seen_by(user: User) -> QuerySet[Registration]:
    """The registrations a user sees, with what their page shows."""
    return Registration.objects.visible_to(user).select_related("producer", "window", "renews", "created_by", *PATHS)


def told(*checks: Refusal | None) -> list[Refusal]:
    return [refusal for refusal in checks if refusal is not None]


def steps_of(step: int) -> list[tuple[str, Any]]:
    """Glyph and words of each step, `step` (from 0) being where one stands."""
    return [("done" if at < step else "open" if at == step else "not", words) for at, words in enumerate(STEPS)]


class RegistrationList(Gated, View):
    """Registrations by state, newest first; the states stand above with their counts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Registration.objects.visible_to(request.user)
        counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
        state = request.GET.get("state", "")
        if state in RegistrationState.values:
            rows = rows.filter(state=state)
        return render(request, "registry/registration_list.html", {
            "page_obj": page_of(rows.for_list(), request.GET.get("page")), "state": state,
            "states": [(value, label, counts[value]) for value, label in RegistrationState.choices if value in counts],
            "window": RegistrationWindow.objects.open_on(bangkok_day(timezone.now())).first(),
        })


class RegistrationShow(Gated, View):
    """One registration: what it says, what it lacks, what was checked and decided, and what can be done now."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        row, at = get_object_or_404(seen_by(request.user), public_id=public_id), timezone.now()
        writes = told(may_register(request.user, row.area, at), same_origin(row, request.user))
        lacks = list(filing_is_whole(row)) if row.is_written_on else []
        return render(request, "registry/registration_show.html", {
            **whole(row), "history": history_of(row), "sample": row.origin == "sample", "writes": not writes,
            "file_refusals": writes + lacks + told(window_is_open(at)),
            "check_refusals": told(may_check(request.user, row.area, at), same_origin(row, request.user)),
            "steps": steps_of(5),
        })


def whole(row: Registration) -> dict[str, Any]:
    """Everything a page or a sheet tells of a registration."""
    checks = list(row.checks.select_related("by").prefetch_related("lines__item", "lines__product"))
    decisions = list(row.decisions.select_related("by", "meeting__committee").prefetch_related("meeting__committee__former_names"))
    return {
        "registration": row, "checks": checks, "decisions": decisions, "check": checks[-1] if checks else None,
        "decision": decisions[-1] if decisions else None,
        "products": row.products.select_related("category").order_by("name_sort", "id"),
        "papers": row.papers.filter(taken_back_at=None).select_related("need", "paper"),
        "links": [(LINK_WORDS[link], words) for link, words in row.links.items()],
    }


LINK_WORDS = {
    "labour": _("Labour"), "material": _("Raw material"), "management": _("Management"), "benefit": _("Benefit"),
}


class RegistrationNew(ProducerWriting):
    """Beginning a registration: as which type; another type than before is growth."""

    template_name = "registry/registration_new.html"
    form_class = KindForm
    keeps_draft = False

    def load(self) -> None:
        super().load()
        self.context["steps"] = steps_of(0)

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), may_open_registration(self.producer)]

    def values(self) -> dict[str, Any]:
        return {"type": self.producer.type}

    def act(self, data: dict[str, Any]) -> str:
        row = draft_registration(by=self.request.user, producer=self.producer, type=data["type"])
        return reverse("registry:registration-facts", args=[row.public_id])


class RegistrationWriting(Writing):
    """A step of a registration that is being written; saved, it leads to the next one."""

    template_name = "registry/registration_form.html"
    following: str
    heading: Any

    def load(self) -> None:
        self.row = get_object_or_404(seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {
            "registration": self.row, "sample": self.row.origin == "sample", "steps": steps_of(self.step),
            "heading": self.heading, "number": self.step + 1,
        }

    def against(self) -> Iterable[Refusal | None]:
        return [
            may_register(self.request.user, self.row.area, self.at), same_origin(self.row, self.request.user),
            may_undergo(self.row, "change"),
        ]

    def values(self) -> dict[str, Any]:
        return facts_values(self.row)

    def act(self, data: dict[str, Any]) -> str:
        change_registration(by=self.request.user, registration=self.row, **data)
        return reverse(f"registry:{self.following}", args=[self.row.public_id])


class RegistrationFacts(RegistrationWriting):
    form_class = FactsForm
    called = _("Registration: who produces, and where")
    step, following, heading = 1, "registration-link", _("Who produces, and where")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = FactsForm(*args, type=self.row.type, **kwargs)
        form.fields["site"].user = self.request.user
        return form


class RegistrationLink(RegistrationWriting):
    form_class = LinkForm
    called = _("Registration: how the community takes part")
    step, following, heading = 2, "registration-goods", _("How the community takes part")

    def load(self) -> None:
        super().load()
        self.context["lead"] = _("At least one of the four, in a word that can be checked.")


class RegistrationGoods(RegistrationWriting):
    form_class = GoodsForm
    step, following, heading = 3, "registration-papers", _("Which products it is about")
    keeps_draft = False

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return GoodsForm(*args, registration=self.row, **kwargs)

    def values(self) -> dict[str, Any]:
        return {"products": self.row.products.values_list("public_id", flat=True)}

    def act(self, data: dict[str, Any]) -> str:
        name_products(by=self.request.user, registration=self.row, products=list(data["products"]))
        return reverse("registry:registration-papers", args=[self.row.public_id])


class RegistrationPapers(RegistrationWriting):
    """The papers given and the ones still missing; one is added at a time, so that a weak line loses no other."""

    template_name = "registry/registration_papers.html"
    form_class = GivePaperForm
    step, following, heading = 4, "registration-papers", _("Papers")
    keeps_draft = False

    def load(self) -> None:
        super().load()
        self.context |= {
            "papers": self.row.papers.filter(taken_back_at=None).select_related("need", "paper"),
            "missing": papers_missing(self.row),
        }

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return GivePaperForm(*args, registration=self.row, **kwargs)

    def values(self) -> dict[str, Any]:
        given = self.row.papers.filter(taken_back_at=None).values("need")
        wanted = PaperNeed.objects.filter(must=True, **{f"for_{self.row.type}": True}).exclude(pk__in=given).first()
        return {"need": wanted.code if wanted else ""}

    def act(self, data: dict[str, Any]) -> str:
        give_paper(by=self.request.user, registration=self.row, need=data["need"], content=data["file"])
        return reverse("registry:registration-papers", args=[self.row.public_id])


class PaperTakeBack(Gated, View):
    """Takes one paper of a registration back."""

    def post(self, request: HttpRequest, public_id: str, paper_id: str) -> HttpResponse:
        row = get_object_or_404(seen_by(request.user), public_id=public_id)
        given = get_object_or_404(row.papers, paper__public_id=paper_id)

        def act() -> str:
            take_paper_back(by=request.user, given=given)
            return reverse("registry:registration-papers", args=[row.public_id])

        return once(request, act)


class RegistrationFile(Gated, View):
    """Files the registration in the open window."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        row = get_object_or_404(seen_by(request.user), public_id=public_id)

        def act() -> str:
            file_registration(by=request.user, registration=row)
            messages.success(request, gettext("Filed. The officer of the amphoe checks it next."))
            return reverse("registry:registration-show", args=[row.public_id])

        return once(request, act)


class RegistrationWithdraw(Gated, View):
    """Leaves a registration that is being written."""

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        row = get_object_or_404(seen_by(request.user), public_id=public_id)

        def act() -> str:
            withdraw_registration(by=request.user, registration=row)
            return reverse("registry:registration-show", args=[row.public_id])

        return once(request, act)
