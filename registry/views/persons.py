"""The people of a producer as an office sees them: masked; adding, correcting, their consents, finding them by a number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from registry.actions.consents import give_consent, withdraw_consent
from registry.actions.persons import add_person, correct_person
from registry.actions.reveals import look_up
from registry.forms.persons import (
    LABELS,
    ConsentForm,
    LookupForm,
    PersonChangeForm,
    PersonForm,
    WithdrawForm,
    person_values,
)
from registry.models import SEALED, Consent, Person, ReadKind, User
from registry.refusal import Refusal, Refused
from registry.rules import (
    budget_left,
    consent_is_live,
    law_lets_go,
    limit_of,
    may_answer_for_persons,
    may_keep_persons,
    may_run_retention,
    not_erased,
    reads_today,
    retention_of,
    same_origin,
    still_open,
)
from registry.views.gate import Gated, show_refusals
from registry.views.producers import ProducerWriting
from registry.views.writing import Writing

READS_SHOWN = 50


def persons_seen_by(user: User) -> QuerySet[Person]:
    """The people a user may see masked, with the path of their producer's area."""
    return Person.objects.visible_to(user).select_related("producer__area__parent__parent__parent")


def told_of(data: Mapping[str, Any]) -> dict[str, str]:
    """The sealed fields of a form's data."""
    return {field: data[field] for field in SEALED if field in data}


class Unkept(Writing):
    """A form whose typing is not kept as a draft, because it holds personal data."""

    step = 0
    keeps_draft = False
    merges = False  # two people's personal data are not put side by side on a page

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.context["steps"] = []


class PersonNew(Unkept, ProducerWriting):
    """Recording a person of a producer."""

    template_name = "registry/person_form.html"
    form_class = PersonForm

    def against(self) -> Iterable[Refusal | None]:
        return [
            may_keep_persons(self.request.user, self.producer, self.at), same_origin(self.producer, self.request.user),
            still_open(self.producer, self.at),
        ]

    def act(self, data: dict[str, Any]) -> str:
        person = add_person(
            by=self.request.user, at=None, producer=self.producer, role=data["role"], title=data["title"], told=told_of(data)
        )
        return reverse("registry:person-show", args=[person.public_id])


class PersonShow(Gated, View):
    """One person, masked, with consents and who has looked; every closed button says why."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        person = get_object_or_404(persons_seen_by(request.user), public_id=public_id)
        user, at = request.user, timezone.now()
        officer = [may_answer_for_persons(user, person.producer, at)]
        return render(request, "registry/person_show.html", {
            "person": person, "producer": person.producer, "masked": person.masked, "consents": person.consents.all(),
            "rows": [(LABELS[field], person.masked[field]) for field in ("national_id", "phone", "address")],
            "reads": reads_of(person), "erase_blocked": told([*officer, law_lets_go(person, retention_of(person), at)]),
            "copy_blocked": told(officer), "blocked": told([same_origin(person.producer, user), not_erased(person)]),
            "rule": retention_of(person), "sample": person.producer.origin == "sample",
        })  # fmt: skip


def reads_of(person: Person) -> list[tuple[Any, str]]:
    """The newest readings of a person's data, each with the names of the fields."""
    rows = person.reads.select_related("by")[:READS_SHOWN]
    return [(row, ", ".join(str(LABELS[field]) for field in row.field_list if field in LABELS)) for row in rows]


def told(checks: Iterable[Refusal | None]) -> list[Refusal]:
    return [refusal for refusal in checks if refusal is not None]


class PersonWriting(Unkept):
    """A form about one person whom the user may see."""

    def load(self) -> None:
        self.person = get_object_or_404(persons_seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {
            "person": self.person, "producer": self.person.producer, "masked": self.person.masked,
            "sample": self.person.producer.origin == "sample",
        }

    def form(self, *args: Any, **kwargs: Any) -> Any:
        form = super().form(*args, **kwargs)
        if hasattr(form, "show_recorded"):
            form.show_recorded(self.person)
        return form

    def against(self) -> Iterable[Refusal | None]:
        user, producer = self.request.user, self.person.producer
        return [may_keep_persons(user, producer, self.at), same_origin(producer, user), not_erased(self.person)]

    def home(self) -> str:
        return reverse("registry:person-show", args=[self.person.public_id])


class PersonEdit(PersonWriting):
    template_name = "registry/person_form.html"
    form_class = PersonChangeForm

    def values(self) -> dict[str, Any]:
        return person_values(self.person)

    def act(self, data: dict[str, Any]) -> str:
        rest = {name: data[name] for name in ("version", "role", "title", "drop", "left_on")}
        correct_person(by=self.request.user, at=None, person=self.person, told=told_of(data), **rest)
        return self.home()


class ConsentNew(PersonWriting):
    template_name = "registry/consent_form.html"
    form_class = ConsentForm

    def act(self, data: dict[str, Any]) -> str:
        give_consent(by=self.request.user, at=None, person=self.person, **data)
        return self.home()


class ConsentWithdraw(PersonWriting):
    """Taking a consent back: the public page changes with the answer to this form."""

    template_name = "registry/consent_withdraw.html"
    form_class = WithdrawForm

    def load(self) -> None:
        seen = persons_seen_by(self.request.user)
        self.consent = get_object_or_404(Consent, public_id=self.kwargs["public_id"], person__in=seen.values("pk"))
        self.kwargs = {"public_id": seen.get(pk=self.consent.person_id).public_id}
        super().load()
        self.context["consent"] = self.consent

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), consent_is_live(self.consent)]

    def act(self, data: dict[str, Any]) -> str:
        withdraw_consent(by=self.request.user, at=None, consent=self.consent, **data)
        return self.home()


class PersonSearch(Gated, View):
    """Finding producers by a person's number, within one's own offices; sent by POST so that no address holds it."""

    template_name = "registry/person_search.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(request, LookupForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = LookupForm(request.POST)
        if not form.is_valid():
            return self.page(request, form, status=422)
        try:
            found = look_up(by=request.user, at=None, **form.cleaned_data)
        except Refused as refused:
            show_refusals(form, refused)
            return self.page(request, form, status=refused.status)
        return self.page(request, form, found=found)

    def page(self, request: HttpRequest, form: LookupForm, *, status: int = 200, **context: Any) -> HttpResponse:
        user, at = request.user, timezone.now()
        return render(request, self.template_name, {
            "form": form, "left": limit_of(ReadKind.LOOKUP) - reads_today(user, ReadKind.LOOKUP, at),
            "closed": told([budget_left(user, ReadKind.LOOKUP, at)]), "keeps_terms": may_run_retention(user, at) is None,
            **context,
        }, status=status)  # fmt: skip

