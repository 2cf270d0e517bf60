"""The page of a panel: what every stage shows of it, and the same page again when something posted to it was refused."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.actions.acts import moment
from registry.actions.drafts import drop_draft
from registry.clock import bangkok_day
from registry.models import Draft, Seat, SeatRole
from registry.refusal import N_, Conflict, Refusal, Refused, refuse
from registry.rules import may_seat, place, seat_of
from registry.templatetags.look import area_name, be_time
from registry.views.drafts import page_in_thai
from registry.views.gate import once, show_refusals
from selection import rules
from selection.forms.panels import MeetingForm, ReasonForm, RecusalForm
from selection.forms.rankings import EdgeForm
from selection.models import Entry, Panel, PanelState, Recusal, Round, RoundKind, Signing
from selection.views import boards
from selection.views.sealed import sample_numbers, told
from selection.views.signatures import newest_signing, sign_marks
from selection.views.unsent import both_texts, changed_since, meeting_stood, put_back, texts_in, unsent

FIRST_ROLES = {SeatRole.CHAIR: 0, SeatRole.DEPUTY: 1, SeatRole.SECRETARY: 3}
MOST_OF_A_KIND = 4
APART = "apart/"


@dataclass(frozen=True, slots=True)
class SeatMark:
    """One seat as the meeting's page draws it; `short` is the word under its square."""

    seat: Seat
    present: bool
    recused: bool

    @property
    def short(self) -> str:
        return {SeatRole.CHAIR: _("Chair"), SeatRole.SECRETARY: _("Secretary")}.get(self.seat.role, "")


def found(request: HttpRequest, pid: str, *stages: int) -> Panel:
    """The panel, if the user may see it and it is of one of the `stages` (default: above the forum); else 404."""
    panels = Panel.objects.visible_to(request.user).for_list().filter(stage__number__in=stages or (2, 3, 4, 5))
    return get_object_or_404(panels, public_id=pid)


def closed(request: HttpRequest, panel: Panel, at: datetime) -> list[Refusal]:
    """What stands against anything the user might do for the panel: not its leader, settled, its stage not open."""
    checks = (rules.panel_open(panel), rules.may_lead(request.user, panel, at), rules.stage_open(panel.stage, at))
    return [refusal for refusal in checks if refusal is not None]


def seats_of(panel: Panel, at: datetime) -> list[Seat]:
    """The seats of the panel's committee on the day it met (today while it has not), chair first, secretary last."""
    if panel.committee is None:
        return []
    day = (panel.meeting.held_on if panel.meeting else None) or bangkok_day(at)
    seats = list(panel.committee.seats.active_on(day).select_related("user"))
    return sorted(seats, key=lambda seat: (FIRST_ROLES.get(SeatRole(seat.role), 2), seat.pk))


def seat_marks(panel: Panel, seats: list[Seat], recusals: list[Recusal]) -> list[SeatMark]:
    """The squares: those present first, in the order of the seats."""
    meeting = panel.meeting
    there = set(meeting.attendances.values_list("seat_id", flat=True)) if meeting else set()
    left = {recusal.seat_id for recusal in recusals}
    marks = [SeatMark(seat, seat.pk in there, seat.pk in left) for seat in seats]
    return sorted(marks, key=lambda mark: not mark.present)


def names_of(panel: Panel, entries: list[Entry]) -> dict[str, str]:
    """What the panel may be told of each entry, by the key its forms use: name and place, at stage 4 only the sample."""
    if panel.stage.number == 4:
        numbers = sample_numbers(panel)
        known = sorted((numbers[entry.pk], entry.public_id) for entry in entries if entry.pk in numbers)
        return {str(number): _("Sample %(number)s") % {"number": number} for number, _key in known}
    return {entry.public_id: f"{entry.product.name} · {area_name(entry.area)}" for entry in entries}


def entry_of(panel: Panel, key: str, entries: list[Entry]) -> Entry | None:
    """The entry that a form's key names."""
    if panel.stage.number == 4:
        numbers = sample_numbers(panel)
        return next((entry for entry in entries if str(numbers.get(entry.pk)) == key), None)
    return next((entry for entry in entries if entry.public_id == key), None)


def recusal_form(request: HttpRequest, panel: Panel, at: datetime, entries: list[Entry], data: Any = None) -> RecusalForm | None:
    """The form for leaving: all seats for those who lead, one's own for a member, none for others."""
    own = seat_of(request.user, panel.committee, at) if panel.committee else None
    if own is None or panel.state != PanelState.OPEN or not entries:
        return None
    leads = rules.may_lead(request.user, panel, at) is None
    seats = seats_of(panel, at) if leads else [own]
    named = {seat.public_id: f"{seat.user.full_name} · {seat.get_role_display()}" for seat in seats}
    return RecusalForm(data, entries=names_of(panel, entries), seats=named)


def frame(request: HttpRequest, panel: Panel, at: datetime, entries: list[Entry]) -> dict[str, Any]:
    """What the page shows at every stage: who, when, who is there, who left, what is closed and why."""
    signing = newest_signing(panel)
    recusals = list(panel.recusals.select_related("seat__user", "entry__product").order_by("at"))
    seats, shut = seats_of(panel, at), closed(request, panel, at)
    marks = seat_marks(panel, seats, recusals)
    open_now = not shut
    meeting = panel.meeting
    return {
        "panel": panel, "where": place(panel.area), "round": panel.stage.round, "stage": panel.stage, "at": at, "meeting": meeting,
        "sample": panel.stage.round.is_sample, "rehearsal": panel.stage.round.kind == RoundKind.REHEARSAL,
        "settled": panel.state == PanelState.SETTLED, "leads": open_now, "closed": shut,
        "signs": sign_marks(panel, signing), "signed_at": signing.at if signing else None, "body": body_of(panel, signing),
        "own_seat": seat_of(request.user, panel.committee, at) if panel.committee else None,
        "seats": marks, "present": sum(mark.present for mark in marks),
        "needed": -(-len(seats) * panel.stage.round.quorum_percent // 100),
        "recusals": [(recusal, told(panel, recusal.entry)) for recusal in recusals],
        "meeting_form": meeting_form(panel, at) if open_now and meeting else None,
        "recusal_form": recusal_form(request, panel, at, entries),
        "crumbs": crumbs_of(panel.stage.round), "no_chair": chairless(panel, seats),
        "may_seat": panel.committee is not None and may_seat(request.user, panel.committee.area, at) is None,
    }  # fmt: skip


def body_of(panel: Panel, signing: Signing | None) -> str:
    """The committee by the name it had when its minutes were signed; by today's while it works."""
    if panel.committee is None:
        return ""
    settled = panel.ranking.at if panel.state == PanelState.SETTLED else None
    return panel.committee.name_at(signing.at if signing else settled)


def chairless(panel: Panel, seats: list[Seat]) -> bool:
    """Whether a panel that still works has nobody in the chair."""
    return panel.committee is not None and panel.state == PanelState.OPEN and all(seat.role != SeatRole.CHAIR for seat in seats)


def crumbs_of(round_: Round) -> list[tuple[str, str]]:
    """The way here: the round, its panels."""
    return [
        (round_.name, reverse("selection:round-show", args=[round_.key])),
        (_("Committees and judges"), reverse("selection:panel-list", args=[round_.key])),
    ]


def meeting_form(panel: Panel, at: datetime, data: Any = None) -> MeetingForm:
    """The sitting as it is recorded, or as it was typed."""
    stood = meeting_stood(panel)
    return MeetingForm(data, seats=seats_of(panel, at), meeting=panel.meeting, version=panel.version, stood=stood)


def page(request: HttpRequest, panel: Panel, *, status: int = 200, **said: Any) -> HttpResponse:
    """The panel's page; `said` puts bound forms in the place of fresh ones (order_form_s, meeting_form, …)."""
    panel = Panel.objects.for_list().get(pk=panel.pk)
    at = moment(None)
    said.setdefault("page_number", request.GET.get("page", 1))
    drafts = said["drafts"] = unsent(request.user, panel)
    template, context, entries = boards.board(request.user, panel, at, said)
    shown = {**frame(request, panel, at, entries), **context}
    shown["all_refusals"] = condensed([*shown["closed"], *context.get("refusals", [])])
    form_names = ("meeting_form", "recusal_form", "edge_form", "support_form", "apart_form")
    put_back_meeting(panel, shown, drafts.get("meeting"))
    if shown["recusal_form"] is not None:
        put_back(shown["recusal_form"], drafts.get("recusals"))
    if shown.get("sheets"):
        shown["sheets"]["progress"] = [replace(row, draft=drafts.get(f"{APART}{row.key}")) for row in shown["sheets"]["progress"]]
    shown |= {name: said[name] for name in form_names if name in said}
    if said.get("late") == "meeting_form":
        shown |= late(said["meeting_form"], meeting_form(panel, at))
    shown["refused_form"] = next((said[name] for name in form_names if name in said), None)
    shown["act_refusals"] = said.get("act_refusals", ())
    shown["drafts"] = drafts
    shown |= left_over(request, panel, shown, entries)
    return render(request, template, shown, status=status)


def put_back_meeting(panel: Panel, shown: dict[str, Any], draft: Draft | None) -> None:
    """The meeting's form begins with the draft; where another saved since, both texts are shown."""
    form = shown["meeting_form"]
    if form is None or draft is None:
        return
    put_back(form, draft)
    if changed_since(draft, meeting_stood(panel)):
        shown["meeting_both"] = both_texts(form, meeting_form(panel, shown["at"]))


def late(form: MeetingForm, stored: MeetingForm) -> dict[str, Any]:
    """After another's save: both texts, and a form that saves over what is shown now."""
    both = both_texts(form, stored)
    form.data = form.data.copy()
    for name in ("version", "stood"):
        form.data[name] = str(stored.initial[name])
    return {"meeting_both": both}


def left_over(request: HttpRequest, panel: Panel, shown: dict[str, Any], entries: list[Entry]) -> dict[str, Any]:
    """What was typed into a form that stands on the page no more: closed, settled or decided by another in between."""
    refused, drafts = shown["refused_form"], shown["drafts"]
    gone = refused is not None and not form_is_there(shown, refused)
    if shown["act_refusals"] or gone:
        texts = texts_in(request.POST.dict(), names_of(panel, entries))
        return {"left_texts": texts, "left_form": refused if gone else None}
    kept = [draft for tail, draft in drafts.items() if not draft_is_shown(shown, tail)]
    return {"left_drafts": [(draft, texts_in(draft.typed, names_of(panel, entries))) for draft in kept]}


def draft_is_shown(shown: dict[str, Any], tail: str) -> bool:
    """Whether the form that this draft belongs to stands on the page, with the draft put back into it."""
    if tail == "recusals":  # a member's own, also of who does not lead
        return shown["recusal_form"] is not None
    if shown["closed"]:
        return False
    if tail.startswith(APART):
        return decision_is_asked(shown, tail.removeprefix(APART))
    return tail != "edge" or bool(shown.get("tied"))


def decision_is_asked(shown: dict[str, Any], key: str) -> bool:
    """Whether the panel's word on marks that lie apart is still asked for this entry."""
    rows = (shown.get("sheets") or {}).get("progress", [])
    return any(row.state == "decision_asked" and row.key == key for row in rows)


def form_is_there(shown: dict[str, Any], refused: BaseForm) -> bool:
    """Whether the page shows the form that was refused: a tie or marks apart may have gone in between."""
    if isinstance(refused, ReasonForm):
        return decision_is_asked(shown, str(refused.prefix).removeprefix("apart-"))
    return not isinstance(refused, EdgeForm) or bool(shown.get("tied"))


def condensed(refusals: Sequence[Refusal]) -> list[Refusal]:
    """The refusals in their order; of one kind the first few are said, the rest are counted."""
    shown: list[Refusal] = []
    counts = Counter(refusal.code for refusal in refusals)
    said: Counter[str] = Counter()
    for refusal in refusals:
        said[refusal.code] += 1
        if counts[refusal.code] <= MOST_OF_A_KIND + 1 or said[refusal.code] <= MOST_OF_A_KIND:
            shown.append(refusal)
        elif said[refusal.code] == counts[refusal.code]:
            left = counts[refusal.code] - MOST_OF_A_KIND
            shown.append(refuse("more_of_a_kind", N_("The same is missing for %(count)s more."), count=left))
    return shown


def act_or_page(
    request: HttpRequest, panel: Panel, name: str, form: BaseForm, act: Callable[[], object], *, words: str, anchor: str
) -> HttpResponse:
    """Does `act` once and comes back to the page's `anchor` with `words` and the time, or shows the page with the form refused.

    422 for what was typed, 403 and 409 for the rest; nothing typed is lost.
    """
    status, late_now = 422, False
    if form.is_valid():
        try:
            return once(request, done(request, panel, act, words, anchor))
        except Refused as refused:
            show_refusals(form, refused)
            status, late_now = refused.status, isinstance(refused, Conflict)
    said: dict[str, Any] = {name: form, "late": name if late_now else "", "sent": request.POST}
    return page(request, panel, status=status, **said)


def for_leaders(request: HttpRequest, panel: Panel) -> HttpResponse | None:
    """The page with the reasons (403) for who may not act for the panel now; nothing for who may."""
    shut = closed(request, panel, moment(None))
    return page(request, panel, status=403, act_refusals=shut) if shut else None


def done(request: HttpRequest, panel: Panel, act: Callable[[], object], words: str, anchor: str) -> Callable[[], str]:
    """`act`, then the word "saved" with the time, then the way back to where the reader was."""

    def all_of_it() -> str:
        act()
        drop_draft(by=request.user, page=page_in_thai(request.path))
        messages.success(request, f"{words} {be_time(moment(None))}")
        return reverse("selection:panel-show", args=[panel.public_id]) + f"#{anchor}"

    return all_of_it
