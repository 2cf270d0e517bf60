"""The support plan: lines of help beside the committee's order."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from registry.refusal import Refused
from registry.views.gate import Gated, once
from selection import scoring
from selection.actions import plans
from selection.forms.rankings import SupportForm
from selection.views.panel_pages import act_or_page, done, entry_of, for_leaders, found, page
from selection.views.unsent import OnPanel


class SupportAdd(OnPanel):
    """Adds a line: which product, what help, from which budget, how many baht."""

    anchor, called = "plan", gettext_lazy("Line of a support plan")

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3)
        if refused_page := for_leaders(request, panel):
            return refused_page
        entries = scoring.standing(panel)
        form = SupportForm(request.POST, entries={entry.public_id: entry.product.name for entry in entries})

        def act() -> object:
            said = form.cleaned_data
            entry = entry_of(panel, said["entry"], entries)
            return plans.add_support(
                panel=panel, entry=entry, help=said["help"], budget=said["budget"], amount_baht=said["amount_baht"],
                by=request.user,
            )  # fmt: skip

        return act_or_page(request, panel, "support_form", form, act, words=_("The line was added at"), anchor="plan")


class SupportDrop(Gated, View):
    """Takes a line out again, while the order is not settled."""

    def post(self, request: HttpRequest, pid: str, line_id: str) -> HttpResponse:
        panel = found(request, pid, 2, 3)
        line = get_object_or_404(panel.support_lines, public_id=line_id)
        try:
            return once(request, done(request, panel, lambda: plans.drop_support(line=line, by=request.user),
                                      _("The line was taken out at"), "plan"))  # fmt: skip
        except Refused as refused:
            return page(request, panel, status=refused.status, act_refusals=refused.refusals)
