"""Stages 2 and 3: the committee meets, ranks with reasons, lets conflicted members leave, and settles."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from registry.actions import ledger
from registry.actions.acts import moment, note, save_version
from registry.models import Area, Attendance, Category, Committee, CommitteeKind, Meeting, MeetingKind, Seat, User
from registry.refusal import N_, Refusal, refuse, require
from registry.rules import seat_of
from registry.thai import normalise
from selection import rules, scoring
from selection.actions.locks import lock_panel, share_stage
from selection.actions.settling import Line, settle
from selection.models import Entry, Panel, Ranking, RankLine, Recusal, Round
from selection.tally import Promotion, PromotionRule, promote

KIND_OF_STAGE = {2: CommitteeKind.AMPHOE, 3: CommitteeKind.PROVINCE, 5: CommitteeKind.NATIONAL}


@dataclass(frozen=True, slots=True)
class Said:
    """What the committee says of one entry before settling."""

    entry: Entry
    place: int | None
    reason: str = ""
    chosen_at_edge: bool = False
    edge_reason: str = ""


@transaction.atomic
def convene_panel(
    *,
    round_: Round,
    stage_number: int,
    area: Area,
    category: Category | None = None,
    by: User,
    at: datetime | None = None,
) -> Panel:
    """The panel of an area's committee at stage 2, 3 or 5, made when it is not there yet; only its members may."""
    now = moment(at)
    stage = share_stage(round_.stages.get(number=stage_number))
    committee = Committee.objects.filter(
        kind=KIND_OF_STAGE.get(stage_number, ""), area=area, category=None, origin=round_.origin
    ).first()
    if committee is None:
        require(
            refuse(
                "committee_missing",
                N_("%(area)s has no committee in the register. Ask the central office to record it."),
                area=area.long_name,
            )
        )
    panel = Panel(stage=stage, area=area, category=category, committee=committee, created_by=by, created_at=now)
    require(rules.may_sit(by, panel, now), rules.stage_open(stage, now), rules.category_of_panel(stage, category))
    found = Panel.objects.filter(stage=stage, area=area, category=category).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            panel.meeting = Meeting.objects.create(
                kind=MeetingKind.SITTING, area=area, committee=committee, created_by=by, created_at=now
            )
            panel.save()
    except IntegrityError:
        return Panel.objects.get(stage=stage, area=area, category=category)
    note("convene_panel", panel, by=by, at=now)
    return panel


@transaction.atomic
def record_meeting(
    *,
    panel: Panel,
    version: int,
    number: str,
    notice_on: date | None,
    held_on: date | None,
    present: Collection[Seat],
    place: str = "",
    minutes: str = "",
    by: User,
    at: datetime | None = None,
) -> Panel:
    """Records the sitting: its number, notice, day and the seats that were there. `version` is the panel's."""
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    there = list({seat.pk: seat for seat in present if seat.committee_id == locked.committee_id}.values())
    require(rules.signers_stay(locked, there))
    saved = save_version(locked, version=version, by=by, at=now)
    Meeting.objects.filter(panels=locked).update(
        number=normalise(number),
        notice_on=notice_on,
        held_on=held_on,
        place=normalise(place),
        minutes=minutes,
        present=len(there),
        changed_by=by,
        changed_at=now,
    )
    Attendance.objects.filter(meeting=locked.meeting_id).delete()
    Attendance.objects.bulk_create(Attendance(meeting=locked.meeting, seat=seat) for seat in there)
    note("record_meeting", saved, by=by, at=now, after={"held_on": held_on.isoformat() if held_on else None, "present": len(there)})
    return saved


@transaction.atomic
def rank(*, panel: Panel, version: int, said: Sequence[Said], by: User, at: datetime | None = None) -> Panel:
    """Saves the committee's working order, all lines at once, if nobody else saved since `version` of the panel."""
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    require(*(rules.before_panel(line.entry, locked) for line in said))
    saved = save_version(locked, version=version, by=by, at=now)
    for line in said:
        RankLine.objects.update_or_create(
            panel=locked,
            entry=line.entry,
            defaults={
                "place": line.place,
                "reason": normalise(line.reason),
                "chosen_at_edge": line.chosen_at_edge,
                "edge_reason": normalise(line.edge_reason),
                "changed_at": now,
                "changed_by": by,
            },
            create_defaults={
                "place": line.place,
                "reason": normalise(line.reason),
                "chosen_at_edge": line.chosen_at_edge,
                "edge_reason": normalise(line.edge_reason),
                "created_at": now,
                "created_by": by,
            },
        )
    note("rank", saved, by=by, at=now, after={line.entry.public_id: line.place for line in said})
    return saved


@transaction.atomic
def recuse(*, panel: Panel, entry: Entry, seat: Seat, reason: str, by: User, at: datetime | None = None) -> Recusal:
    """A member leaves for one entry; he says so himself or the chair's side records it. It cannot be taken back."""
    now = moment(at)
    locked = lock_panel(panel)
    own = locked.committee is not None and seat_of(by, locked.committee, now) == seat
    require(
        rules.panel_open(locked),
        rules.stage_open(locked.stage, now),
        rules.before_panel(entry, locked),
        None if own else rules.may_lead(by, locked, now),
        rules.may_recuse(seat, locked, reason),
    )
    recusal, fresh = Recusal.objects.get_or_create(
        panel=locked, entry=entry, seat=seat, defaults={"reason": normalise(reason), "by": by, "at": now}
    )
    if fresh:
        ledger.append(
            "recusal",
            {"v": 1, "round": locked.stage.round.key, "stage": locked.stage.number, "entry": entry.public_id},
            at=now,
        )
    return recusal


def proposal(
    panel: Panel, entries: Sequence[Entry], lines: Mapping[int, RankLine], totals: Mapping[int, int | None]
) -> tuple[Promotion[int], dict[int, str]]:
    """Who would go up by the lines as they stand, and why the ineligible ones would not (entry id → sentence); asks no rights."""
    stage = panel.stage
    barred: dict[int, str] = {}
    if stage.asks_eligibility:
        accepted = rules.accepted_standards(stage.round)
        barred = {
            entry.pk: refusal.in_language("th")
            for entry in entries
            if (refusal := rules.eligible(entry, stage.round, accepted=accepted))
        }
    places = {
        entry.pk: place
        for entry in entries
        if entry.pk not in barred and entry.pk in lines and (place := lines[entry.pk].place)
    }
    rule = PromotionRule(kind=stage.promotion, quota=stage.quota, least_total=stage.least_total)
    known = {pk: total for pk, total in totals.items() if total is not None}
    if rule.has_least and places.keys() - known.keys():
        return Promotion(up=frozenset(), edge=frozenset(), room=0), barred
    plain = promote(places, rule=rule, totals=known, tie_rule=stage.tie_rule)
    chosen = [pk for pk in plain.edge if lines[pk].chosen_at_edge]
    if not chosen or len(chosen) > plain.room:
        return plain, barred
    return promote(places, rule=rule, totals=known, tie_rule=stage.tie_rule, decided=chosen), barred


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a committee's order stands: its entries and lines, what settling would bring, what still keeps it from it.

    `tied` are those across the edge, decided or not, and `room` how many of them may go up. `totals` (hundredths) are
    there only once every sheet is signed and no second one is asked: before, nobody is told any.
    """

    entries: list[Entry]
    lines: dict[int, RankLine]
    totals: dict[int, int]
    up: frozenset[int]
    edge: frozenset[int]
    tied: frozenset[int]
    room: int
    barred: dict[int, str]
    refusals: list[Refusal]


def outlook(panel: Panel, *, at: datetime) -> Outlook:
    """Looks at an open panel of stage 2 or 3 as `settle_ranking` does, but for who asks; changes nothing."""
    stage, entries = panel.stage, scoring.standing(panel)
    standing = {entry.pk for entry in entries}
    lines = {
        line.entry_id: line for line in panel.rank_lines.select_related("entry__product") if line.entry_id in standing
    }
    marked = bool(scoring.parts_at(stage.round, stage.number))
    unsigned = list(rules.panel_complete(panel)) if marked and entries else []
    totals = scoring.totals(entries, up_to_stage=stage.number) if marked and not unsigned else {}
    known = {pk: total for pk, total in totals.items() if total is not None}
    result, barred = proposal(panel, entries, lines, totals)
    open_edge, _barred = proposal(panel, entries, {pk: _undecided(line) for pk, line in lines.items()}, totals)
    refusals = [
        *rules.meeting_in_order(panel, stage.round, at),
        *filter(None, [rules.nothing_left_below(panel)]),
        *rules.order_complete(list(lines.values()), entries),
        *unsigned,
        *rules.places_follow(list(lines.values()), known, stage.order_by),
        *rules.reasons_given(list(lines.values()), known if len(known) == len(entries) else {}, stage.order_by),
        *rules.edge_decided(result, lines),
    ]
    return Outlook(entries, lines, known, result.up, result.edge, open_edge.edge, open_edge.room, barred, refusals)


def _undecided(line: RankLine) -> RankLine:
    """The line as if the committee had not chosen at the edge."""
    return RankLine(entry_id=line.entry_id, place=line.place)


@transaction.atomic
def settle_ranking(*, panel: Panel, by: User, at: datetime | None = None) -> Ranking:
    """Settles the committee's order for good: who goes up by the stage's rule, who stops, each with the reason.

    Refuses without a proper meeting, with a place or reason missing, sheets unsigned (stage 3), an undecided tie at the edge.
    """
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    seen = outlook(locked, at=now)
    require(seen.refusals)
    placed = [
        Line(
            entry=entry,
            place=line.place or 0,
            total=seen.totals.get(entry.pk),
            up=entry.pk in seen.up,
            reason=seen.barred.get(entry.pk) or " · ".join(filter(None, [line.reason, line.edge_reason])),
        )
        for entry in seen.entries
        for line in [seen.lines[entry.pk]]
    ]
    return settle(locked, placed, inputs=_inputs(locked, seen.lines, seen.barred), by=by, at=now)


def _inputs(panel: Panel, lines: Mapping[int, RankLine], barred: Mapping[int, str]) -> dict[str, object]:
    """What the order was made from: places, choices at the edge, who was barred, the sheets' totals as sorted vectors."""
    counted = scoring.counted_sheets([line.entry for line in lines.values()])
    return {
        "present": panel.meeting.attendances.count() if panel.meeting else 0,
        "lines": [
            {
                "entry": line.entry.public_id,
                "place": line.place,
                "chosen_at_edge": line.chosen_at_edge,
                "barred": pk in barred,
                "sheets": scoring.totals_by_part(counted[pk]),
            }
            for pk, line in sorted(lines.items())
        ],
    }
