"""Writing a round's rules: a new round, and the draft of one that was not opened yet."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.refusal import Refusal
from registry.views.writing import Writing
from selection import rules
from selection.actions.drafts import draft_round, redraft_round
from selection.forms.rounds import RoundForm, round_values, sample_values
from selection.views.rounds.pages import marked, round_of


class RoundWriting(Writing):
    """The one form of a round."""

    template_name = "selection/round_form.html"
    form_class = RoundForm
    step = 0  # a round is on no way of steps
    called = gettext_lazy("Rules of a round")

    def against(self) -> Iterable[Refusal | None]:
        return [rules.may_run_rounds(self.request.user, self.at)]


class RoundNew(RoundWriting):
    """A new round, begun with the sample's rules."""

    def values(self) -> dict[str, Any]:
        return sample_values()

    def act(self, data: dict[str, Any]) -> str:
        draft = self.bound.draft()
        round_ = draft_round(key=data["key"], kind=data["kind"], draft=draft, by=self.request.user)
        messages.success(self.request, _("%(round)s is kept as a draft.") % {"round": round_.name})
        return reverse("selection:round-show", args=[round_.key])

    def form(self, *args: Any, **kwargs: Any) -> RoundForm:
        self.bound = RoundForm(*args, **kwargs)
        return self.bound


class RoundEdit(RoundWriting):
    """The rules of a round that was not opened yet."""

    def load(self) -> None:
        self.round = round_of(self.request, self.kwargs["key"])
        self.context |= marked(self.round)

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), rules.round_draft(self.round)]

    def values(self) -> dict[str, Any]:
        return round_values(self.round)

    def form(self, *args: Any, **kwargs: Any) -> RoundForm:
        self.bound = RoundForm(*args, round_=self.round, **kwargs)
        return self.bound

    def act(self, data: dict[str, Any]) -> str:
        redraft_round(round_=self.round, version=data["version"], draft=self.bound.draft(), by=self.request.user)
        messages.success(self.request, _("%(round)s is kept as a draft.") % {"round": self.round.name})
        return reverse("selection:round-show", args=[self.round.key])
