"""What the rounds that run put on the work list: forums, orders, sheets, decisions, announcements, stages to close."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.levels import Level
from registry.models import Area, CommitteeKind, Office, Seat, User
from registry.rules import offices_at
from registry.worklist import Group, Line, provider
from selection import scoring
from selection.models import (
    Award,
    Entry,
    EntryState,
    Panel,
    PanelState,
    RoundState,
    Stage,
    StageState,
)
from selection.rules.rankings import LEADERS

RECORDING = (Office.RECORDER, Office.AMPHOE_OFFICER)
STAGE_OF_KIND = {CommitteeKind.AMPHOE: 2, CommitteeKind.PROVINCE: 3, CommitteeKind.NATIONAL: 5}
RUNNING = (RoundState.OPEN, RoundState.ANNOUNCED)


def begun_stages(user: User, today: date, *numbers: int) -> list[Stage]:
    """The stages with these numbers that have begun and are not closed, of rounds of the user's origin; one query."""
    stages = Stage.objects.filter(
        round__state__in=RUNNING, round__origin=user.origin, number__in=numbers, state=StageState.OPEN, opens_on__lte=today
    )
    return list(stages.select_related("round").order_by("closes_on", "round"))


def where(stage: Stage) -> str:
    """The round and stage a line belongs to."""
    return _("%(round)s, stage %(number)s") % {"round": stage.round.key, "number": stage.number}


@provider
def forums(user: User, at: datetime) -> Iterable[Line]:
    """For a recorder a line for each of his tambons whose forum is not settled, for an amphoe officer one with their number."""
    held = [office for office in offices_at(user, at) if office.office in RECORDING]
    stages = begun_stages(user, bangkok_day(at), 1) if held else []
    if not stages:
        return
    panels = {(panel.stage_id, panel.area_id): panel for panel in Panel.objects.visible_to(user).filter(stage__in=stages)}
    for office in held:
        for stage in stages:
            if office.office == Office.RECORDER:
                yield from _one_forum(stage, office.area, panels.get((stage.pk, office.area_id)))
            else:
                done = {area for (pk, area), panel in panels.items() if pk == stage.pk and panel.state == PanelState.SETTLED}
                yield from _forums_of(stage, office.area, done)


def _one_forum(stage: Stage, area: Area, panel: Panel | None) -> Iterator[Line]:
    if panel is not None and panel.state == PanelState.SETTLED:
        return
    yield Line(
        what=_("Forum of %(area)s") % {"area": area.long_name}, group=Group.MINE, due=stage.closes_on, where=where(stage),
        why=_("Being recorded, not sent to the amphoe yet.") if panel else _("Hold it and record attendance, tests and votes."),
        url=reverse("selection:forum-show", args=[panel.public_id]) if panel
        else reverse("selection:forum-list", args=[stage.round.key]),
    )  # fmt: skip


def _forums_of(stage: Stage, amphoe: Area, done: set[int]) -> Iterator[Line]:
    tambons = Area.objects.current().of_level(Level.TAMBON).within(amphoe)
    count = tambons.exclude(pk__in=done).count()
    if count:
        yield Line(
            what=_("Tambon forums not sent up yet in %(area)s: %(count)s") % {"area": amphoe.long_name, "count": count},
            why=_("The recorders of the tambons or you record them."), group=Group.MINE, due=stage.closes_on,
            url=reverse("selection:forum-list", args=[stage.round.key]) + f"?area={amphoe.code}",
            where=where(stage), count=count,
        )  # fmt: skip


@provider
def orders(user: User, at: datetime) -> Iterable[Line]:
    """For members of committees: what has come up and is not settled; it waits for the chair, a deputy or the secretary."""
    seats = [seat for seat in _seats(user, at) if seat.committee.kind in STAGE_OF_KIND]
    stages = begun_stages(user, bangkok_day(at), *STAGE_OF_KIND.values()) if seats else []
    if not stages:
        return
    panels = {
        (panel.stage_id, panel.committee_id): panel
        for panel in Panel.objects.filter(stage__in=stages, committee__in=[seat.committee_id for seat in seats])
    }
    for seat in seats:
        for stage in stages:
            panel = panels.get((stage.pk, seat.committee_id))
            settled = panel is not None and panel.state == PanelState.SETTLED
            if stage.number == STAGE_OF_KIND[CommitteeKind(seat.committee.kind)] and not settled:
                yield from _order(stage, seat, panel)


def _order(stage: Stage, seat: Seat, panel: Panel | None) -> Iterator[Line]:
    standing = Entry.objects.filter(round=stage.round, stage=stage.number, state=EntryState.COMPETING)
    count = standing.within(seat.committee.area).count()
    if not count:
        return
    leads = seat.role in LEADERS
    said = {
        2: _("Rank %(count)s products of %(area)s"), 3: _("Rank and score %(count)s products of %(area)s"),
        5: _("Decide on the stars of %(count)s products"),
    }[stage.number]  # fmt: skip
    url = reverse("selection:panel-show", args=[panel.public_id]) if panel else _panels(stage)
    yield Line(
        what=said % {"count": f"{count:,}", "area": seat.committee.area.long_name}, url=url, due=stage.closes_on,
        why=seat.committee.name if leads else _("Waits for the chair, a deputy or the secretary."),
        group=Group.MINE if leads else Group.OTHERS, where=where(stage), count=count,
    )  # fmt: skip


def _panels(stage: Stage) -> str:
    return reverse("selection:panel-list", args=[stage.round.key])


def _seats(user: User, at: datetime) -> list[Seat]:
    return list(user.seats.active_on(bangkok_day(at)).select_related("committee__area"))


@provider
def sheets(user: User, at: datetime) -> Iterable[Line]:
    """For whoever scores: sheets of his that are not signed, and second sheets that were asked of him."""
    seats = {seat.committee_id: seat for seat in _seats(user, at)}
    stages = begun_stages(user, bangkok_day(at), 3, 4) if seats else []
    panels = Panel.objects.filter(stage__in=stages, committee__in=seats, state=PanelState.OPEN) if stages else []
    for panel in panels.select_related("stage__round", "area", "category", "meeting") if stages else []:
        count, second = unsigned(panel, seats[panel.committee_id or 0])
        if count or second:
            said = _("Score sheets to sign: %(count)s") if count else _("Second score sheets to sign: %(count)s")
            yield Line(
                what=said % {"count": count or second}, url=reverse("selection:sheet-list", args=[panel.public_id]),
                why=_("Nobody sees your marks before all have signed.") if count
                else _("The marks lie far apart: score once more and write why."),
                group=Group.MINE, due=panel.stage.closes_on, where=where(panel.stage), count=count or second,
            )  # fmt: skip


def unsigned(panel: Panel, seat: Seat) -> tuple[int, int]:
    """How many first sheets of the seat are not signed; and when none is left, how many second ones are asked of it."""
    seen = scoring.look(panel)
    mine = [entry for entry in seen.entries if seat in seen.scorers.get(entry.pk, [])]
    signed = {(sheet.entry_id, sheet.part_id): sheet for rows in seen.sheets.values() for sheet in rows if sheet.seat_id == seat.pk}
    asked = [(entry, part) for entry in mine for part in seen.parts.get(entry.category_id, [])]
    first = sum((entry.pk, part.pk) not in signed for entry, part in asked)
    if first or not asked:
        return first, 0
    apart = {entry.pk for entry, spread in scoring.spreads(panel).items() if spread == scoring.SECOND_ASKED}
    return 0, sum(entry.pk in apart and signed[entry.pk, part.pk].turn == 1 for entry, part in asked)


@provider
def centre(user: User, at: datetime) -> Iterable[Line]:
    """For a central officer: rounds to open, judges to convene, stages to close, results to announce."""
    if not any(held.office == Office.CENTRAL_OFFICER for held in offices_at(user, at)):
        return
    today = bangkok_day(at)
    for first in Stage.objects.filter(round__state=RoundState.DRAFT, round__origin=user.origin, number=1).select_related("round"):
        yield Line(
            what=_("Open %(round)s") % {"round": first.round.name}, why=_("It is still a draft; its rules can be changed."),
            url=reverse("selection:round-show", args=[first.round.key]), group=Group.MINE, due=first.opens_on,
            where=where(first),
        )  # fmt: skip
    for stage in begun_stages(user, today, 1, 2, 3, 4, 5):
        if stage.closes_on < today:
            yield Line(
                what=_("Close stage %(number)s of %(round)s") % {"number": stage.number, "round": stage.round.name},
                why=_("Its last day is over."), group=Group.MINE, due=stage.closes_on, where=where(stage),
                url=reverse("selection:stage-close", args=[stage.round.key, stage.number]),
            )  # fmt: skip
        elif stage.number == 4:
            yield from _judges(stage)
    waiting = Award.objects.filter(round__origin=user.origin, certificate=None).order_by().values_list("round__key", "round__name_th")
    for key, name, count in waiting.annotate(n=Count("pk")):
        yield Line(
            what=_("Announce results: %(count)s") % {"count": f"{count:,}"}, why=_("Certified, not announced yet."),
            url=reverse("selection:round-announce", args=[key]), group=Group.MINE, where=name, count=count,
        )  # fmt: skip


def _judges(stage: Stage) -> Iterator[Line]:
    there = Panel.objects.filter(stage=stage).values("category")
    standing = Entry.objects.filter(round=stage.round, stage=4, state=EntryState.COMPETING).exclude(category__in=there)
    count = standing.order_by().values("category").distinct().count()
    if count:
        yield Line(
            what=_("Convene the judges: %(count)s categories") % {"count": count}, why=_("Products have come up to stage 4."),
            url=_panels(stage), group=Group.MINE, due=stage.closes_on, where=where(stage), count=count,
        )  # fmt: skip
