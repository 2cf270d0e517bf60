"""The committee's choice among those that tie at the edge, as the pages of its panels show it."""

from collections.abc import Iterable, Mapping
from typing import Any

from selection.actions import category_panels, rankings
from selection.forms.rankings import EdgeForm
from selection.models import Entry, Panel
from selection.views.sealed import sample_numbers, told
from selection.views.unsent import both_texts, changed_since, order_stood, put_back


def edge_at(
    panel: Panel, entries: Iterable[Entry], seen: rankings.Outlook | category_panels.Outlook, said: Mapping[str, Any]
) -> dict[str, Any]:
    """The choice at the edge as its form stands: stored, put back from a draft, or sent and refused."""
    entries, stood = list(entries), order_stood(panel)
    draft, refused, late = said.get("drafts", {}).get("edge"), said.get("edge_form"), said.get("late") == "edge_form"
    stored = edge_form(panel, entries, seen)
    form = refused or edge_form(panel, entries, seen)
    if refused is None:
        put_back(form, draft)
    sent: Mapping[str, Any] = said["sent"] if refused and not late else draft.typed if draft and not refused else {}
    others = late or (refused is None and changed_since(draft, stood))
    return {
        "edge_form": form, "edge_version": sent.get("version", panel.version), "edge_stood": sent.get("stood", stood),
        "edge_both": both_texts(form, stored) if others else [],
    }  # fmt: skip


def edge_form(
    panel: Panel, entries: Iterable[Entry], seen: rankings.Outlook | category_panels.Outlook, data: Any = None
) -> EdgeForm:
    """The choice among those that tie; at stage 4 they are called by their samples, in the form's values too."""
    numbers = sample_numbers(panel)
    keys = {entry.pk: str(numbers.get(entry.pk, entry.public_id)) for entry in entries if entry.pk in seen.tied}
    ordered = sorted((entry for entry in entries if entry.pk in keys), key=lambda entry: numbers.get(entry.pk, 0))
    names = {keys[entry.pk]: told(panel, entry, numbers) for entry in ordered}
    chosen = [line for pk, line in seen.lines.items() if pk in keys and line.chosen_at_edge]
    reason = next((line.edge_reason for line in chosen), "")
    return EdgeForm(data, names=names, room=seen.room, chosen=[keys[line.entry_id] for line in chosen], reason=reason)
