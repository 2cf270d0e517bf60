"""What the national committee has before it: totals, the stars that follow, its word on each product."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator

from registry.models import Draft
from selection import rules, scoring
from selection.actions import awards
from selection.forms.national import DecisionForm
from selection.models import Award, DecisionLine, DecisionOutcome, Entry, Panel
from selection.views.unsent import put_back, whole

A_PAGE = 100
GLYPHS = {DecisionOutcome.CERTIFY: "done", DecisionOutcome.HOLD: "wait", DecisionOutcome.REFUSE: "stay"}


@dataclass(slots=True)
class Row:
    """One product: its total (hundredths), the stars that follow, the sheets' totals by part, the committee's word."""

    entry: Entry
    total: int | None
    stars: int | None
    sheets: Mapping[str, list[int]]
    line: DecisionLine | None
    form: DecisionForm | None
    version: int
    draft: Draft | None

    @property
    def glyph(self) -> str:
        return GLYPHS[DecisionOutcome(self.line.outcome)] if self.line else "not"


def national_board(user: Any, panel: Panel, at: datetime, said: Mapping[str, Any]) -> tuple[str, dict[str, Any], list[Entry]]:
    """Stage 5: what waits for a decision (a hundred a page, most points first), and what was certified before."""
    leads = not any((rules.panel_open(panel), rules.may_certify(user, panel, at), rules.stage_open(panel.stage, at)))
    seen = awards.weigh(panel, at=at)
    ordered = sorted(seen.entries, key=lambda entry: (-(seen.totals[entry.pk] or 0), entry.pk))
    shown_page = Paginator(ordered, A_PAGE).get_page(said.get("page_number", 1))
    counted = scoring.counted_sheets(list(shown_page))
    refused: DecisionForm | None = said.get("decision_form")
    rows, drafted = [], {}
    for entry in shown_page:
        line = seen.lines.get(entry.pk)
        form = refused if refused and refused.entry.pk == entry.pk else DecisionForm(entry=entry, line=line) if leads else None
        sheets = scoring.totals_by_part(counted[entry.pk])
        version = line.version if line else 0
        if form is not None and form is not refused and (draft := said.get("drafts", {}).get(f"decisions/{entry.public_id}")):
            put_back(form, draft)
            version = whole(str(form["version"].value()))  # that of the draft: another's save since is told when it is sent
            drafted[entry.pk] = draft
        if form is refused and refused is not None and not said.get("conflict"):
            version = refused["version"].value() or 0  # a fault of typing must not hide another's save
        rows.append(Row(entry, seen.totals[entry.pk], seen.stars.get(entry.pk), sheets, line, form, version, drafted.get(entry.pk)))
    given = Award.objects.filter(panel=panel).select_related("entry__product", "certificate").order_by("-total", "pk")
    return "selection/national_show.html", {
        "rows": rows, "page_obj": shown_page, "refusals": seen.refusals, "undecided": len(seen.entries) - len(seen.lines),
        "waiting": len(seen.entries),
        "counts": {outcome: len(seen.decided(outcome)) for outcome in DecisionOutcome},
        "given": list(given[:A_PAGE]), "given_count": given.count(), "conflict": bool(said.get("conflict")),
        "conflict_words": stored_words(said.get("conflict") or {}),
        "refused_decision": refused,
    }, seen.entries  # fmt: skip


def stored_words(theirs: Mapping[str, Any]) -> str:
    """The word of the committee that somebody else stored, with its reason."""
    if "outcome" not in theirs:
        return ""
    return " · ".join(filter(None, [str(DecisionOutcome(theirs["outcome"]).label), theirs["reason"]]))
