"""Stage 4: a category panel of judges gets its blind samples, scores alone, and its order follows from the totals."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from registry.actions import ledger
from registry.actions.acts import moment, note, unless_taken
from registry.clock import bangkok_day
from registry.models import Committee, CommitteeKind, Meeting, MeetingKind, Seat, User
from registry.refusal import N_, Refusal, Refused, refuse, require
from selection import rules, scoring, tally
from selection.actions.locks import lock_entries, lock_panel, share_stage
from selection.actions.settling import Line, settle
from selection.models import Assignment, Entry, Panel, Ranking, RankLine, Round, Stage


@transaction.atomic
def convene_category_panel(*, round_: Round, committee: Committee, by: User, at: datetime | None = None) -> Panel:
    """Convenes a category's judges at stage 4 and gives each of them every entry of the category, numbered blindly.

    The numbers are a shuffle whose seed is the ledger's place of this act, so anyone can draw them again. Refuses while
    entries of the category still wait at an earlier stage, or when none came up.
    """
    now = moment(at)
    stage = share_stage(round_.stages.get(number=4))
    require(rules.may_run_rounds(by, now), rules.stage_open(stage, now))
    category = committee.category
    if committee.kind != CommitteeKind.JUDGES or category is None:
        raise Refused((refuse("not_judges", N_("Choose a group of judges of one category.")),))
    if committee.origin != round_.origin:
        raise Refused((refuse("origin_differs", N_("Samples and real data are kept apart: choose judges of the other kind.")),))
    found = Panel.objects.filter(stage=stage, area=committee.area, category=committee.category).first()
    if found is not None:
        return found
    panel = _panel(stage, committee, by, now)
    entries = lock_entries([entry.pk for entry in scoring.standing(panel)])
    seats = list(committee.seats.active_on(bangkok_day(now)).order_by("pk"))
    require(
        None if entries else refuse("nothing_to_score", N_("No product of this category has come up to stage 4 yet.")),
        None if seats else refuse("no_judges", N_("This group has no judges yet. Give seats first.")),
        rules.nothing_left_below(panel),
    )
    place = ledger.append(
        "draw",
        {
            "v": 1,
            "round": round_.key,
            "stage": 4,
            "category": category.code,
            "entries": len(entries),
            "judges": len(seats),
        },
        at=now,
    )
    assign(panel, entries, seats, seed=f"{round_.key}/{category.code}/{place}")
    note("convene_category_panel", panel, by=by, at=now)
    return panel


def _panel(stage: Stage, committee: Committee, by: User, now: datetime) -> Panel:
    """The panel of these judges with its meeting; refuses when somebody else convenes it in the same moment."""
    made = {"area": committee.area, "committee": committee, "created_by": by, "created_at": now}
    meeting = Meeting.objects.create(kind=MeetingKind.SITTING, held_on=bangkok_day(now), **made)
    panel = Panel(stage=stage, category=committee.category, meeting=meeting, **made)
    with unless_taken(_convened_already):
        panel.save()
    return panel


def _convened_already() -> Refusal:
    return refuse("convened_already", N_("This panel was convened a moment ago. Open the page again to see it."))


def assign(panel: Panel, entries: Sequence[Entry], seats: Sequence[Seat], *, seed: str) -> None:
    """Numbers the samples by a shuffle of `seed` over the entries in the order of their public ids, the same for every judge."""
    ordered = sorted(entries, key=lambda entry: entry.public_id)
    random.Random(seed).shuffle(ordered)  # noqa: S311 - a draw that anyone can repeat, no secret
    Assignment.objects.bulk_create(
        Assignment(panel=panel, entry=entry, seat=seat, sample_no=number)
        for number, entry in enumerate(ordered, 1)
        for seat in seats
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """How a category panel stands: its samples, and once every sheet is in, totals (hundredths), places and who goes up.

    `tied` are those across the edge of a quota, decided or not, and `room` how many of them may go up.
    """

    entries: list[Entry]
    totals: dict[int, int]
    places: dict[int, int]
    up: frozenset[int]
    edge: frozenset[int]
    tied: frozenset[int]
    room: int
    lines: dict[int, RankLine]
    refusals: list[Refusal]


def outlook(panel: Panel) -> Outlook:
    """Looks at an open panel of stage 4 as `settle_scoring` does; changes nothing and tells no total before all sheets are in."""
    stage, entries = panel.stage, scoring.standing(panel)
    lines = {line.entry_id: line for line in panel.rank_lines.all()}
    unsigned = list(rules.panel_complete(panel))
    totals = {} if unsigned else scoring.totals(entries, up_to_stage=stage.number)
    unknown = [
        rules.total_is_known(entry, totals.get(entry.pk), called=scoring.public_name(panel, entry))
        for entry in entries
        if totals and totals.get(entry.pk) is None
    ]
    refusals = [*unsigned, *(refusal for refusal in unknown if refusal is not None)]
    if refusals or not entries:
        nobody: frozenset[int] = frozenset()
        return Outlook(entries, {}, {}, nobody, nobody, nobody, 0, lines, refusals)
    known = {pk: total for pk, total in totals.items() if total is not None}
    places = tally.places(known)
    rule = tally.PromotionRule(kind=stage.promotion, quota=stage.quota, least_total=stage.least_total)
    plain = tally.promote(places, rule=rule, totals=known, tie_rule=stage.tie_rule)
    chosen = [pk for pk in plain.edge if pk in lines and lines[pk].chosen_at_edge]
    result = plain
    if chosen and len(chosen) <= plain.room:
        result = tally.promote(places, rule=rule, totals=known, tie_rule=stage.tie_rule, decided=chosen)
    if result.edge:
        refusals.append(
            rules.tie_at_edge([entry for entry in entries if entry.pk in plain.edge], plain.room, blind=panel)
        )
    return Outlook(entries, known, places, result.up, result.edge, plain.edge, plain.room, lines, refusals)


@transaction.atomic
def settle_scoring(*, panel: Panel, by: User, at: datetime | None = None) -> Ranking:
    """Closes the panel: all sheets in, wide spreads answered; the order is that of the totals, ties share a place.

    Refuses a tie across the edge of a quota until the chair has recorded the panel's choice with a reason.
    """
    now = moment(at)
    locked = lock_panel(panel)
    stage = locked.stage
    require(rules.may_lead(by, locked, now), rules.panel_open(locked), rules.stage_open(stage, now))
    seen = outlook(locked)
    require(seen.refusals)
    lines = [
        Line(
            entry=entry,
            place=seen.places[entry.pk],
            total=seen.totals[entry.pk],
            up=entry.pk in seen.up,
            reason=seen.lines[entry.pk].edge_reason if entry.pk in seen.tied and entry.pk in seen.lines else "",
        )
        for entry in seen.entries
    ]
    counted = scoring.counted_sheets(seen.entries)
    chosen = {entry.pk for entry in seen.entries if entry.pk in seen.tied and entry.pk in seen.up}
    inputs = {
        "lines": [
            {
                "entry": entry.public_id,
                "sheets": scoring.totals_by_part(counted[entry.pk]),
                "chosen_at_edge": entry.pk in chosen,
            }
            for entry in sorted(seen.entries, key=lambda entry: entry.public_id)
        ]
    }
    return settle(locked, lines, inputs=inputs, by=by, at=now)
