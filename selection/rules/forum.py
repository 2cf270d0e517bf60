"""Rules of stage 1: who records a forum, what it may choose, and how votes and tests bind it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from registry.clock import bangkok_day
from registry.models import Area, Office, Product, User
from registry.refusal import N_, Refusal, refuse
from registry.rules import holds, is_complete
from selection.models import TESTS, ForumLine, Panel, PromotionKind, Round, RoundKind, Stage

RECORDERS = (Office.RECORDER, Office.AMPHOE_OFFICER)


def may_hold_forum(user: User | None, area: Area, at: datetime) -> Refusal | None:
    """The tambon's recorder, or the amphoe officer above him, records the forum."""
    if area.level == "tambon" and holds(user, RECORDERS, area, at):
        return None
    return refuse(
        "not_the_recorder",
        N_("Only the recorder of %(area)s or its amphoe officer may record this forum."),
        area=area.long_name,
    )


def may_enter(product: Product, round_: Round, area: Area) -> Iterator[Refusal | None]:
    """What keeps a product from entering a round at the forum of `area`."""
    yield is_complete(product)
    if product.area_id != area.pk:
        yield refuse(
            "product_of_another_tambon",
            N_("%(name)s is made in another tambon: its own forum brings it."),
            name=product.name,
        )
    if product.ended_on is not None or product.producer.ended_on is not None:
        yield refuse("product_ended", N_("%(name)s is no longer produced."), name=product.name)
    if product.registered_on > round_.register_closes_on:
        yield refuse(
            "registered_too_late",
            N_(
                "%(name)s came into the register on %(day)s, after the closing day %(closing)s. It can enter the next round."
            ),
            name=product.name,
            day=product.registered_on,
            closing=round_.register_closes_on,
        )
    if round_.kind != RoundKind.REHEARSAL and product.origin != round_.origin:
        yield refuse(
            "origin_differs",
            N_("Samples and real data are kept apart: %(name)s cannot enter this round."),
            name=product.name,
        )


def votes_within(votes: int | None, present: int | None) -> Refusal | None:
    """Nobody votes who was not there."""
    if votes is None or present is None or votes <= present:
        return None
    return refuse(
        "more_votes_than_people",
        N_("%(votes)s votes, but only %(present)s people were present. Correct the votes or the attendance."),
        field="votes",
        votes=votes,
        present=present,
    )


def taken_back_for(reason: str) -> Refusal | None:
    """What is taken back from a forum leaves a reason behind."""
    if reason:
        return None
    return refuse("reason_missing", N_("Write why the product is taken back."), field="reason")


def attendance_known(panel: Panel) -> Refusal | None:
    """Attendance is entered before votes are."""
    if panel.meeting is not None and panel.meeting.present:
        return None
    return refuse("attendance_missing", N_("Enter how many people were present first."), field="present")


def forum_day_known(held_on: date | None, stage: Stage, at: datetime) -> Refusal | None:
    """A forum was held on a day that has come, while its stage ran."""
    if held_on is None:
        return refuse("forum_day_missing", N_("Enter the day on which the forum was held."), field="held_on")
    if held_on > bangkok_day(at):
        return refuse("forum_in_future", N_("The forum's day %(day)s has not come yet."), field="held_on", day=held_on)
    if not stage.runs_on(held_on):
        return refuse(
            "forum_outside_stage",
            N_("The forum's day must lie between %(opens)s and %(closes)s."),
            field="held_on",
            opens=stage.opens_on,
            closes=stage.closes_on,
        )
    return None


def line_choice(line: ForumLine) -> Iterator[Refusal]:
    """A product is chosen only when all three tests say yes, each with its evidence, and its votes are counted."""
    name = line.entry.product.name
    if line.votes is None:
        yield refuse(
            "votes_missing", N_("Enter the votes for %(name)s, 0 if there were none."), field="votes", name=name
        )
    for test in TESTS:
        answer, evidence = getattr(line, test), getattr(line, f"{test}_evidence")
        label = TESTS[test]
        if answer is None:
            yield refuse(
                "test_unanswered", N_("Answer the test “%(test)s” for %(name)s."), field=test, test=label, name=name
            )
        elif answer and not evidence.strip():
            yield refuse(
                "evidence_missing",
                N_("Say what shows that %(name)s passes “%(test)s”."),
                field=f"{test}_evidence",
                test=label,
                name=name,
            )
        elif line.chosen and not answer:
            yield refuse(
                "test_failed",
                N_("%(name)s cannot be chosen: the test “%(test)s” says no."),
                field="chosen",
                test=label,
                name=name,
            )


def enough_lines(lines: Sequence[ForumLine]) -> Refusal | None:
    """A forum settles something."""
    return None if lines else refuse("no_products", N_("Bring at least one product to the forum first."))


def within_quota(lines: Iterable[ForumLine], stage: Stage) -> Refusal | None:
    """Not more products go up than the round's quota for a tambon."""
    chosen = sum(line.chosen for line in lines)
    if stage.promotion in (PromotionKind.QUOTA, PromotionKind.QUOTA_AND_LEAST) and chosen > (stage.quota or 0):
        return refuse(
            "over_quota",
            N_("%(chosen)s products are chosen, but only %(quota)s may go up. Choose fewer."),
            field="chosen",
            chosen=chosen,
            quota=stage.quota,
        )
    return None


def choice_in_order(lines: Sequence[ForumLine]) -> Iterator[Refusal]:
    """Departing from the votes needs a reason, written at the chosen product that had fewer."""
    for line in lines:
        if refusal := departs_from_votes(line, lines):
            yield refusal


def departs_from_votes(line: ForumLine, lines: Sequence[ForumLine]) -> Refusal | None:
    """One line of `choice_in_order`."""
    passed_over = [other for other in lines if not other.chosen and all(getattr(other, test) for test in TESTS)]
    most = max((other.votes or 0 for other in passed_over), default=-1)
    if not line.chosen or (line.votes or 0) >= most or line.reason.strip():
        return None
    return refuse(
        "departs_from_votes",
        N_("%(name)s is chosen although another product had more votes. Write the forum's reason."),
        field="reason",
        name=line.entry.product.name,
    )


def line_refusals(line: ForumLine, lines: Sequence[ForumLine], present: int | None) -> Iterator[Refusal | None]:
    """Everything that one product's line still lacks before the forum settles."""
    yield votes_within(line.votes, present)
    yield from line_choice(line)
    yield departs_from_votes(line, lines)


def forum_refusals(panel: Panel, lines: Sequence[ForumLine], at: datetime) -> Iterator[Refusal | None]:
    """What a forum lacks as a whole before it settles: its day, attendance, products, and not too many chosen."""
    meeting = panel.meeting
    yield forum_day_known(meeting.held_on if meeting else None, panel.stage, at)
    yield attendance_known(panel)
    yield enough_lines(lines)
    yield within_quota(lines, panel.stage)
