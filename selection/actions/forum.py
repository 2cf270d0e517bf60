"""Stage 1: the tambon forum — attendance, products brought, three tests, votes, choice, settled once."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from registry.actions import ledger
from registry.actions.acts import difference, moment, note, save_over
from registry.clock import bangkok_day
from registry.models import Area, Meeting, MeetingKind, Product, User
from registry.refusal import N_, Conflict, refuse, require
from registry.thai import normalise
from selection import flow, rules
from selection.actions.locks import lock_panel, share_stage
from selection.actions.settling import Line, settle
from selection.models import TESTS, Entry, EntryState, ForumLine, Panel, Ranking, Round


@transaction.atomic
def convene_forum(*, round_: Round, area: Area, by: User, at: datetime | None = None) -> Panel:
    """The forum of a tambon in a round, made when it is not there yet."""
    now = moment(at)
    stage = share_stage(round_.stages.get(number=1))
    require(rules.may_hold_forum(by, area, now), rules.stage_open(stage, now))
    panel = Panel.objects.filter(stage=stage, area=area, category=None).first()
    if panel is not None:
        return panel
    try:
        with transaction.atomic():
            meeting = Meeting.objects.create(kind=MeetingKind.FORUM, area=area, created_by=by, created_at=now)
            panel = Panel.objects.create(stage=stage, area=area, meeting=meeting, created_by=by, created_at=now)
    except IntegrityError:  # another tab was quicker; both end with the same forum
        return Panel.objects.get(stage=stage, area=area, category=None)
    note("convene_forum", panel, by=by, at=now)
    return panel


@transaction.atomic
def record_forum(
    *,
    panel: Panel,
    version: int,
    held_on: date | None,
    present: int | None,
    place: str = "",
    minutes: str = "",
    by: User,
    at: datetime | None = None,
) -> Panel:
    """Records when and where the forum was held and how many were there; `version` is the panel's.

    Refuses fewer people than votes already entered.
    """
    now = moment(at)
    locked = lock_panel(panel)
    require(rules.may_hold_forum(by, locked.area, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    require(rules.forum_day_known(held_on, locked.stage, now))
    require(*(rules.votes_within(line.votes, present) for line in locked.forum_lines.standing()))
    said = {"held_on": held_on, "present": present, "place": normalise(place), "minutes": minutes}
    try:
        saved = save_over(locked, version=version, by=by, at=now)
    except Conflict as conflict:
        stored = {name: getattr(locked.meeting, name) for name in said}
        raise Conflict(conflict.refusals, yours=said, theirs=stored | conflict.theirs) from conflict
    Meeting.objects.filter(panels=locked).update(**said, changed_by=by, changed_at=now)
    day = held_on.isoformat() if held_on else None
    note("record_forum", saved, by=by, at=now, after={"held_on": day, "present": present})
    return saved


@transaction.atomic
def bring(*, panel: Panel, product: Product, by: User, at: datetime | None = None) -> ForumLine:
    """Brings a product before the forum: it enters the round here, with its category and tambon as they are now."""
    now = moment(at)
    locked = lock_panel(panel)
    round_ = locked.stage.round
    require(rules.may_hold_forum(by, locked.area, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    product = Product.objects.select_related("producer", "category", "area").get(pk=product.pk)
    require(rules.may_enter(product, round_, locked.area))
    assert product.category is not None  # may_enter refused an incomplete product
    line = ForumLine.objects.standing().filter(entry__round=round_, entry__product=product).first()
    if line is not None:
        return line
    entry = Entry.objects.create(
        round=round_,
        product=product,
        origin=product.origin,
        category=product.category,
        area=product.area,
        entered_on=bangkok_day(now),
        created_by=by,
        created_at=now,
    )
    line = ForumLine.objects.create(panel=locked, entry=entry, created_by=by, created_at=now)
    ledger.append(
        "entry",
        {
            "v": 1,
            "round": round_.key,
            "entry": entry.public_id,
            "product": product.public_id,
            "category": entry.category.code,
            "tambon": entry.area.code,
        },
        at=now,
    )
    return line


@transaction.atomic
def take_back(*, line: ForumLine, reason: str, by: User, at: datetime | None = None) -> Entry:
    """Takes a product out of a forum that is not settled; it may be brought anew. Doing it twice is doing it once.

    Refuses without a reason. The entry keeps its row, withdrawn on this day, and its line what was written in it.
    """
    now = moment(at)
    locked = lock_panel(line.panel)
    reason = normalise(reason)
    require(rules.may_hold_forum(by, locked.area, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    require(rules.taken_back_for(reason))
    entry = Entry.objects.select_for_update(of=["self"]).select_related("round", "product").get(pk=line.entry_id)
    if entry.state == EntryState.WITHDRAWN:
        return entry
    state = flow.after(flow.ENTRY, entry.state, "withdraw")
    entry = save_over(entry, version=entry.version, by=by, at=now, state=state, withdrawn_on=bangkok_day(now))
    note("take_back", line, by=by, at=now, after={"reason": reason})
    ledger.append("withdrawal", {"v": 1, "round": entry.round.key, "entry": entry.public_id}, at=now)
    return entry


@transaction.atomic
def record_line(*, line: ForumLine, version: int, by: User, at: datetime | None = None, **said: Any) -> ForumLine:
    """Saves tests, evidence, votes, choice and reason of one product; `said` holds the fields that change.

    Refuses votes above the attendance, and the choice of a product that fails a test.
    """
    now = moment(at)
    locked = lock_panel(line.panel)
    require(rules.may_hold_forum(by, locked.area, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    clean: dict[str, Any] = {name: normalise(value) if isinstance(value, str) else value for name, value in said.items()}
    after = {test: clean.get(test, getattr(line, test)) for test in TESTS}
    require(
        rules.attendance_known(locked) if clean.get("votes") is not None else None,
        rules.votes_within(clean.get("votes"), locked.meeting.present if locked.meeting else None),
        _refused_choice(line, after) if clean.get("chosen", line.chosen) else None,
    )
    before, altered = difference(line, clean)
    saved = save_over(line, version=version, by=by, at=now, **clean)
    note("record_line", saved, by=by, at=now, before=before, after=altered)
    return saved


def _refused_choice(line: ForumLine, answers: dict[str, Any]) -> Any:
    """A "no" cannot be chosen."""
    for test in TESTS:
        if answers[test] is False:
            return refuse(
                "test_failed",
                N_("%(name)s cannot be chosen: the test “%(test)s” says no."),
                field="chosen",
                test=TESTS[test],
                name=line.entry.product.name,
            )
    return None


@transaction.atomic
def settle_forum(*, panel: Panel, by: User, at: datetime | None = None) -> Ranking:
    """Settles the forum: the chosen go up to the amphoe, the others stop with their reason. Once, for good."""
    now = moment(at)
    locked = lock_panel(panel)
    lines = list(locked.forum_lines.standing().select_related("entry__product", "entry__round"))
    require(rules.may_hold_forum(by, locked.area, now), rules.panel_open(locked), rules.stage_open(locked.stage, now))
    meeting = locked.meeting
    present = meeting.present if meeting else None
    require(rules.forum_refusals(locked, lines, now), *(rules.line_refusals(line, lines, present) for line in lines))
    inputs = {
        "present": meeting.present if meeting else 0,
        "held_on": meeting.held_on.isoformat() if meeting and meeting.held_on else None,
        "lines": [
            {
                "entry": line.entry.public_id,
                "votes": line.votes,
                "wisdom": line.wisdom,
                "material": line.material,
                "plan": line.plan,
                "chosen": line.chosen,
            }
            for line in lines
        ],
    }
    return settle(locked, _placed(lines), inputs=inputs, by=by, at=now)


def _placed(lines: list[ForumLine]) -> list[Line]:
    """The chosen first, each group by votes; equal votes share a place."""
    ordered = sorted(lines, key=lambda line: (not line.chosen, -(line.votes or 0)))
    placed: list[Line] = []
    for index, line in enumerate(ordered, 1):
        key = (line.chosen, line.votes)
        tied = index > 1 and (ordered[index - 2].chosen, ordered[index - 2].votes) == key
        place = placed[-1].place if tied else index
        placed.append(Line(entry=line.entry, place=place, total=None, up=line.chosen, reason=line.reason or _why(line)))
    return placed


def _why(line: ForumLine) -> str:
    """The reason of record where the forum wrote none: what the votes and tests say, in Thai as all that is kept."""
    with override("th"):
        failed = [str(TESTS[test]) for test in TESTS if not getattr(line, test)]
        votes = _("%(votes)s votes") % {"votes": line.votes}
        return _("%(votes)s; does not pass: %(tests)s") % {"votes": votes, "tests": ", ".join(failed)} if failed else votes
