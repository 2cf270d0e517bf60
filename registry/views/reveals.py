"""Reading personal data unmasked, the access copy, erasure, and the terms of keeping."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views import View

from registry.actions.erasure import KIND, ask_for_retention, due_persons, erase_person
from registry.actions.reveals import access_copy, reveal
from registry.forms.persons import LABELS, CopyForm, EraseForm, RevealForm
from registry.models import SEALED, Job, ReadKind, RetentionRule
from registry.personal import phone_as_written
from registry.refusal import Refusal, Refused, require
from registry.rules import (
    budget_left,
    law_lets_go,
    limit_of,
    may_answer_for_persons,
    may_run_retention,
    reads_today,
    retention_of,
)
from registry.views.gate import Gated, once, once_shown, show_refusals
from registry.views.persons import PersonWriting, told

DUE_SHOWN = 50


class Unmasking(PersonWriting):
    """A form whose answer is the page with the values, shown this once and stored nowhere."""

    kind: str

    def load(self) -> None:
        super().load()
        user = self.request.user
        self.context |= {
            "left": limit_of(self.kind) - reads_today(user, self.kind, self.at),
            "closed": told([budget_left(user, self.kind, self.at)]),
        }

    def values_asked(self, data: dict[str, Any]) -> Any:
        """The one action; gives the values."""
        raise NotImplementedError

    def answer(self, values: Any, data: dict[str, Any]) -> HttpResponse:
        """The page or file with the values."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **_address: str) -> HttpResponse:
        self.load()
        require(self.against())
        form, status = self.form(request.POST), 422
        if form.is_valid():
            try:
                values = once_shown(request, lambda: self.values_asked(form.cleaned_data))
            except Refused as refused:
                show_refusals(form, refused)
                status = refused.status
            else:
                return self.answer(values, form.cleaned_data) if values else self.shown_before()
        return render(request, self.template_name, {**self.context, "form": form}, status=status)

    def shown_before(self) -> HttpResponse:
        messages.warning(self.request, gettext("This was shown once already and is not shown again. Ask anew if you still need it."))
        return HttpResponseRedirect(self.home())


class PersonReveal(Unmasking):
    template_name = "registry/person_reveal.html"
    form_class = RevealForm
    kind = ReadKind.REVEAL

    def values_asked(self, data: dict[str, Any]) -> dict[str, str]:
        asked = {"fields": data["fields_asked"], "reason": data["reason"], "words": data["words"]}
        return reveal(by=self.request.user, at=None, person=self.person, **asked)

    def answer(self, values: dict[str, str], data: dict[str, Any]) -> HttpResponse:
        return render(self.request, "registry/person_revealed.html", {**self.context, "rows": in_words(values)})


def in_words(values: dict[str, str]) -> list[tuple[str, str]]:
    """Label and value of each field that holds something, numbers grouped as people read them."""
    groups: dict[str, Callable[[str], str]] = {
        "phone": phone_as_written,
        "national_id": lambda digits: f"{digits[0]}-{digits[1:5]}-{digits[5:10]}-{digits[10:12]}-{digits[12]}",
    }
    return [(LABELS[field], groups.get(field, str)(values[field])) for field in SEALED if values.get(field)]


class PersonCopy(Unmasking):
    """The access copy of all that is held on a person, for the person."""

    template_name = "registry/person_copy.html"
    form_class = CopyForm
    kind = ReadKind.COPY

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), may_answer_for_persons(self.request.user, self.person.producer, self.at)]

    def values_asked(self, data: dict[str, Any]) -> dict[str, Any]:
        return access_copy(by=self.request.user, at=None, person=self.person, words=data["words"])

    def answer(self, values: dict[str, Any], data: dict[str, Any]) -> HttpResponse:
        if data["kind"] == "json":
            name = f'attachment; filename="person-{self.person.public_id}.json"'
            layout = {"ensure_ascii": False, "indent": 1}
            return JsonResponse(values, json_dumps_params=layout, headers={"Content-Disposition": name})
        return render(self.request, "registry/person_copied.html", {
            **self.context, "rows": in_words(values), "consents": self.person.consents.all(),
            "reads": self.person.reads.select_related("by"), "rule": retention_of(self.person), "now": self.at,
        })


class PersonErase(PersonWriting):
    template_name = "registry/person_erase.html"
    form_class = EraseForm

    def against(self) -> Iterable[Refusal | None]:
        person, user = self.person, self.request.user
        return [
            *super().against(), may_answer_for_persons(user, person.producer, self.at),
            law_lets_go(person, retention_of(person), self.at),
        ]

    def values(self) -> dict[str, Any]:
        return {"version": self.person.version}

    def act(self, data: dict[str, Any]) -> str:
        erase_person(by=self.request.user, at=None, person=self.person, version=data["version"], words=data["words"])
        return self.home()


class Retention(Gated, View):
    """How long each kind of data is kept, whose term is over, and erasing them now instead of tonight."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        require(may_run_retention(request.user, at))
        due = list(islice(due_persons(at), DUE_SHOWN + 1))
        return render(request, "registry/retention_show.html", {
            "rules": RetentionRule.objects.all(), "due": due[:DUE_SHOWN], "more": len(due) > DUE_SHOWN, "shown": DUE_SHOWN,
            "job": Job.objects.filter(kind=KIND).order_by("-id").first(),
        })

    def post(self, request: HttpRequest) -> HttpResponse:
        require(may_run_retention(request.user, timezone.now()))
        return once(request, lambda: ask(request))


def ask(request: HttpRequest) -> str:
    ask_for_retention(by=request.user, at=None)
    return reverse("registry:retention")
