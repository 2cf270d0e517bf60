"""What the rounds that run put on the work list: forums, orders, sheets, decisions, announcements, stages to close."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.levels import Level
from registry.models import Area, Category, CommitteeKind, Office, Seat, User
from registry.rules import offices_at, seats_at
from registry.worklist import Ask, Group, Line, how_many, provider
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
STAGE_OF_OFFICE: dict[str, int] = {Office.RECORDER: 1, Office.AMPHOE_OFFICER: 1, Office.PROVINCE_OFFICER: 3}
SENDING = (CommitteeKind.AMPHOE, CommitteeKind.PROVINCE)
RUNNING = (RoundState.OPEN, RoundState.ANNOUNCED)


def stages_of(user: User) -> list[Stage]:
    """Every stage of the rounds of the user's origin that are drafts or run; one query, kept per user object."""
    kept: list[Stage] | None = vars(user).get("_stages")
    if kept is None:
        stages = Stage.objects.filter(round__state__in=(RoundState.DRAFT, *RUNNING), round__origin=user.origin)
        kept = vars(user)["_stages"] = list(stages.select_related("round").order_by("closes_on", "round", "number"))
    return kept


def begun_stages(user: User, today: date, *numbers: int) -> list[Stage]:
    """The stages with these numbers that have begun and are not closed, of rounds of the user's origin that run."""
    return [
        stage for stage in stages_of(user)
        if stage.number in numbers and stage.state == StageState.OPEN and stage.opens_on <= today and stage.round.state in RUNNING
    ]  # fmt: skip


def where(stage: Stage) -> str:
    """The round and stage a line belongs to."""
    return _("%(round)s, stage %(number)s") % {"round": stage.round.key, "number": stage.number}


@provider
def forums(user: User, at: datetime) -> Iterable[Line | Ask]:
    """For a recorder a line for each of his tambons whose forum is not settled, for an amphoe officer one with their number."""
    held = [office for office in offices_at(user, at) if office.office in RECORDING]
    stages = begun_stages(user, bangkok_day(at), 1) if held else []
    tambons = [office.area for office in held if office.office == Office.RECORDER]
    rows = Panel.objects.visible_to(user).filter(stage__in=stages, area__in=tambons) if stages and tambons else []
    panels = {(panel.stage_id, panel.area_id): panel for panel in rows}
    for office in held:
        for stage in stages:
            if office.office == Office.RECORDER:
                yield from _one_forum(stage, office.area, panels.get((stage.pk, office.area_id)))
            else:
                yield _forums_of(stage, office.area)


def _one_forum(stage: Stage, area: Area, panel: Panel | None) -> Iterator[Line]:
    if panel is not None and panel.state == PanelState.SETTLED:
        return
    yield Line(
        what=_("Forum of %(area)s") % {"area": area.long_name}, group=Group.MINE, due=stage.closes_on, where=where(stage),
        why=_("Being recorded, not sent to the amphoe yet.") if panel else _("Hold it and record attendance, tests and votes."),
        url=reverse("selection:forum-show", args=[panel.public_id]) if panel
        else reverse("selection:forum-list", args=[stage.round.key]), area=area,
    )  # fmt: skip


def _forums_of(stage: Stage, amphoe: Area) -> Ask:
    """The tambons of an amphoe whose forum is not settled."""
    done = Panel.objects.filter(stage=stage, state=PanelState.SETTLED).values("area")
    tambons = Area.objects.current().of_level(Level.TAMBON).within(amphoe)
    return Ask(
        rows=tambons.exclude(pk__in=done), area="parent", many=lambda count: Line(
            what=_("Tambon forums not sent up yet in %(area)s: %(count)s") % {"area": amphoe.long_name, "count": count},
            why=_("The recorders of the tambons or you record them."), group=Group.MINE, due=stage.closes_on,
            url=reverse("selection:forum-list", args=[stage.round.key]) + f"?area={amphoe.code}",
            where=where(stage), count=count,
        ),
    )  # fmt: skip


@provider
def orders(user: User, at: datetime) -> Iterable[Ask]:
    """For members of committees: what has come up and is not settled; it waits for the chair, a deputy or the secretary."""
    seats = [seat for seat in seats_at(user, at) if seat.committee.kind in STAGE_OF_KIND]
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
                yield _order(stage, seat, panel)


def _order(stage: Stage, seat: Seat, panel: Panel | None) -> Ask:
    leads, area = seat.role in LEADERS, seat.committee.area
    said = {
        2: _("Rank %(count)s products of %(area)s"), 3: _("Rank and score %(count)s products of %(area)s"),
        5: _("Decide on the stars of %(count)s products"),
    }[stage.number]  # fmt: skip
    url = reverse("selection:panel-show", args=[panel.public_id]) if panel else _panels(stage)
    return Ask(rows=_competing(stage, area, stage.number), area="area", many=lambda count: Line(
        what=said % {"count": how_many(count), "area": area.long_name}, url=url, due=stage.closes_on,
        why=seat.committee.name if leads else _("Waits for the chair, a deputy or the secretary."),
        group=Group.MINE if leads else Group.OTHERS, where=where(stage), count=count,
    ))  # fmt: skip


def _competing(stage: Stage, area: Area, *numbers: int) -> QuerySet[Entry]:
    """The entries of the stage's round from `area` that stand at one of `numbers`."""
    return Entry.objects.within(area).filter(round=stage.round_id, stage__in=numbers, state=EntryState.COMPETING)


def _panels(stage: Stage) -> str:
    return reverse("selection:panel-list", args=[stage.round.key])


@provider
def sent_up(user: User, at: datetime) -> Iterable[Ask]:
    """What the user's forum or committee sent up and others have now; beyond the province it is only said to be with the centre."""
    if not (from_ := own_stages(user, at)):
        return
    with_whom = {2: _("The committee of the amphoe ranks them now."), 3: _("The committee of the province scores them now."),
                 4: _("They are with the judges and the national committee.")}  # fmt: skip
    for stage in stages_of(user):
        if stage.round.state not in RUNNING or stage.number not in with_whom:
            continue
        for area, own in from_.items():
            if own < stage.number:
                yield _sent(stage, area, with_whom[stage.number])


def own_stages(user: User, at: datetime) -> dict[Area, int]:
    """The areas for which the user keeps forums or leads a committee, with the stage that is theirs."""
    held = {office.area: STAGE_OF_OFFICE[office.office] for office in offices_at(user, at) if office.office in STAGE_OF_OFFICE}
    led = [seat.committee for seat in seats_at(user, at) if seat.role in LEADERS]
    return held | {body.area: STAGE_OF_KIND[CommitteeKind(body.kind)] for body in led if body.kind in SENDING}


def _sent(stage: Stage, area: Area, has_it: str) -> Ask:
    numbers = (4, 5) if stage.number == 4 else (stage.number,)
    return Ask(rows=_competing(stage, area, *numbers), area="area", many=lambda count: Line(
        what=_("Products of %(area)s sent up: %(count)s") % {"area": area.long_name, "count": how_many(count)}, why=has_it,
        url=_panels(stage), group=Group.OTHERS, where=where(stage), due=stage.closes_on, count=count,
    ))  # fmt: skip


@provider
def sheets(user: User, at: datetime) -> Iterable[Line]:
    """For whoever scores: sheets of his that are not signed, and second sheets that were asked of him."""
    seats = {seat.committee_id: seat for seat in seats_at(user, at)}
    stages = begun_stages(user, bangkok_day(at), 3, 4) if seats else []
    panels = Panel.objects.filter(stage__in=stages, committee__in=seats, state=PanelState.OPEN) if stages else []
    for panel in panels.select_related("stage__round", "area", "category", "meeting") if stages else []:
        count, second, done = unsigned(panel, seats[panel.committee_id or 0])
        if done and not count and not second:
            yield Line(
                what=_("Score sheets you signed: %(count)s") % {"count": done}, group=Group.OTHERS, count=done,
                why=_("The panel settles when every member has signed."), where=where(panel.stage), due=panel.stage.closes_on,
                url=reverse("selection:sheet-list", args=[panel.public_id]), area=panel.area,
            )  # fmt: skip
        if count or second:
            said = _("Score sheets to sign: %(count)s") if count else _("Second score sheets to sign: %(count)s")
            yield Line(
                what=said % {"count": count or second}, url=reverse("selection:sheet-list", args=[panel.public_id]),
                why=_("Nobody sees your marks before all have signed.") if count
                else _("The marks lie far apart: score once more and write why."),
                group=Group.MINE, due=panel.stage.closes_on, where=where(panel.stage), count=count or second, area=panel.area,
            )  # fmt: skip


def unsigned(panel: Panel, seat: Seat) -> tuple[int, int, int]:
    """How many first sheets of the seat are not signed; when none is left, how many second ones are asked of it; how many are."""
    seen = scoring.look(panel)
    mine = [entry for entry in seen.entries if seat in seen.scorers.get(entry.pk, [])]
    signed = {(sheet.entry_id, sheet.part_id): sheet for rows in seen.sheets.values() for sheet in rows if sheet.seat_id == seat.pk}
    asked = [(entry, part) for entry in mine for part in seen.parts.get(entry.category_id, [])]
    first = sum((entry.pk, part.pk) not in signed for entry, part in asked)
    if first or not asked:
        return first, 0, len(signed)
    apart = {entry.pk for entry, spread in scoring.spreads(panel).items() if spread == scoring.SECOND_ASKED}
    return 0, sum(entry.pk in apart and signed[entry.pk, part.pk].turn == 1 for entry, part in asked), len(signed)


@provider
def centre(user: User, at: datetime) -> Iterable[Line | Ask]:
    """For a central officer: rounds to open, judges to convene, stages to close, results to announce."""
    if not any(held.office == Office.CENTRAL_OFFICER for held in offices_at(user, at)):
        return
    today = bangkok_day(at)
    for stage in stages_of(user):
        if stage.number != 1:
            continue
        if stage.round.state == RoundState.DRAFT:
            yield Line(
                what=_("Open %(round)s") % {"round": stage.round.name}, why=_("It is still a draft; its rules can be changed."),
                url=reverse("selection:round-show", args=[stage.round.key]), group=Group.MINE, due=stage.opens_on,
                where=where(stage),
            )  # fmt: skip
        else:
            yield _to_announce(stage)
    for stage in begun_stages(user, today, 1, 2, 3, 4, 5):
        if stage.closes_on < today:
            yield Line(
                what=_("Close stage %(number)s of %(round)s") % {"number": stage.number, "round": stage.round.name},
                why=_("Its last day is over."), group=Group.MINE, due=stage.closes_on, where=where(stage),
                url=reverse("selection:stage-close", args=[stage.round.key, stage.number]),
            )  # fmt: skip
        elif stage.number == 4:
            yield _judges(stage)


def _to_announce(stage: Stage) -> Ask:
    return Ask(rows=Award.objects.filter(round=stage.round_id, certificate=None), area="entry__area", many=lambda count: Line(
        what=_("Announce results: %(count)s") % {"count": how_many(count)}, why=_("Certified, not announced yet."),
        url=reverse("selection:round-announce", args=[stage.round.key]), group=Group.MINE, where=stage.round.name, count=count,
    ))  # fmt: skip


def _judges(stage: Stage) -> Ask:
    """The categories of which products stand at stage 4 without a bench of judges."""
    there = Panel.objects.filter(stage=stage, category__isnull=False).values("category")
    standing = Entry.objects.filter(round=stage.round_id, stage=4, state=EntryState.COMPETING).values("category")
    waiting = Category.objects.filter(pk__in=standing).exclude(pk__in=there)
    return Ask(rows=waiting, many=lambda count: Line(
        what=_("Convene the judges: %(count)s categories") % {"count": count}, why=_("Products have come up to stage 4."),
        url=_panels(stage), group=Group.MINE, due=stage.closes_on, where=where(stage), count=count,
    ))  # fmt: skip
