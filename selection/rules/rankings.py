"""Rules of committees at work: who leads, quorum and notice, order, reasons, eligibility, recusal."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from registry.clock import bangkok_day
from registry.models import Meeting, Seat, SeatRole, Standing, User
from registry.refusal import N_, Named, Refusal, refuse
from registry.rules import seat_of
from selection import scoring
from selection.models import Entry, OrderBy, Panel, RankLine, Round, RoundStandard
from selection.tally import Promotion, places

LEADERS = (SeatRole.CHAIR, SeatRole.DEPUTY, SeatRole.SECRETARY)


def may_sit(user: User | None, panel: Panel, at: datetime) -> Refusal | None:
    """Only a member of the committee acts on its panel."""
    if panel.committee is not None and seat_of(user, panel.committee, at) is not None:
        return None
    return refuse(
        "not_a_member", N_("Only members of %(committee)s may do this."), committee=panel.committee or panel.area
    )


def may_lead(user: User | None, panel: Panel, at: datetime) -> Refusal | None:
    """The chair, a deputy or the secretary records and settles for the committee."""
    seat = seat_of(user, panel.committee, at) if panel.committee is not None else None
    if seat is not None and seat.role in LEADERS:
        return None
    return refuse(
        "not_a_leader",
        N_("Only the chair, a deputy or the secretary of %(committee)s may do this."),
        committee=panel.committee or panel.area,
    )


def meeting_in_order(panel: Panel, round_: Round, at: datetime) -> Iterator[Refusal]:
    """Written notice in time, a day that has come, and a quorum with the chair or a deputy (settings of the round)."""
    meeting = panel.meeting
    if meeting is None or meeting.held_on is None:
        yield refuse("meeting_missing", N_("Record the meeting first: its day and who was present."))
        return
    if meeting.held_on > bangkok_day(at):
        yield refuse(
            "meeting_in_future", N_("The meeting's day %(day)s has not come yet."), field="held_on", day=meeting.held_on
        )
    if meeting.notice_on is None or meeting.held_on - meeting.notice_on < timedelta(days=round_.notice_days):
        yield refuse(
            "notice_too_short",
            N_("Written notice goes out at least %(days)s days before the meeting. Enter the day it was sent."),
            field="notice_on",
            days=round_.notice_days,
        )
    yield from _quorum(meeting, round_)


def _quorum(meeting: Meeting, round_: Round) -> Iterator[Refusal]:
    if meeting.committee is None or meeting.held_on is None:
        return
    seats = list(meeting.committee.seats.active_on(meeting.held_on))
    present = set(meeting.attendances.values_list("seat_id", flat=True))
    there = [seat for seat in seats if seat.pk in present]
    needed = -(-len(seats) * round_.quorum_percent // 100)
    if len(there) < needed:
        yield refuse(
            "no_quorum",
            N_(
                "%(there)s of %(all)s members are recorded as present; the quorum is %(needed)s. Record who else was there, or meet again."
            ),
            there=len(there),
            all=len(seats),
            needed=needed,
        )
    if not any(seat.role in (SeatRole.CHAIR, SeatRole.DEPUTY) for seat in there):
        yield refuse("chair_absent", N_("The chair or a deputy must be present. Record who led the meeting."))


def order_complete(lines: Sequence[RankLine], entries: Collection[Entry]) -> Iterator[Refusal]:
    """Every entry has a place, and places count as ties do: 1, 2, 2, 4."""
    if not entries:
        yield refuse("nothing_to_rank", N_("Nothing has come up from below yet."))
    placed = {line.entry_id: line.place for line in lines if line.place}
    for entry in entries:
        if entry.pk not in placed:
            yield refuse("place_missing", N_("Give %(name)s a place."), field="place", name=entry.product.name)
    if len(placed) == len(entries):
        ordered = sorted(placed.values())
        for index, place in enumerate(ordered, 1):
            if place != index and not (index > 1 and place == ordered[index - 2]):
                yield refuse(
                    "places_with_gaps",
                    N_(
                        "Places must run 1, 2, 3 …; those that tie share a place and the next is left out. Place %(place)s does not fit."
                    ),
                    field="place",
                    place=place,
                )
                return


def reasons_given(lines: Sequence[RankLine], totals: Mapping[int, int], order_by: str) -> Iterator[Refusal]:
    """Every place has its reason; one above an entry with better marks has to have its own."""
    for line in lines:
        if not line.reason.strip():
            yield refuse(
                "reason_missing",
                N_("Write the committee's reason for the place of %(name)s."),
                field="reason",
                name=line.entry.product.name,
            )
    if order_by != OrderBy.COMMITTEE or not totals:
        return
    for line in lines:
        overtaken = [
            other
            for other in lines
            if (other.place or 0) > (line.place or 0) and totals[other.entry_id] > totals[line.entry_id]
        ]
        if overtaken and not line.edge_reason.strip():
            yield refuse(
                "departs_from_marks",
                N_(
                    "%(name)s stands above %(other)s, which has more marks. Write why the committee departs from the marks."
                ),
                field="edge_reason",
                name=line.entry.product.name,
                other=overtaken[0].entry.product.name,
            )


def places_follow(lines: Sequence[RankLine], totals: Mapping[int, int], order_by: str) -> Iterator[Refusal]:
    """Where the round orders by totals, the committee's places are those of the totals."""
    if order_by != OrderBy.TOTAL:
        return
    right = places(totals)
    for line in lines:
        if line.entry_id in right and line.place != right[line.entry_id]:
            yield refuse(
                "not_the_place_of_the_total",
                N_("This stage is ordered by the totals: by its marks %(name)s has place %(place)s."),
                field="place",
                name=line.entry.product.name,
                place=right[line.entry_id],
            )


def accepted_standards(round_: Round) -> dict[int, set[int]]:
    """The standards a round accepts, by category id; one query."""
    found: dict[int, set[int]] = {}
    for category, standard in RoundStandard.objects.filter(round=round_).values_list("category_id", "standard_id"):
        found.setdefault(category, set()).add(standard)
    return found


def eligible(
    entry: Entry, round_: Round, day: date | None = None, accepted: Mapping[int, set[int]] | None = None
) -> Refusal | None:
    """At least one conformity the round accepts for the category, whose paper is known to hold on the round's closing day."""
    day = day or round_.register_closes_on
    wanted = (accepted_standards(round_) if accepted is None else accepted).get(entry.category_id, set())
    held = [row for row in entry.product.conformities.all() if row.standard_id in wanted]
    if not wanted or any(row.holds_on(day) for row in held):
        return None
    undated = [row.standard for row in held if row.standing_on(day) == Standing.UNDATED]
    if undated:
        return refuse(
            "standard_undated",
            N_(
                "%(name)s holds %(standard)s, but the days of its paper are missing."
                " Enter them on the product's page, or the product stays at this stage."
            ),
            name=entry.product.name,
            standard=Named(undated[0].name_th, undated[0].name_en),
        )
    return refuse(
        "no_standard",
        N_(
            "%(name)s has no standard that this round accepts, valid on %(day)s."
            " Record it on the product's page, or the product stays at this stage."
        ),
        name=entry.product.name,
        day=day,
    )


def may_recuse(seat: Seat, panel: Panel, reason: str) -> Refusal | None:
    """A member leaves for an item with a reason."""
    if seat.committee_id != panel.committee_id:
        return refuse(
            "not_a_member", N_("Only members of %(committee)s may do this."), committee=panel.committee or panel.area
        )
    if not reason.strip():
        return refuse("recusal_reason", N_("Write why the member leaves for this product."), field="reason")
    return None


def edge_decided(result: Promotion[int], lines: Mapping[int, RankLine]) -> Iterator[Refusal]:
    """A tie across the edge is never broken by accident: the committee chooses, with a reason."""
    chosen = [line for line in lines.values() if line.chosen_at_edge]
    if result.edge:
        yield tie_at_edge([lines[pk].entry for pk in sorted(result.edge)], result.room)
    for line in chosen:
        if line.entry_id in result.up and not line.edge_reason.strip():
            yield refuse(
                "edge_reason_missing",
                N_("Write why the committee chose %(name)s among those that tie."),
                field="edge_reason",
                name=line.entry.product.name,
            )


def tie_at_edge(tied: Sequence[Entry], room: int, blind: Panel | None = None) -> Refusal:
    """What to do about those tied across the edge of a quota; on a `blind` panel they are named by their samples."""
    names = " · ".join(scoring.public_name(blind, entry) if blind else entry.product.name for entry in tied)
    return refuse(
        "tie_at_the_edge",
        N_("%(names)s tie where only %(room)s more may go up. The committee chooses among them and writes the reason."),
        field="chosen_at_edge",
        names=names,
        room=room,
    )
