"""Rules of score sheets: who signs what, which marks are possible, when a second sheet is asked."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from registry.models import Seat, User
from registry.refusal import N_, Refusal, refuse
from registry.rules import seat_of
from selection import scoring
from selection.models import Entry, Item, Panel, PanelDecision, Part, Recusal, Stage


def may_sign(user: User | None, panel: Panel, entry: Entry, at: datetime) -> Refusal | None:
    """A member of the panel who was there (at stage 4: was given the sample) and has not left for it signs his sheet."""
    seat = seat_of(user, panel.committee, at) if panel.committee is not None else None
    if seat is None:
        return refuse("not_a_judge", N_("Only members of this panel may sign a score sheet."))
    if Recusal.objects.filter(panel=panel, entry=entry, seat=seat).exists():
        return refuse("recused", N_("You left for this product, so you do not score it."))
    if panel.stage.number == 4:
        given = panel.assignments.filter(entry=entry, seat=seat).exists()
        return None if given else refuse("not_assigned", N_("This sample was not given to you."))
    if panel.meeting is None or not panel.meeting.attendances.filter(seat=seat).exists():
        return refuse(
            "not_present",
            N_("Only members recorded as present score. Ask the secretary to record the meeting and who was there."),
        )
    return None


def marks_refusals(marks: Mapping[str, int | None], items: Mapping[str, Item]) -> Iterator[Refusal]:
    """Each item has one of its described levels; nothing above the maximum, nothing unknown, nothing left out."""
    for code, item in items.items():
        points = [level.points for level in item.levels.all()]
        mark = marks.get(code)
        if mark is None:
            yield refuse("mark_missing", N_("Item %(item)s has no mark yet."), field=code, item=item.name)
        elif mark > max(points):
            yield refuse(
                "mark_above_maximum",
                N_("Item %(item)s: %(mark)s is above the maximum of %(most)s. Choose one of the described levels."),
                field=code,
                item=item.name,
                mark=_points(mark),
                most=_points(max(points)),
            )
        elif mark not in points:
            yield refuse(
                "mark_not_a_level",
                N_("Item %(item)s: %(mark)s is not one of its described levels."),
                field=code,
                item=item.name,
                mark=_points(mark),
            )
    for code in marks.keys() - items.keys():
        yield refuse("unknown_item", N_("The sheet has no item %(code)s."), code=code)


def _points(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def second_sheet_asked(panel: Panel, entry: Entry, seat: Seat, part: Part, reason: str) -> Refusal | None:
    """A sheet that replaces a signed one needs a reason, and comes before the panel's word on the marks."""
    if PanelDecision.objects.filter(panel=panel, entry=entry, kind="apart").exists():
        return refuse("decided_apart", N_("The panel has decided on these marks. They can no longer be changed."))
    if reason.strip() or not panel.sheets.filter(entry=entry, seat=seat, part=part).exists():
        return None
    return refuse(
        "second_sheet_reason",
        N_("You have signed this sheet. Write why you sign a second one; both are kept."),
        field="reason",
    )


def sheets_missing(panel: Panel) -> Iterator[Refusal]:
    """Every member who has to score an entry has signed every part of it."""
    for entry, missing in scoring.missing_sheets(panel).items():
        yield refuse(
            "sheets_missing",
            N_("%(name)s: %(count)s sheets are not signed yet."),
            name=scoring.public_name(panel, entry),
            count=missing,
        )


def panel_complete(panel: Panel) -> Iterator[Refusal]:
    """All sheets are in; where members lie apart, all signed a second sheet or the panel decided."""
    missing = list(sheets_missing(panel))
    yield from missing
    if missing:
        return
    for entry, state in scoring.spreads(panel).items():
        if state == scoring.SECOND_ASKED:
            yield refuse(
                "too_far_apart",
                N_(
                    "%(name)s: the members lie further apart than the round allows. Every member signs a second sheet with a reason."
                ),
                name=scoring.public_name(panel, entry),
            )
        elif state == scoring.DECISION_ASKED:
            yield refuse(
                "still_apart",
                N_(
                    "%(name)s: the second sheets still lie apart. The chair records the panel's decision with a reason."
                ),
                name=scoring.public_name(panel, entry),
            )


def part_of_entry(part: Part, entry: Entry, stage: Stage) -> Refusal | None:
    """A sheet is of a part that this round scores at this stage for the entry's category."""
    parts = scoring.parts_at(stage.round, stage.number).get(entry.category_id, [])
    if any(other.pk == part.pk for other in parts):
        return None
    return refuse(
        "part_of_another_stage",
        N_("This part is not scored at stage %(number)s for this product."),
        number=stage.number,
    )


def first_word_stands(decision: PanelDecision, reason: str) -> Refusal | None:
    """A panel decides a thing once: another word than the recorded one is not taken as if it were."""
    if decision.reason == reason:
        return None
    return refuse("decided_already", N_("The panel's word on these marks is recorded already and stays: %(reason)s"),
                  field="reason", reason=decision.reason)


def may_decide_apart(panel: Panel, entry: Entry, reason: str) -> Iterator[Refusal]:
    """The panel's word is asked only when the second sheets still lie apart."""
    states = {other.pk: state for other, state in scoring.spreads(panel).items()}
    if states.get(entry.pk) not in (scoring.DECISION_ASKED, scoring.DECIDED):
        yield refuse("nothing_to_decide", N_("The sheets of this entry do not ask for a decision."))
    if not reason.strip():
        yield refuse("decision_reason", N_("Write the reason for the panel's decision."), field="reason")
