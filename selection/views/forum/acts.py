"""The acts of a forum: its day and attendance, one product's tests and votes, bringing, choosing, settling."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from registry.models import Product
from registry.refusal import Conflict, Refusal, Refused, require
from registry.thai import date_words
from registry.views.drafts import draft_of
from registry.views.gate import Gated, once, show_refusals
from registry.views.writing import Writing
from selection.actions import forum as acts
from selection.forms.forum import BringForm, LineForm, SittingForm, TakeBackForm, line_values, sitting_values
from selection.models import Panel, PanelState
from selection.views.forum.page import faces, line_of, page_context, panel_of

PAGE = "selection/forum_show.html"


class ForumShow(Gated, View):
    """One forum: attendance, products, choice; its minutes once it is settled."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = panel_of(request, pid)
        context = page_context(request, panel, timezone.now())
        if context["may_write"] and not (panel.meeting and panel.meeting.held_on):
            draft = draft_of(request.user, reverse("selection:forum-record", args=[pid]))
            values = sitting_values(panel) | ({} if draft is None else draft.typed)
            context |= {"sitting_form": SittingForm(initial=values), "draft": draft}
        return render(request, PAGE, context)


class ForumWriting(Writing):
    """A forum's page with one of its forms open."""

    template_name = PAGE
    step = 0  # a forum is on no way of steps
    is_open: str
    merges = False

    def load(self) -> None:
        self.panel = panel_of(self.request, self.kwargs["pid"])
        self.context = page_context(self.request, self.panel, self.at) | {"open": self.is_open}

    def against(self) -> Iterable[Refusal | None]:
        return self.context["against"]

    def _noted(self, form: Any) -> str:
        try:
            return super()._noted(form)
        except Conflict:
            both = self.context["conflict"]
            self.context["conflict"] = [(label, said(yours), said(theirs)) for label, yours, theirs in both]
            raise


def said(value: object) -> object:
    """A stored value as a reader should see it beside what was typed."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, date):
        return date_words(value, get_language() or "th")
    return "–" if value in (None, "") else value


class ForumRecord(ForumWriting):
    """Day, place, attendance and what was said."""

    form_class = SittingForm
    called = gettext_lazy("The sitting of a forum")
    is_open = "sitting"

    def values(self) -> dict[str, Any]:
        return sitting_values(self.panel)

    def act(self, data: dict[str, Any]) -> str:
        acts.record_forum(panel=self.panel, by=self.request.user, **data)
        return reverse("selection:forum-show", args=[self.panel.public_id]) + "#products"


class ForumLineRecord(ForumWriting):
    """The tests, votes and choice of one product; leads on to the next one that lacks something."""

    form_class = LineForm
    called = gettext_lazy("A product before the forum")
    is_open = "line"

    def load(self) -> None:
        super().load()
        self.line = line_of(self.panel, self.kwargs["line"])
        self.context["line"] = self.line

    def values(self) -> dict[str, Any]:
        return line_values(self.line)

    def act(self, data: dict[str, Any]) -> str:
        acts.record_line(line=self.line, by=self.request.user, **data)
        return self.next_address()

    def next_address(self) -> str:
        """The next product that lacks something, where the button said so; else this product's place on the page."""
        here = reverse("selection:forum-show", args=[self.panel.public_id])
        if "next" not in self.request.POST:
            return f"{here}#line-{self.line.public_id}"
        for face in faces(self.panel):
            if face.missing and face.line.pk != self.line.pk:
                address = reverse("selection:forum-line", args=[self.panel.public_id, face.line.public_id])
                return f"{address}#line-{face.line.public_id}"
        return f"{here}#choose"


class ForumTakeBack(ForumWriting):
    """Takes one product out of the forum, with the reason."""

    form_class = TakeBackForm
    is_open = "take_back"
    keeps_draft = False

    def load(self) -> None:
        super().load()
        self.line = line_of(self.panel, self.kwargs["line"])
        self.context["line"] = self.line

    def act(self, data: dict[str, Any]) -> str:
        acts.take_back(line=self.line, by=self.request.user, **data)
        return reverse("selection:forum-show", args=[self.panel.public_id]) + "#products"


class ForumBring(Gated, View):
    """Brings one product before the forum."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel, now = panel_of(request, pid), timezone.now()
        context = page_context(request, panel, now)
        require(context["against"])
        products = {row.public_id: row for row in Product.objects.visible_to(request.user).filter(area=panel.area)}
        form = BringForm(request.POST, products=context["free"])
        brought = products.get(request.POST.get("product", ""))
        if form.is_valid() or (brought and brought.pk not in {row.pk for row in context["free"]}):
            try:
                return once(request, lambda: self._bring(panel, brought))
            except Refused as refused:
                form.errors.clear()
                show_refusals(form, refused)
        return render(request, PAGE, {**context, "bring": form}, status=422)

    def _bring(self, panel: Panel, product: Product | None) -> str:
        if product is not None:
            acts.bring(panel=panel, product=product, by=self.request.user)
            messages.success(self.request, _("%(name)s is before the forum.") % {"name": product.name})
        return reverse("selection:forum-show", args=[panel.public_id]) + "#products"


class ForumChoose(Gated, View):
    """Sends one product up, or takes it out again, by one button in the list."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pid: str, line: str) -> HttpResponse:
        panel = panel_of(request, pid)
        row = line_of(panel, line)
        typed = request.POST.get("version", "")
        version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
        chosen = request.POST.get("chosen") == "yes"

        def act() -> str:
            acts.record_line(line=row, version=version, chosen=chosen, by=request.user)
            return reverse("selection:forum-show", args=[panel.public_id]) + "#choose"

        try:
            return once(request, act)
        except Refused as refused:
            context = page_context(request, panel, timezone.now()) | {"refused": refused.refusals}
            return render(request, PAGE, context, status=refused.status)


class ForumSettle(Gated, View):
    """The check before the choice goes up for good, and the act."""

    template = "selection/forum_settle.html"

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = panel_of(request, pid)
        if panel.state == PanelState.SETTLED:
            return HttpResponseRedirect(reverse("selection:forum-show", args=[pid]))
        return render(request, self.template, page_context(request, panel, timezone.now()))

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = panel_of(request, pid)

        def act() -> str:
            acts.settle_forum(panel=panel, by=request.user)
            messages.success(request, _("Sent to the amphoe. These are the minutes."))
            return reverse("selection:forum-show", args=[pid])

        try:
            return once(request, act)
        except Refused as refused:
            context = page_context(request, panel_of(request, pid), timezone.now()) | {"refused": refused.refusals}
            return render(request, self.template, context, status=refused.status)
