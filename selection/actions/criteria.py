"""Entering criteria sets and activating them once their worked examples come out right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from registry.actions import ledger
from registry.actions.acts import moment, note
from registry.models import Category, User
from registry.refusal import N_, refuse, require
from selection import rules, scoring, tally
from selection.models import CriteriaSet, CriteriaState, DescribedLevel, Group, Item, Part, WorkedExample


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """Points (hundredths) and what deserves them."""

    points: int
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class ItemSpec:
    th: str
    en: str
    levels: tuple[LevelSpec, ...]


@dataclass(frozen=True, slots=True)
class GroupSpec:
    th: str
    en: str
    items: tuple[ItemSpec, ...]


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part by its Thai letter and the stage that scores it."""

    letter: str
    stage: int
    th: str
    en: str
    groups: tuple[GroupSpec, ...]


@dataclass(frozen=True, slots=True)
class ExampleSpec:
    """Sheet totals (hundredths) by part code (a, b, c), and the total and stars they must give."""

    sheets: Mapping[str, Sequence[int]]
    total: int
    stars: int


@transaction.atomic
def enter_criteria(
    *,
    category: Category,
    name_th: str,
    name_en: str,
    parts: Sequence[PartSpec],
    examples: Sequence[ExampleSpec],
    official: bool,
    source_note_th: str,
    source_note_en: str,
    by: User,
    at: datetime | None = None,
) -> CriteriaSet:
    """A new edition of a category's criteria, as a draft."""
    now = moment(at)
    require(rules.may_run_rounds(by, now))
    edition = (CriteriaSet.objects.filter(category=category).aggregate(last=Max("edition"))["last"] or 0) + 1
    criteria_set = CriteriaSet.objects.create(
        category=category,
        edition=edition,
        name_th=name_th,
        name_en=name_en,
        official=official,
        source_note_th=source_note_th,
        source_note_en=source_note_en,
        created_by=by,
        created_at=now,
    )
    for part in parts:
        _enter_part(criteria_set, part)
    WorkedExample.objects.bulk_create(
        WorkedExample(
            criteria_set=criteria_set,
            sheets={code: list(totals) for code, totals in example.sheets.items()},
            total=example.total,
            stars=example.stars,
        )
        for example in examples
    )
    note("enter_criteria", criteria_set, by=by, at=now)
    return criteria_set


def _enter_part(criteria_set: CriteriaSet, spec: PartSpec) -> None:
    part = Part.objects.create(
        criteria_set=criteria_set, letter=spec.letter, stage=spec.stage, name_th=spec.th, name_en=spec.en
    )
    for number, group_spec in enumerate(spec.groups, 1):
        group = Group.objects.create(part=part, number=number, name_th=group_spec.th, name_en=group_spec.en)
        for item_number, item_spec in enumerate(group_spec.items, 1):
            item = Item.objects.create(group=group, number=item_number, name_th=item_spec.th, name_en=item_spec.en)
            DescribedLevel.objects.bulk_create(
                DescribedLevel(item=item, points=level.points, text_th=level.th, text_en=level.en)
                for level in item_spec.levels
            )


@transaction.atomic
def activate_criteria(
    *, criteria_set: CriteriaSet, bands: Sequence[tally.Band], by: User, at: datetime | None = None
) -> CriteriaSet:
    """Freezes a set for use, once its parts add up to 100.00 and every worked example comes out right by `bands`."""
    now = moment(at)
    locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    full = sum(scoring.part_maximum(part) for part in locked.parts.all())
    require(
        rules.may_run_rounds(by, now),
        None
        if full == tally.FULL_MARKS
        else refuse(
            "parts_not_full",
            N_("The parts add up to %(sum)s points, not 100.00."),
            sum=f"{full // 100}.{full % 100:02d}",
        ),
        *rules.set_examples_right(locked, list(bands)),
    )
    locked.state = CriteriaState.ACTIVE
    locked.save(update_fields=["state"])
    ledger.append(
        "criteria",
        {
            "v": 1,
            "criteria": locked.public_id,
            "category": locked.category.code,
            "edition": locked.edition,
            "official": locked.official,
            "items": _maxima(locked),
        },
        at=now,
    )
    return locked


def _maxima(criteria_set: CriteriaSet) -> dict[str, int]:
    """The maximum (hundredths) of each item by its code."""
    return {
        code: max(level.points for level in item.levels.all())
        for part in criteria_set.parts.all()
        for code, item in scoring.items_of(part).items()
    }
