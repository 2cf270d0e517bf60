"""Score sheets: one's own list, one sheet at a time with its draft, the look before signing, the receipt after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View

from registry.actions.acts import moment
from registry.models import Seat
from registry.refusal import Refusal, Refused, require
from registry.rules import seat_of
from registry.views.gate import Gated, once
from selection import rules, scoring
from selection.actions import sheets
from selection.forms.sheets import SheetSaid, sheet_said
from selection.models import Item, Panel, PanelState, Part, RoundKind, Sheet, SheetDraft
from selection.tally import sheet_total
from selection.views.desks import Desk, best, desk, framed
from selection.views.panel_pages import found
from selection.views.sealed import sample_numbers, told

NOTE, REASON, SIGN = "note", "reason", "sign"


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing of a sheet: an item with its levels, the note, or the reason of a second sheet."""

    code: str
    short: str
    item: Item | None
    mark: int | None
    most: int
    filled: bool


class SheetList(Gated, View):
    """My sheets: by sample where scoring is blind, by product else."""

    def get(self, request: HttpRequest, pid: str) -> HttpResponse:
        panel = found(request, pid, 3, 4)
        seat = seat_of(request.user, panel.committee, moment(None)) if panel.committee else None
        if seat is None:
            raise Http404
        rows = own_rows(panel, seat)
        counted = [state for _key, _name, states, _left in rows for state in states]
        return render(request, "selection/sheet_list.html", {
            "panel": panel, "stage": panel.stage, "round": panel.stage.round, "sample": panel.stage.round.is_sample,
            "rehearsal": panel.stage.round.kind == RoundKind.REHEARSAL, "rows": rows, "blind": panel.stage.number == 4,
            "signed": sum(state.signed for state in counted), "asked": len(counted),
            "next": next((state for state in counted if state.open), None),
            "attends": panel.stage.number == 4 or panel.meeting.attendances.filter(seat=seat).exists(),
        })  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetState:
    """One of my sheets in the list: its part, where it opens, how far it is; my own total (hundredths) once signed."""

    part: Part
    url: str
    state: str
    total: int | None
    filled: int
    at: datetime | None

    @property
    def signed(self) -> bool:
        return self.state == "signed"

    @property
    def open(self) -> bool:
        return not self.signed


def own_rows(panel: Panel, seat: Seat) -> list[tuple[str, str, list[SheetState], bool]]:
    """(key, name, the states of its parts, whether I left) for every entry before the panel, in the order of the keys."""
    seen = scoring.look(panel)
    numbers = sample_numbers(panel)
    drafts = {(draft.entry_id, draft.part_id): draft for draft in SheetDraft.objects.filter(seat=seat, panel=panel)}
    left = set(panel.recusals.filter(seat=seat).values_list("entry_id", flat=True))
    complete = not any(seen.missing(entry) for entry in seen.entries)
    spread = {entry.pk: state for entry, state in scoring.spreads(panel).items()} if complete and seen.entries else {}
    rows = []
    for entry in sorted(seen.entries, key=lambda entry: numbers.get(entry.pk, 0)):
        key = str(numbers[entry.pk]) if entry.pk in numbers else entry.public_id
        parts = seen.parts.get(entry.category_id, []) if any(one.pk == seat.pk for one in seen.scorers[entry.pk]) else []
        mine = {sheet.part_id: sheet for sheet in seen.sheets.get(entry.pk, []) if sheet.seat_id == seat.pk}
        asked = spread.get(entry.pk) == scoring.SECOND_ASKED
        states = [sheet_state(panel, part, key, mine.get(part.pk), drafts.get((entry.pk, part.pk)), asked) for part in parts]
        rows.append((key, told(panel, entry, numbers), states, entry.pk in left))
    return rows


def sheet_state(
    panel: Panel, part: Part, key: str, live: Sheet | None, draft: SheetDraft | None, asked: bool
) -> SheetState:
    """signed, second (asked), draft or none."""
    url = reverse("selection:sheet-show", args=[panel.public_id, key, scoring.part_code(part)])
    filled = len(draft.marks) if draft else 0
    if live is not None and not (asked and live.turn == 1):
        return SheetState(part, url, "signed", live.total, filled, live.at)
    if live is not None:
        return SheetState(part, url, "second", live.total, filled, live.at)
    return SheetState(part, url, "draft" if draft else "none", None, filled, draft.changed_at if draft else None)


class SheetShow(Gated, View):
    """A sheet: its receipt once it is signed, else the sheet itself; posting keeps the draft and goes on."""

    def get(self, request: HttpRequest, pid: str, n: str, part: str) -> HttpResponse:
        mine = desk(request, pid, n, part)
        again = mine.second_asked or "again" in request.GET or (mine.live is not None and mine.draft is not None)
        if mine.live is not None and (not again or mine.panel.state != PanelState.OPEN):
            return render(request, "selection/sheet_signed.html", {**framed(mine, moment(None)), **receipt(mine)})
        require(rules.panel_open(mine.panel))
        return sheet_page(request, mine, said_before(mine), at_item=request.GET.get("item", ""))

    def post(self, request: HttpRequest, pid: str, n: str, part: str) -> HttpResponse:
        mine = desk(request, pid, n, part)
        said = sheet_said(request.POST, mine.items)
        go = request.POST.get("go", "")
        if said.refusals:
            return sheet_page(request, mine, said, at_item=request.POST.get("at", ""), status=422, refusals=said.refusals)
        try:
            draft = sheets.save_sheet_draft(
                panel=mine.panel, entry=mine.entry, part=mine.part, marks=said.marks, comment=said.comment,
                reason=said.reason, by=request.user,
            )  # fmt: skip
        except Refused as refused:
            status = 422 if request.htmx else refused.status  # htmx shows a 422; the sentence is the same
            return sheet_page(request, mine, said, status=status, refusals=refused.refusals)
        if request.htmx:
            return sheet_page(request, mine, said, at_item=request.POST.get("at", ""), saved_at=draft.changed_at)
        if go == SIGN:
            return redirect(mine.url("sheet-sign"))
        screen = go if go in {one.code for one in screens(mine, said)} else request.POST.get("at", "")
        return redirect(f"{mine.url()}?item={screen}&again#i-{screen}" if mine.live else f"{mine.url()}?item={screen}#i-{screen}")


def said_before(mine: Desk) -> SheetSaid:
    """What was kept as a draft, else the marks of the sheet to be replaced, else nothing."""
    if mine.draft is not None:
        return SheetSaid(mine.draft.marks, mine.draft.comment, mine.draft.reason, [])
    return SheetSaid(dict(mine.live.marks), mine.live.comment, "", []) if mine.live else SheetSaid({}, "", "", [])


def screens(mine: Desk, said: SheetSaid) -> list[Screen]:
    """The things of the sheet in their order: the reason first where it is asked, the items, the note."""
    letter = mine.part.letter
    found_screens = [
        Screen(code, code[1:], item, said.marks.get(code), best(item), code in said.marks) for code, item in mine.items.items()
    ]
    if mine.live is not None:
        found_screens.insert(0, Screen(REASON, letter, None, None, 0, bool(said.reason)))
    return [*found_screens, Screen(NOTE, letter, None, None, 0, bool(said.comment))]


def sheet_page(
    request: HttpRequest, mine: Desk, said: SheetSaid, *, at_item: str = "", status: int = 200,
    saved_at: datetime | None = None, refusals: Sequence[Refusal] = (),
) -> HttpResponse:  # fmt: skip
    """The sheet with what is kept; for htmx only what changes around it, so that no choice is ever written over."""
    things = screens(mine, said)
    codes = [thing.code for thing in things]
    unmarked = [thing for thing in things if thing.item and not thing.filled]
    now_at = at_item if at_item in codes else next((t.code for t in things if t.code != NOTE and not t.filled), codes[0])
    place = codes.index(now_at)
    context = {
        **framed(mine, moment(None)), "screens": things, "now_at": now_at, "comment": said.comment, "reason": said.reason,
        "before": codes[place - 1] if place else "", "after": codes[place + 1] if place + 1 < len(codes) else "",
        "unmarked": unmarked, "marked": len(mine.items) - len(unmarked), "items": len(mine.items), "sum": sheet_total(said.marks),
        "saved_at": saved_at or (mine.draft.changed_at if mine.draft and not refusals else None), "refusals": refusals,
        "replaces": mine.live, "second_asked": mine.second_asked, "reason_missing": mine.live is not None and not said.reason,
    }  # fmt: skip
    template = "selection/sheet_state.html" if request.htmx else "selection/sheet_form.html"
    return render(request, template, context, status=status)


class SheetSign(Gated, View):
    """Every mark once more, then the signature; what is signed is what this page showed."""

    def get(self, request: HttpRequest, pid: str, n: str, part: str) -> HttpResponse:
        mine = desk(request, pid, n, part)
        if mine.draft is None and mine.live is not None:
            return redirect(mine.url())
        return sign_page(request, mine, said_before(mine))

    def post(self, request: HttpRequest, pid: str, n: str, part: str) -> HttpResponse:
        mine = desk(request, pid, n, part)
        said = sheet_said(request.POST, mine.items)
        if said.refusals:
            return sign_page(request, mine, said, status=422, refused=said.refusals)

        def act() -> str:
            sheets.sign_sheet(
                panel=mine.panel, entry=mine.entry, part=mine.part, marks=said.marks, comment=said.comment,
                reason=said.reason, by=request.user,
            )  # fmt: skip
            return mine.url()

        try:
            return once(request, act)
        except Refused as refused:
            return sign_page(request, mine, said, status=refused.status, refused=refused.refusals)


def sign_page(
    request: HttpRequest, mine: Desk, said: SheetSaid, *, status: int = 200, refused: Sequence[Refusal] = ()
) -> HttpResponse:
    """The check before signing, with everything that still stands against it."""
    at = moment(None)
    open_ones = [
        rules.panel_open(mine.panel), rules.stage_open(mine.panel.stage, at), *rules.marks_refusals(said.marks, mine.items),
        rules.second_sheet_asked(mine.panel, mine.entry, mine.seat, mine.part, said.reason),
    ]  # fmt: skip
    refusals = [refusal for refusal in refused or open_ones if refusal is not None]
    return render(request, "selection/sheet_sign.html", {
        **framed(mine, at), "lines": lines_of(mine.items, said.marks), "sum": sheet_total(said.marks), "comment": said.comment,
        "reason": said.reason, "refusals": refusals, "replaces": mine.live,
    }, status=status)  # fmt: skip


def lines_of(items: Mapping[str, Item], marks: Mapping[str, int]) -> list[dict[str, Any]]:
    """Every item with its mark, the most it can have, and what the mark means."""
    return [
        {"code": code, "number": code[1:], "item": item, "mark": marks.get(code), "most": best(item),
         "level": next((level for level in item.levels.all() if level.points == marks.get(code)), None)}
        for code, item in items.items()
    ]  # fmt: skip


def receipt(mine: Desk) -> dict[str, Any]:
    """My signed sheets, the last first, each with its marks; and the next one that waits for me."""
    rows = own_rows(mine.panel, mine.seat) if mine.panel.state == PanelState.OPEN else []
    waiting = [state for _key, _name, states, _left in rows for state in states if state.open]
    return {
        "sheets": [(sheet, lines_of(mine.items, sheet.marks)) for sheet in reversed(mine.signed)],
        "next": waiting[0] if waiting else None, "left": len(waiting),
        "may_replace": mine.panel.state == PanelState.OPEN,
    }  # fmt: skip
