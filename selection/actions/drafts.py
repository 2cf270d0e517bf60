"""Drafting a round as a whole: its own fields, five stages, bands, criteria sets and accepted standards in one act."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from registry.actions.acts import moment, note, save_over
from registry.models import Category, Standard, User
from registry.refusal import require
from selection import rules
from selection.actions.rounds import create_round, set_bands
from selection.models import CriteriaSet, Round, RoundCriteria, RoundKind, RoundStandard, Stage, TieRule


@dataclass(frozen=True, slots=True)
class StageRules:
    """What an officer may set of one stage; `least_total` in hundredths, `quota` in products."""

    opens_on: date
    closes_on: date
    promotion: str
    quota: int | None = None
    least_total: int | None = None
    tie_rule: str = TieRule.COMMITTEE
    award_up_to: int = 0
    asks_eligibility: bool = False


@dataclass(frozen=True, slots=True)
class RoundFields:
    """A round's own fields; `spread_limit` in hundredths of a percent."""

    year_be: int
    name_th: str
    name_en: str
    register_closes_on: date
    validity_years: int
    spread_limit: int
    quorum_percent: int
    notice_days: int
    appeal_days: int
    source_note_th: str = ""
    source_note_en: str = ""


@dataclass(frozen=True, slots=True)
class RoundDraft:
    """All rules of a round: fields, stages by number, least totals (hundredths) by star, criteria sets, standards."""

    fields: RoundFields
    stages: Mapping[int, StageRules]
    bands: Mapping[int, int]
    criteria: Collection[CriteriaSet]
    accepted: Collection[tuple[Category, Standard]]


@transaction.atomic
def draft_round(
    *, key: str, draft: RoundDraft, kind: str = RoundKind.STANDARD, by: User, at: datetime | None = None
) -> Round:
    """A new draft round with all its rules.

    Refuses anyone but a central officer, a key that is taken, a stage that ends before it begins or lacks a number.
    """
    now = moment(at)
    require(rules.may_run_rounds(by, now), rules.stages_whole(draft.stages))
    fields = draft.fields
    round_ = create_round(
        key=key, kind=kind, year_be=fields.year_be, name_th=fields.name_th, name_en=fields.name_en,
        register_closes_on=fields.register_closes_on, source_note_th=fields.source_note_th,
        source_note_en=fields.source_note_en, by=by, at=now,
        calendar={number: (stage.opens_on, stage.closes_on) for number, stage in draft.stages.items()},
    )  # fmt: skip
    Round.objects.filter(pk=round_.pk).update(**asdict(fields))
    _write_rules(round_, draft, by=by, at=now)
    return round_


@transaction.atomic
def redraft_round(
    *, round_: Round, version: int, draft: RoundDraft, by: User, at: datetime | None = None
) -> Round:
    """Changes all rules of a round that was not opened yet, if nobody saved since `version` (else Conflict, both texts)."""
    now = moment(at)
    locked = Round.objects.select_for_update().get(pk=round_.pk)
    require(rules.may_run_rounds(by, now), rules.round_draft(locked), rules.stages_whole(draft.stages))
    saved = save_over(locked, version=version, by=by, at=now, **asdict(draft.fields))
    _write_rules(saved, draft, by=by, at=now)
    note("change_round", saved, by=by, at=now)
    return saved


def _write_rules(round_: Round, draft: RoundDraft, *, by: User, at: datetime) -> None:
    for number, stage in draft.stages.items():
        Stage.objects.filter(round=round_, number=number).update(**asdict(stage))
    set_bands(round_=round_, bands=draft.bands, by=by, at=at)
    RoundCriteria.objects.filter(round=round_).delete()
    RoundCriteria.objects.bulk_create(
        RoundCriteria(round=round_, category=chosen.category, criteria_set=chosen) for chosen in draft.criteria
    )
    RoundStandard.objects.filter(round=round_).delete()
    RoundStandard.objects.bulk_create(
        RoundStandard(round=round_, category=category, standard=standard) for category, standard in draft.accepted
    )
