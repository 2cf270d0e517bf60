"""Writing criteria: a new edition, the correction of a draft, and the shipped sample to begin with."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.refusal import Conflict, Refusal
from registry.views.gate import Gated, once
from registry.views.writing import Writing
from selection import rules
from selection.actions.criteria import enter_criteria, redraft_criteria
from selection.forms.criteria import LONGEST_TABLE, CriteriaForm, criteria_values
from selection.intake.columns import EXAMPLES, TABLE
from selection.sample.criteria import enter_sample_drafts
from selection.views.criteria import bands_of, round_for, set_of, suggested


class CriteriaWriting(Writing):
    """The one form of a criteria set."""

    template_name = "selection/criteria_form.html"
    form_class = CriteriaForm
    step = 0  # a criteria set is on no way of steps
    called = gettext_lazy("Criteria set")
    longest_draft = 2 * LONGEST_TABLE
    merges = False  # the rows that differ are shown with the texts that do

    def load(self) -> None:
        self.set = None
        self.context |= {"columns": TABLE.values(), "example_columns": EXAMPLES.values()}

    def against(self) -> Iterable[Refusal | None]:
        return [rules.may_run_rounds(self.request.user, self.at)]

    def form(self, *args: Any, **kwargs: Any) -> CriteriaForm:
        too_large = getattr(self.request, "upload_too_large", False)
        self.bound = CriteriaForm(*args, criteria_set=self.set, too_large=too_large, **kwargs)
        return self.bound


class CriteriaNew(CriteriaWriting):
    """A new edition for a category, empty or begun from another set."""

    def values(self) -> dict[str, Any]:
        origin = self.request.GET.get("from", "")
        return criteria_values(set_of(self.request, origin)) if origin else {}

    def act(self, data: dict[str, Any]) -> str:
        made = enter_criteria(
            category=data["category"], parts=self.bound.parts, examples=self.bound.worked, by=self.request.user,
            **self.bound.own().changes(),
        )  # fmt: skip
        messages.success(self.request, _("%(name)s is kept as a draft.") % {"name": made.name})
        return reverse("selection:criteria-show", args=[made.public_id])


class CriteriaEdit(CriteriaWriting):
    """A draft, sent again as a whole; with ?edges=… the examples that stand on the edges of the bands are added."""

    def load(self) -> None:
        super().load()
        self.set = set_of(self.request, self.kwargs["pid"])
        self.context["set"] = self.set

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), rules.set_draft(self.set)]

    def values(self) -> dict[str, Any]:
        more = []
        if "edges" in self.request.GET:
            bands = bands_of(round_for(self.request, self.request.GET["edges"]))
            more = suggested(self.set, rules.maxima_of(self.set), bands)
        return criteria_values(self.set, tuple(more))

    def act(self, data: dict[str, Any]) -> str:
        try:
            redraft_criteria(
                criteria_set=self.set, version=data["version"], fields=self.bound.own(), parts=self.bound.parts,
                examples=self.bound.worked, by=self.request.user,
            )  # fmt: skip
        except Conflict as conflict:
            self._add_tables(conflict)
            raise
        messages.success(self.request, _("%(name)s is kept as a draft.") % {"name": self.set.name})
        return reverse("selection:criteria-show", args=[self.set.public_id])

    def _add_tables(self, conflict: Conflict) -> None:
        """The rows of both tables that differ, beside the fields that do."""
        stored = criteria_values(set_of(self.request, self.kwargs["pid"]))
        words = dict(self.bound.fields["official"].choices)
        for side, code in ((conflict.yours, self.bound.cleaned_data["official"]), (conflict.theirs, stored["official"])):
            side["official"] = words[code]
        for name in ("table", "examples"):
            mine, theirs = self.bound.data[name].splitlines(), stored[name].splitlines()
            here, there = set(mine), set(theirs)
            conflict.yours[name] = "\n".join(line for line in mine if line not in there)
            conflict.theirs[name] = "\n".join(line for line in theirs if line not in here)


class CriteriaSample(Gated, View):
    """The shipped criteria, not official, entered as drafts where there are none."""

    def post(self, request: HttpRequest) -> HttpResponse:
        def act() -> str:
            drafts = enter_sample_drafts(by=request.user)
            said = _("%(count)s drafts are entered. Open each, look at it, and activate it.") % {"count": len(drafts)}
            messages.success(request, said)
            return reverse("selection:criteria-list")

        return once(request, act)
