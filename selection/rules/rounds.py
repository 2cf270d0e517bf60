"""Rules of rounds and stages."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Protocol

from registry.clock import bangkok_day
from registry.models import Category, Office, User
from registry.refusal import N_, Refusal, refuse
from registry.rules import in_order, offices_at
from selection import flow
from selection.models import (
    Award,
    CriteriaState,
    Entry,
    EntryState,
    Panel,
    PanelState,
    Part,
    Round,
    RoundState,
    Stage,
    StageState,
)
from selection.rules.opening import WITH_LEAST, WITH_QUOTA, stage_refusals
from selection.tally import Band, bands_refusal


def may_run_rounds(user: User | None, at: datetime) -> Refusal | None:
    """Rounds are made, opened and closed by a central officer."""
    if user is not None and any(held.office == Office.CENTRAL_OFFICER for held in offices_at(user, at)):
        return None
    return refuse("central_officer_only", N_("Only a central officer may do this. Ask the central office to act."))


def round_draft(round_: Round) -> Refusal | None:
    """Only a round that has not been opened may be changed."""
    if round_.state == RoundState.DRAFT:
        return None
    return refuse(
        "round_opened",
        N_("%(round)s is open: its rules are frozen. Make a new round for other rules."),
        round=round_.name,
    )


def round_open(round_: Round) -> Refusal | None:
    """Acts of a round happen while it runs; it may announce more than once."""
    if round_.state in (RoundState.OPEN, RoundState.ANNOUNCED):
        return None
    return refuse(
        "round_not_open",
        N_("%(round)s is %(state)s. Nothing can be recorded in it now."),
        round=round_.name,
        state=round_.get_state_display(),
    )


def stage_open(stage: Stage, at: datetime) -> Refusal | None:
    """A stage is acted on between its days and before it is closed."""
    day = bangkok_day(at)
    if stage.state == StageState.CLOSED:
        return refuse(
            "stage_closed",
            N_("Stage %(number)s of %(round)s was closed. What it settled is only followed now."),
            number=stage.number,
            round=stage.round.name,
        )
    if day < stage.opens_on:
        return refuse(
            "stage_not_yet",
            N_("Stage %(number)s opens on %(day)s. Come back then; what is typed as a draft is kept."),
            number=stage.number,
            day=stage.opens_on,
        )
    if day > stage.closes_on:
        return refuse(
            "stage_over",
            N_("Stage %(number)s ended on %(day)s. Ask the central office if the calendar is wrong."),
            number=stage.number,
            day=stage.closes_on,
        )
    return round_open(stage.round)


def stage_still_open(stage: Stage) -> Refusal | None:
    """A stage closes once."""
    if flow.may(flow.STAGE, stage.state, "close"):
        return None
    return refuse(
        "stage_closed",
        N_("Stage %(number)s of %(round)s was closed. What it settled is only followed now."),
        number=stage.number,
        round=stage.round.name,
    )


def round_may(round_: Round, act: str) -> Refusal | None:
    """The table of moves decides what may follow."""
    if flow.may(flow.ROUND, round_.state, act):
        return None
    return refuse(
        "round_not_open",
        N_("%(round)s is %(state)s. Nothing can be recorded in it now."),
        round=round_.name,
        state=round_.get_state_display(),
    )


def all_announced(round_: Round) -> Refusal | None:
    """A round does not end with stars that nobody was told of."""
    left = Award.objects.filter(round=round_, certificate=None).count()
    if not left:
        return None
    return refuse(
        "awards_unannounced",
        N_("%(count)s certified products are not announced yet. Announce them before the round ends."),
        count=left,
    )


def panel_open(panel: Panel) -> Refusal | None:
    """A settled panel is only followed, never changed."""
    if panel.state == PanelState.OPEN:
        return None
    return refuse("panel_settled", N_("This was settled and signed. It can no longer be changed."))


def entry_stands_at(entry: Entry, stage: Stage, called: str = "") -> Refusal | None:
    """An entry is acted on at the stage where it stands; a blind panel has it `called` by its sample."""
    if entry.round_id == stage.round_id and entry.stage == stage.number and entry.state == EntryState.COMPETING:
        return None
    return refuse(
        "entry_elsewhere",
        N_("%(name)s does not stand at stage %(number)s any more."),
        name=called or entry.product.name,
        number=stage.number,
    )


class StageDays(Protocol):
    """What `stages_whole` asks of a stage's rules."""

    @property
    def opens_on(self) -> date: ...
    @property
    def closes_on(self) -> date: ...
    @property
    def promotion(self) -> str: ...
    @property
    def quota(self) -> int | None: ...
    @property
    def least_total(self) -> int | None: ...


def stages_whole(stages: Mapping[int, StageDays]) -> Iterator[Refusal | None]:
    """Each stage ends on its first day or later, and has the numbers its way upward asks for."""
    for number, stage in sorted(stages.items()):
        yield in_order(stage.opens_on, stage.closes_on, f"s{number}_closes_on")
        if stage.promotion in WITH_QUOTA and not stage.quota:
            yield refuse(
                "quota_missing",
                N_("Write how many products may go up from stage %(number)s, 1 or more."),
                field=f"s{number}_quota",
                number=number,
            )
        if stage.promotion in WITH_LEAST and stage.least_total is None:
            yield refuse(
                "least_total_missing",
                N_("Write the least total that goes up from stage %(number)s."),
                field=f"s{number}_least_total",
                number=number,
            )


def opening_refusals(round_: Round) -> Iterator[Refusal]:
    """Everything that still keeps the round from opening."""
    stages = list(round_.stages.all())
    if [stage.number for stage in stages] != [1, 2, 3, 4, 5]:
        yield refuse("five_stages", N_("The round needs its five stages with their days."))
    for earlier, later in pairwise(stages):
        if later.opens_on < earlier.opens_on:
            yield refuse(
                "stages_in_order",
                N_("Stage %(number)s must not open before stage %(before)s."),
                number=later.number,
                before=earlier.number,
            )
    if bands := bands_refusal([Band(band.stars, band.least) for band in round_.bands.all()]):
        yield bands
    yield from _criteria_refusals(round_)
    scored = set(Part.objects.filter(criteria_set__rounds__round=round_).values_list("stage", flat=True))
    for stage in stages:
        yield from stage_refusals(stage, first_scored=min(scored, default=6), last_scored=max(scored, default=0))


def _criteria_refusals(round_: Round) -> Iterator[Refusal]:
    used = {row.category_id: row.criteria_set for row in round_.criteria.select_related("criteria_set")}
    for category in Category.objects.all():
        criteria_set = used.get(category.pk)
        if criteria_set is None:
            yield refuse("criteria_missing", N_("Choose the criteria set for %(category)s."), category=category)
        elif criteria_set.state != CriteriaState.ACTIVE:
            yield refuse(
                "criteria_not_active",
                N_(
                    "The criteria set for %(category)s is not activated yet: its worked examples must come out right first."
                ),
                category=category,
            )
