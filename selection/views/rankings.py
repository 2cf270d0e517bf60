"""The committee's order: saved whole, moved line by line, chosen at the edge where products tie."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions.acts import moment
from registry.refusal import Conflict, Refused
from registry.views.gate import once
from selection import scoring
from selection.actions import category_panels, rankings
from selection.actions.rankings import Said
from selection.forms.rankings import WAYS, OrderLineForm, moved, order_forms
from selection.models import Entry, Panel, RankLine
from selection.tally import places
from selection.views.edge import edge_form
from selection.views.panel_pages import act_or_page, done, entry_of, for_leaders, found, page
from selection.views.unsent import OnPanel, order_stood, version_of

BY_MARKS = "marks"


class OrderSave(OnPanel):
    """Saves all lines at once; the buttons beside a line save too, and move it, and one takes the order of the marks."""

    anchor, called = "order", gettext_lazy("Order of a committee, with its reasons")

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3)
        if refused_page := for_leaders(request, panel):
            return refused_page
        entries = scoring.standing(panel)
        stored = {line.entry_id: line for line in panel.rank_lines.all()}
        forms = order_forms(entries, stored, request.POST)
        version = version_of(panel, request.POST, order_stood(panel))
        said: dict[str, Any] = {"order_forms": forms, "order_version": version, "order_stood": request.POST.get("stood", "")}
        found_right = [form.is_valid() for form in forms.values()]  # each, so that every error is found
        if not all(found_right):
            return page(request, panel, status=422, **said)
        lines = lines_said(panel, forms, stored, request.POST.get("move", ""))

        def act() -> Panel:
            return rankings.rank(panel=panel, version=version, said=lines, by=request.user)

        try:
            return once(request, done(request, panel, act, _("The order was saved at"), moved_row(request.POST.get("move", ""))))
        except Conflict as refused:
            said |= {"order_version": Panel.objects.get(pk=panel.pk).version, "order_stood": order_stood(panel), "conflict": True}
            return page(request, panel, status=refused.status, order_errors=refused.refusals, **said)
        except Refused as refused:
            return page(request, panel, status=refused.status, order_errors=refused.refusals, **said)


def moved_row(move: str) -> str:
    """Where the page opens again: at the line that was moved, else at the order."""
    key, colon, _way = move.partition(":")
    return f"r-{key}" if colon and key.isalnum() else "order"


def lines_said(panel: Panel, forms: dict[int, OrderLineForm], stored: dict[int, RankLine], move: str) -> list[Said]:
    """What the committee says of each entry; its choice at the edge stands as long as no place changes."""
    typed = {pk: form.cleaned_data["place"] for pk, form in forms.items()}
    wanted = after_move(panel, forms, typed, move)
    same = all(pk in stored and stored[pk].place == place for pk, place in wanted.items())
    return [
        Said(
            entry=form.entry, place=wanted[pk], reason=form.cleaned_data["reason"],
            edge_reason=form.cleaned_data["edge_reason"],
            chosen_at_edge=same and pk in stored and stored[pk].chosen_at_edge,
        )
        for pk, form in forms.items()
    ]  # fmt: skip


def after_move(panel: Panel, forms: dict[int, OrderLineForm], typed: dict[int, int | None], move: str) -> dict[int, int | None]:
    """The places that were typed, after the button that was pressed (`<entry>:up`, `<entry>:down`, `marks`)."""
    if move == BY_MARKS:
        totals = rankings.outlook(panel, at=moment(None)).totals
        return {**typed, **places(totals)}
    key, _colon, way = move.partition(":")
    one = next((pk for pk, form in forms.items() if form.entry.public_id == key), None)
    return moved(typed, one, way) if one is not None and way in WAYS else typed


class EdgeChoose(OnPanel):
    """The committee's choice among those that tie across the edge, with its reason."""

    anchor, called = "edge", gettext_lazy("Choice among products that tie")

    def post(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 2, 3, 4)
        if refused_page := for_leaders(request, panel):
            return refused_page
        look = category_panels.outlook(panel) if panel.stage.number == 4 else rankings.outlook(panel, at=moment(None))
        form = edge_form(panel, look.entries, look, request.POST)
        stood = order_stood(panel)

        def act() -> Panel:
            chosen = {entry_of(panel, key, look.entries) for key in form.cleaned_data["chosen"]}
            tied = [entry for entry in look.entries if entry.pk in look.tied]
            lines = [said_at_edge(entry, look.lines.get(entry.pk), entry in chosen, form.cleaned_data["edge_reason"]) for entry in tied]
            return rankings.rank(panel=panel, version=version_of(panel, request.POST, stood), said=lines, by=request.user)

        return act_or_page(request, panel, "edge_form", form, act, words=_("The choice was saved at"), anchor="edge")


def said_at_edge(entry: Entry, line: RankLine | None, chosen: bool, reason: str) -> Said:
    """The entry's line as it stands, with the committee's word at the edge."""
    return Said(
        entry=entry, place=line.place if line else None, reason=line.reason if line else "", chosen_at_edge=chosen,
        edge_reason=reason if chosen else "",
    )  # fmt: skip
