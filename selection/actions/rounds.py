"""Making, opening and closing rounds and their stages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from registry.actions import ledger
from registry.actions.acts import moment, note, save_version
from registry.models import Category, Standard, User
from registry.refusal import N_, refuse, require
from selection import flow, rules
from selection.models import (
    CriteriaSet,
    Entry,
    EntryState,
    OrderBy,
    PromotionKind,
    Round,
    RoundCriteria,
    RoundKind,
    RoundStandard,
    Scope,
    Stage,
    StageState,
    StarBand,
)
from selection.models.entries import EntryQuerySet

# The sample's rules (mission, settled questions 4 and 5); an officer changes them while the round is a draft.
SAMPLE_STAGES: dict[int, dict[str, Any]] = {
    1: {"level": "tambon", "order_by": OrderBy.FORUM, "promotion": PromotionKind.QUOTA, "quota": 3},
    2: {
        "level": "amphoe",
        "order_by": OrderBy.COMMITTEE,
        "promotion": PromotionKind.QUOTA,
        "quota": 5,
        "asks_eligibility": True,
    },
    3: {"level": "province", "order_by": OrderBy.COMMITTEE, "promotion": PromotionKind.QUOTA, "quota": 20},
    4: {
        "level": "central",
        "order_by": OrderBy.TOTAL,
        "promotion": PromotionKind.ALL,
        "scope": Scope.CATEGORY,
        "award_up_to": 5,
    },
    5: {"level": "central", "order_by": OrderBy.TOTAL, "promotion": PromotionKind.ALL, "award_up_to": 5},
}
SAMPLE_BANDS = {5: 9000, 4: 8000, 3: 7000, 2: 5000, 1: 0}


@transaction.atomic
def create_round(
    *,
    key: str,
    year_be: int,
    name_th: str,
    name_en: str = "",
    register_closes_on: date,
    calendar: Mapping[int, tuple[date, date]],
    kind: str = RoundKind.STANDARD,
    source_note_th: str = "",
    source_note_en: str = "",
    by: User,
    at: datetime | None = None,
) -> Round:
    """A draft round with five stages by the sample's rules and bands; `calendar` gives each stage its first and last day.

    Refuses anyone but a central officer and a key that is taken. Its origin is its maker's.
    """
    now = moment(at)
    require(rules.may_run_rounds(by, now))
    try:
        with transaction.atomic():
            round_ = Round.objects.create(
                key=key,
                year_be=year_be,
                name_th=name_th,
                name_en=name_en,
                register_closes_on=register_closes_on,
                kind=kind,
                origin=by.origin,
                source_note_th=source_note_th,
                source_note_en=source_note_en,
                created_by=by,
                created_at=now,
            )
    except IntegrityError:
        if not Round.objects.filter(key=key).exists():
            raise  # not the key: a fault of ours, which must not be told as the officer's
        taken = N_("There is a round %(key)s already. Choose another key, such as %(key)s-2.")
        require(refuse("round_key_taken", taken, field="key", key=key))
        raise
    for number, (opens_on, closes_on) in sorted(calendar.items()):
        Stage.objects.create(
            round=round_, number=number, opens_on=opens_on, closes_on=closes_on, **SAMPLE_STAGES[number]
        )
    set_bands(round_=round_, bands=SAMPLE_BANDS, by=by, at=now)
    note("create_round", round_, by=by, at=now)
    return round_


@transaction.atomic
def change_round(*, round_: Round, version: int, by: User, at: datetime | None = None, **changes: Any) -> Round:
    """Changes a draft round's own fields."""
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.round_draft(round_))
    saved = save_version(round_, version=version, by=by, at=now, **changes)
    note("change_round", round_, by=by, at=now, after={name: str(value) for name, value in changes.items()})
    return saved


@transaction.atomic
def change_stage(*, stage: Stage, by: User, at: datetime | None = None, **changes: Any) -> Stage:
    """Changes the rules of one stage of a draft round."""
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.round_draft(stage.round))
    for name, value in changes.items():
        setattr(stage, name, value)
    stage.save(update_fields=list(changes))
    note(
        "change_stage",
        stage.round,
        by=by,
        at=now,
        after={"stage": stage.number, **{name: str(value) for name, value in changes.items()}},
    )
    return stage


@transaction.atomic
def set_bands(*, round_: Round, bands: Mapping[int, int], by: User, at: datetime | None = None) -> None:
    """Sets the least total (hundredths) for each number of stars."""
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.round_draft(round_))
    for stars, least in bands.items():
        StarBand.objects.update_or_create(round=round_, stars=stars, defaults={"least": least})
    note("set_bands", round_, by=by, at=now, after={str(stars): least for stars, least in bands.items()})


@transaction.atomic
def use_criteria(*, round_: Round, criteria_set: CriteriaSet, by: User, at: datetime | None = None) -> None:
    """Uses a criteria set for its category in a draft round."""
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.round_draft(round_))
    RoundCriteria.objects.update_or_create(
        round=round_, category=criteria_set.category, defaults={"criteria_set": criteria_set}
    )
    note("use_criteria", round_, by=by, at=now, after={criteria_set.category.code: criteria_set.public_id})


@transaction.atomic
def accept_standard(
    *, round_: Round, category: Category, standard: Standard, by: User, at: datetime | None = None
) -> None:
    """Lets a standard make products of a category eligible in a draft round."""
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.round_draft(round_))
    RoundStandard.objects.get_or_create(round=round_, category=category, standard=standard)
    note("accept_standard", round_, by=by, at=now, after={category.code: standard.code})


@transaction.atomic
def open_round(*, round_: Round, by: User, at: datetime | None = None) -> Round:
    """Freezes the rules and opens the round; each stage then runs on its own days. Refuses with all that is missing."""
    now = moment(at)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    require(rules.may_run_rounds(by, now), rules.round_draft(locked))
    require(rules.opening_refusals(locked))
    locked.state, locked.opened_at = flow.after(flow.ROUND, locked.state, "open"), now
    locked.save(update_fields=["state", "opened_at"])
    locked.stages.update(state=StageState.OPEN)
    ledger.append("round", _public_rules(locked), at=now)
    return locked


def _public_rules(round_: Round) -> dict[str, Any]:
    """The rules of a round as the ledger keeps them: dates as text, points in hundredths."""
    return {
        "v": 1,
        "round": round_.key,
        "kind": round_.kind,
        "origin": round_.origin,
        "season_be": round_.year_be,
        "register_closes_on": round_.register_closes_on.isoformat(),
        "validity_years": round_.validity_years,
        "spread_limit": round_.spread_limit,
        "quorum_percent": round_.quorum_percent,
        "bands": {str(band.stars): band.least for band in round_.bands.all()},
        "criteria": {
            row.category.code: row.criteria_set.public_id
            for row in round_.criteria.select_related("category", "criteria_set")
        },
        "stages": [
            {
                "number": stage.number,
                "level": stage.level,
                "opens_on": stage.opens_on.isoformat(),
                "closes_on": stage.closes_on.isoformat(),
                "order_by": stage.order_by,
                "scope": stage.scope,
                "promotion": stage.promotion,
                "quota": stage.quota,
                "least_total": stage.least_total,
                "tie_rule": stage.tie_rule,
                "award_up_to": stage.award_up_to,
                "asks_eligibility": stage.asks_eligibility,
            }
            for stage in round_.stages.all()
        ],
    }


@transaction.atomic
def close_stage(*, stage: Stage, by: User, at: datetime | None = None) -> Stage:
    """Closes a stage for good; entries that no panel settled stop there. Signing waits for or is refused by this lock."""
    now = moment(at)
    Round.objects.select_for_update(no_key=True).get(pk=stage.round_id)
    locked = Stage.objects.select_for_update().select_related("round").get(pk=stage.pk)
    require(rules.may_run_rounds(by, now), rules.stage_still_open(locked))
    locked.state = flow.after(flow.STAGE, locked.state, "close")
    locked.save(update_fields=["state"])
    stopped = _stop(Entry.objects.filter(round=locked.round, stage=locked.number), by, now)
    ledger.append("close", {"v": 1, "round": locked.round.key, "stage": locked.number, "stopped": stopped}, at=now)
    return locked


def _stop(entries: EntryQuerySet, by: User, at: datetime) -> int:
    """Stops those of the entries that still compete; gives how many."""
    return entries.filter(state=EntryState.COMPETING).update(
        state=EntryState.STOPPED, version=F("version") + 1, changed_at=at, changed_by=by
    )


@transaction.atomic
def close_round(*, round_: Round, by: User, at: datetime | None = None) -> Round:
    """Ends an announced round: entries still held stop, nothing more is announced. Refuses while awards wait to be."""
    now = moment(at)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    require(rules.may_run_rounds(by, now), rules.round_may(locked, "close"), rules.all_announced(locked))
    locked.state = flow.after(flow.ROUND, locked.state, "close")
    locked.save(update_fields=["state"])
    stopped = _stop(Entry.objects.filter(round=locked), by, now)
    ledger.append("close", {"v": 1, "round": locked.key, "stage": None, "stopped": stopped}, at=now)
    return locked
