"""What leaders typed on a panel's page and did not send: put back on any device, and told where others saved since."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.models import Draft, User
from registry.views.choosing import choices_between
from registry.views.drafts import page_in_thai
from registry.views.gate import Gated
from registry.views.writing import restore_boxes, texts_of
from selection.models import Panel

Both = list[tuple[str, str, str]]
WORDS = {
    "number": _("Meeting number"), "notice_on": _("Notice sent on"), "held_on": _("Held on"), "place": _("Meeting place"),
    "minutes": _("Minutes"), "reason": _("Reason"), "edge_reason": _("Why the committee departs from the marks"), "help": _("Help"),
    "budget": _("Source of the budget"), "amount_baht": _("Amount"),
}  # fmt: skip


class OnPanel(Gated, View):
    """A form that stands on a panel's page; whoever comes to its address to read, as from the list of drafts, goes there."""

    anchor: str

    def get(self, request: HttpRequest, pid: str, **_address: str) -> HttpResponse:
        panel = get_object_or_404(Panel.objects.visible_to(request.user).filter(stage__number__gte=2), public_id=pid)
        return redirect(reverse("selection:panel-show", args=[panel.public_id]) + f"#{self.anchor}")


def unsent(user: User, panel: Panel) -> dict[str, Draft]:
    """The user's drafts of the panel's forms, by what follows the panel in their address, such as `order`; one query."""
    start = page_in_thai(reverse("selection:panel-show", args=[panel.public_id]))
    rows = Draft.objects.filter(user=user, page__startswith=start)
    return {row.page.removeprefix(start).strip("/"): row for row in rows}


def put_back(form: forms.Form, draft: Draft | None) -> None:
    """Lets the form begin with what the draft says of its fields."""
    if draft is not None:
        typed = texts_of(draft)
        form.initial |= {name: typed[form.add_prefix(name)] for name in form.fields if form.add_prefix(name) in typed}
        restore_boxes(form, draft)


def order_stood(panel: Panel) -> str:
    """A mark of the stored order: equal as long as nobody changed a line."""
    lines = panel.rank_lines.order_by("entry")
    return _mark(lines.values_list("entry", "place", "reason", "edge_reason", "chosen_at_edge"))


def meeting_stood(panel: Panel) -> str:
    """A mark of the stored meeting: equal as long as nobody changed it."""
    meeting = panel.meeting
    if meeting is None:
        return ""
    there = sorted(meeting.attendances.values_list("seat", flat=True))
    return _mark([meeting.number, meeting.notice_on, meeting.held_on, meeting.place, meeting.minutes, there])


def _mark(rows: Iterable[Any]) -> str:
    return sha256(json.dumps(list(rows), default=str).encode()).hexdigest()[:20]


def whole(text: str) -> int:
    """The version a form carries; what is no number fits no version."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def version_of(panel: Panel, sent: Mapping[str, Any], stood: str) -> int:
    """The version to save over: the panel's own while what the form was opened with still stands, else the form's.

    Order and meeting share the panel's version; who saved the one must not be told that he was late for the other.
    """
    return panel.version if sent.get("stood") == stood else whole(str(sent.get("version", "")))


def changed_since(draft: Draft | None, stood: str) -> bool:
    """Whether somebody saved after the draft was begun."""
    return draft is not None and draft.typed.get("stood") != stood


def carried(draft: Draft | None, name: str, now: Any) -> Any:
    """What a hidden field of the draft carried, or what it would carry now."""
    return now if draft is None else draft.typed.get(name, "")


def both_texts(form: forms.Form, stored: forms.Form) -> Both:
    """Label, what was typed and what is stored now, of each field in which they differ."""
    return [(choice.label, choice.mine, choice.theirs) for choice in choices_between(form, stored, None, {})]


def texts_in(typed: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """What a person wrote into forms that are not shown any more, each with its label, to be copied from."""
    found = []
    for name, text in typed.items():
        key, _dash, part = name.removeprefix("apart-").rpartition("-")
        if part in WORDS and isinstance(text, str) and text.strip():
            words = str(_("Rank") if part == "place" and key else WORDS["reason" if part == "edge_reason" and not key else part])
            found.append((f"{names[key]}: {words}" if key in names else words, text))
    return found
