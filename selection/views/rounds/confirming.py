"""The acts on a round that cannot be taken back: opening it, closing a stage, closing it; each after a check."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from registry.refusal import N_, Refusal, Refused, require
from registry.views.gate import Gated, once
from selection import rules
from selection.actions import rounds as acts
from selection.models import Entry, EntryState, Panel, PanelState, Stage
from selection.views.rounds.pages import marked, opening, round_of

CONFIRM = "selection/round_confirm.html"


class Confirmed(Gated, View):
    """An act that cannot be taken back: a page that says what it does and what still stands against it, then the act."""

    heading: str
    button: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def load(self) -> None:
        self.round = round_of(self.request, self.kwargs["key"])

    def sentences(self) -> list[str]:
        """What the act does."""
        raise NotImplementedError

    def against(self) -> list[Refusal]:
        """Everything that still stands against it; the action asks again."""
        raise NotImplementedError

    def act(self) -> str:
        """The one action; gives what is said afterwards."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        return marked(self.round) | {
            "heading": self.said(self.heading), "button": self.said(self.button), "sentences": self.sentences(),
            "against": self.against(),
        }  # fmt: skip

    def said(self, msgid: str) -> str:
        return _(msgid) % {"round": self.round.name}

    def get(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        self.load()
        require(rules.may_run_rounds(request.user, self.at))
        return render(request, CONFIRM, self.context())

    def post(self, request: HttpRequest, **_address: Any) -> HttpResponse:
        self.load()

        def act() -> str:
            messages.success(request, self.act())
            return reverse("selection:round-show", args=[self.round.key])

        try:
            return once(request, act)
        except Refused as refused:
            context = self.context() | {"against": list(refused.refusals)}
            return render(request, CONFIRM, context, status=refused.status)


class RoundOpen(Confirmed):
    """Freezes the rules and opens the round."""

    heading = N_("Open %(round)s")
    button = N_("Open the round")

    def sentences(self) -> list[str]:
        return [
            _("The calendar, the rules, the bands, the criteria and the accepted standards are frozen and can no longer be changed."),
            _("Each stage then runs on its own days by itself."),
            _("The rules go into the public ledger."),
        ]  # fmt: skip

    def against(self) -> list[Refusal]:
        return opening(self.round, self.request.user, self.at)

    def act(self) -> str:
        acts.open_round(round_=self.round, by=self.request.user)
        return _("%(round)s is open.") % {"round": self.round.name}


class RoundClose(Confirmed):
    """Ends an announced round."""

    heading = N_("End %(round)s")
    button = N_("End the round")

    def sentences(self) -> list[str]:
        return [_("Nothing more is announced in this round. Certificates stay as they are.")]

    def against(self) -> list[Refusal]:
        found = (rules.may_run_rounds(self.request.user, self.at), rules.round_may(self.round, "close"))
        return [refusal for refusal in found if refusal]

    def act(self) -> str:
        acts.close_round(round_=self.round, by=self.request.user)
        return _("%(round)s has ended.") % {"round": self.round.name}


class StageClose(Confirmed):
    """Closes one stage for good."""

    heading = N_("Close stage %(number)s of %(round)s")
    button = N_("Close stage %(number)s")

    def load(self) -> None:
        super().load()
        stages = Stage.objects.filter(round=self.round).select_related("round")
        self.stage = get_object_or_404(stages, number=self.kwargs["number"])

    def said(self, msgid: str) -> str:
        return _(msgid) % {"round": self.round.name, "number": self.stage.number}

    def sentences(self) -> list[str]:
        here = Entry.objects.filter(round=self.round, stage=self.stage.number, state=EntryState.COMPETING)
        panels = Panel.objects.filter(stage=self.stage, state=PanelState.OPEN)
        found = [
            _("Nothing more is recorded, scored or settled at this stage."),
            _("Products that still wait here, and stop here: %(count)s") % {"count": f"{here.count():,}"},
            _("Panels that are not settled: %(count)s") % {"count": f"{panels.count():,}"},
        ]
        if timezone.localdate(self.at) <= self.stage.closes_on:
            found.append(_("The stage's last day has not come yet: whoever still works on it loses the rest of the time."))
        return found

    def against(self) -> list[Refusal]:
        found = (rules.may_run_rounds(self.request.user, self.at), rules.stage_still_open(self.stage))
        return [refusal for refusal in found if refusal]

    def act(self) -> str:
        acts.close_stage(stage=self.stage, by=self.request.user)
        return _("Stage %(number)s is closed.") % {"number": self.stage.number}
