"""One judge before one part of one entry: whose sheet it is, what is kept of it, and whether a second one is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from registry.actions.acts import moment
from registry.models import Seat
from registry.refusal import require
from registry.rules import seat_of
from selection import rules, scoring
from selection.models import Entry, Item, Panel, PanelState, Part, RoundKind, Sheet, SheetDraft
from selection.views.panel_pages import found
from selection.views.sealed import sample_numbers, told


@dataclass(frozen=True, slots=True)
class Desk:
    """One judge before one part of one entry: all that the pages of a sheet ask."""

    panel: Panel
    seat: Seat
    entry: Entry
    part: Part
    key: str
    name: str
    place: int
    count: int
    items: dict[str, Item]
    signed: list[Sheet]
    draft: SheetDraft | None
    second_asked: bool

    @property
    def live(self) -> Sheet | None:
        return self.signed[-1] if self.signed else None

    @property
    def most(self) -> int:
        return sum(best(item) for item in self.items.values())

    def url(self, name: str = "sheet-show") -> str:
        return reverse(f"selection:{name}", args=[self.panel.public_id, self.key, scoring.part_code(self.part)])


def best(item: Item) -> int:
    """The most points an item can give."""
    return max(level.points for level in item.levels.all())


def desk(request: HttpRequest, pid: str, n: str, part_code: str) -> Desk:
    """What lies before this judge; 404 for what is not before the panel or not scored, 403 with the reason for a stranger."""
    panel = found(request, pid, 3, 4)
    entries = scoring.considered(panel)
    numbers = sample_numbers(panel)
    keys = {entry.pk: str(numbers.get(entry.pk, "")) if panel.stage.number == 4 else entry.public_id for entry in entries}
    entry = next((entry for entry in entries if keys[entry.pk] == n), None)
    parts = scoring.parts_at(panel.stage.round, panel.stage.number).get(entry.category_id, []) if entry else []
    part = next((part for part in parts if scoring.part_code(part) == part_code), None)
    if entry is None or part is None:
        raise Http404
    at = moment(None)
    require(rules.may_sign(request.user, panel, entry, at))
    seat = seat_of(request.user, panel.committee, at)
    ordered = sorted(keys.values(), key=lambda key: (len(key), key)) if panel.stage.number == 4 else list(keys.values())
    mine = Sheet.objects.filter(panel=panel, entry=entry, part=part, seat=seat).order_by("pk")
    draft = SheetDraft.objects.filter(seat=seat, entry=entry, part=part).first()
    return Desk(
        panel=panel, seat=seat, entry=entry, part=part, key=n, name=told(panel, entry, numbers), place=ordered.index(n) + 1,
        count=len(ordered), items=scoring.items_of(part), signed=list(mine), draft=draft,
        second_asked=second_asked(panel, entry, mine),
    )  # fmt: skip


def second_asked(panel: Panel, entry: Entry, mine: Sequence[Sheet]) -> bool:
    """Whether this judge's second sheet is asked: all sheets are in, they lie too far apart, and his last one is his first."""
    if panel.state != PanelState.OPEN or not mine or list(mine)[-1].turn == 2 or scoring.missing_sheets(panel):
        return False
    return scoring.spreads(panel).get(entry) == scoring.SECOND_ASKED


def framed(desk_: Desk, at: datetime) -> dict[str, Any]:
    """What every page of a sheet shows; nothing that names the product where scoring is blind."""
    round_ = desk_.panel.stage.round
    return {
        "panel": desk_.panel, "desk": desk_, "part": desk_.part, "category": desk_.entry.category, "stage": desk_.panel.stage,
        "blind": desk_.panel.stage.number == 4, "round": round_, "sample": round_.is_sample,
        "rehearsal": round_.kind == RoundKind.REHEARSAL, "at": at, "most": desk_.most,
        "sign_url": desk_.url("sheet-sign"), "list_url": reverse("selection:sheet-list", args=[desk_.panel.public_id]),
    }  # fmt: skip
