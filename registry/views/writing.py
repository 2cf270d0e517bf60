"""A page with one form: it begins with the draft, acts once, and never loses what was typed, by whomever it was."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.drafts import days_kept, drop_draft
from registry.forms.areas import AreaField
from registry.forms.fields import AreaTyped
from registry.forms.papers import PaperField
from registry.models import Area, Draft
from registry.refusal import Conflict, Refusal, Refused, require
from registry.views.choosing import WEIGHED, choices_between, opened_with, picks_in, read_opened, with_picks
from registry.views.drafts import draft_of, page_in_thai
from registry.views.gate import Gated, once_or_form
from registry.views.mending import mending, on_to_next

WHERE_IT_IS = {"producer_exists": "registry:producer-show", "product_exists": "registry:product-show",
               "committee_exists": "registry:committee-show"}  # fmt: skip
BAD = 400
STEPS = (_("1 Producer"), _("2 Product"), _("3 Standards"), _("4 Photographs"))


def steps_at(step: int) -> list[tuple[str, str]]:
    """The way of a registration: glyph and words of each step, `step` (from 0) being where one stands."""
    return [("done" if at < step else "open" if at == step else "not", words) for at, words in enumerate(STEPS)]


class Writing(Gated, View):
    """Subclasses say which form, what it begins with, what stands against it, and the one act it leads to."""

    template_name: str
    form_class: type[forms.Form]
    step: int  # of STEPS: where on the way this page stands
    keeps_draft = True
    called: ClassVar[Any] = _("A form")  # on the list of one's drafts
    never_kept: ClassVar[tuple[str, ...]] = ()  # fields with somebody's personal data, which no draft may hold
    merges = True  # whether two savings of the same row are put side by side, field by field

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at: datetime = timezone.now()
        self.context: dict[str, Any] = {"keeps_draft": self.keeps_draft, "steps": steps_at(self.step)}
        if self.keeps_draft:
            self.context["days_kept"] = days_kept
        self.context["mend"] = mending(request, kwargs.get("public_id", ""))

    def load(self) -> None:
        """Fetches what the page is about from what the user may see; 404 for the rest."""

    def values(self) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def against(self) -> Iterable[Refusal | None]:
        """Why this user may not open the page at all; the action asks again."""
        return ()

    def act(self, data: dict[str, Any]) -> str:
        """The one action; gives the address to go to."""
        raise NotImplementedError

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = self.form_class(*args, **kwargs)
        for field in form.fields.values():
            if isinstance(field, AreaField):
                field.user = self.request.user  # whose places come first
        return form

    def get(self, request: HttpRequest, **_address: str) -> HttpResponse:
        self.load()
        require(self.against())
        draft = draft_of(request.user, request.path)
        form = self.form(initial=self.values() | ({} if draft is None else texts_of(draft)))
        if draft is not None:
            restore_areas(form, draft)
            restore_boxes(form, draft, self.never_kept)
        self.context |= {"unkept": [form[name].label for name in self.never_kept if name in form.fields]}
        return render(request, self.template_name, {
            **self.context, "form": form, "draft": draft, "opened": self._opened(form, draft)
        })

    def _opened(self, form: forms.Form, draft: Draft | None) -> str:
        """What stood in the form when its version was opened; a draft goes on with what it was begun from."""
        if not self.weighs(form):
            return ""
        return texts_of(draft).get("opened", "") if draft is not None else opened_with(form, self.never_kept)

    def weighs(self, form: forms.Form) -> bool:
        """Whether the form changes a row that another may have changed."""
        return self.merges and "version" in form.fields

    def post(self, request: HttpRequest, **_address: str) -> HttpResponse:
        self.load()
        require(self.against())
        picked = WEIGHED in request.POST
        sent = with_picks(request.POST, self.form(initial=self.values())) if picked else request.POST
        form = self.form(sent, request.FILES)
        for field in form.fields.values():
            if isinstance(field, PaperField):
                field.too_large = getattr(request, "upload_too_large", False)
        self.context |= {
            "unkept": [form[name].label for name in self.never_kept if name in form.fields],
            "opened": request.POST.get("opened", ""),
        }
        answer = once_or_form(request, form, lambda: self._noted(form), self.template_name, self.context)
        if picked and answer.status_code >= BAD and self.weighs(form) and "choices" not in self.context:
            return self._asked_again(form, answer.status_code)
        return answer

    def _asked_again(self, form: forms.Form, status: int) -> HttpResponse:
        """The page once more with both texts to pick from: a refusal must not cost the one that was not picked."""
        form.data = self.request.POST
        self._weigh(form)
        return render(self.request, self.template_name, {**self.context, "form": form}, status=status)

    def _weigh(self, form: forms.Form) -> None:
        """Puts what was typed beside what is stored now, read afresh.

        The form keeps the version it was opened with, so that a draft of it meets both texts again; the version that was
        weighed goes up beside the picks.
        """
        opened = self.context["opened"]
        self.load()
        stored, sent = self.form(initial=self.values()), self.request.POST
        choices = choices_between(form, stored, read_opened(opened), picks_in(sent), self.never_kept)
        self.context |= {"choices": choices, WEIGHED: stored["version"].value(), "opened": opened}

    def _noted(self, form: forms.Form) -> str:
        """Acts and drops the draft; notes for the page what a refusal needs: the other text, or the row that exists."""
        try:
            url = self.act(form.cleaned_data)
        except Conflict as conflict:
            if self.weighs(form):
                form.data = self.request.POST
                self._weigh(form)
            else:
                self.context["conflict"] = differences(form, conflict)
                form.data = form.data.copy()
                form.data["version"] = str(conflict.theirs.get("version") or self.values().get("version", ""))
            raise
        except Refused as refused:
            self.context["existing"] = existing(refused)
            raise
        drop_draft(by=self.request.user, page=page_in_thai(self.request.path))
        messages.success(self.request, gettext("Saved."))
        return on_to_next(self.request, self.kwargs.get("public_id", ""), url)


def texts_of(draft: Draft) -> dict[str, str]:
    """What was typed into each field; of several ticks the last."""
    return {name: said if isinstance(said, str) else "".join(said[-1:]) for name, said in draft.typed.items()}


def restore_boxes(form: forms.Form, draft: Draft, never_kept: Sequence[str] = ()) -> None:
    """Puts the ticks of a draft back, also those taken away: a browser sends nothing for a box that is not ticked."""
    for name, field in form.fields.items():
        said = draft.typed.get(form.add_prefix(name))
        if name in never_kept or not isinstance(field.widget, forms.CheckboxInput | forms.SelectMultiple | forms.CheckboxSelectMultiple):
            continue
        if isinstance(field.widget, forms.CheckboxInput):
            form.initial[name] = said is not None
        else:
            form.initial[name] = [said] if isinstance(said, str) else said or []


def restore_areas(form: forms.Form, draft: Draft) -> None:
    """Puts the areas of a draft back as they were typed and chosen."""
    typed = texts_of(draft)
    for name, field in form.fields.items():
        if isinstance(field, AreaField) and {name, f"{name}_typed"} & draft.typed.keys():
            answer = AreaTyped(typed.get(name, ""), typed.get(f"{name}_typed", ""))
            form.initial[name] = answer
            if answer.code:
                field.widget.area = Area.objects.current().with_path().filter(code=answer.code[:8]).first()


def existing(refused: Refused) -> str | None:
    """The address of the row that is there already, when that is why."""
    for refusal in refused.refusals:
        if refusal.code in WHERE_IT_IS:
            return reverse(WHERE_IT_IS[refusal.code], args=[refusal.params["number"]])
    return None


def differences(form: forms.Form, conflict: Conflict) -> list[tuple[str, object, object]]:
    """Label, what was typed and what is stored now, for each field (or set of lines) in which they differ."""
    labels = {name: field.label for name, field in form.fields.items()} | getattr(form, "line_labels", {})
    return [
        (str(labels[name]), yours, conflict.theirs[name])
        for name, yours in conflict.yours.items()
        if name in labels and conflict.theirs[name] != yours
    ]
