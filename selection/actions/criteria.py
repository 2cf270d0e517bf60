"""Entering criteria sets, correcting their drafts, and activating them once their worked examples come out right."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from registry.actions import ledger
from registry.actions.acts import moment, note, save_over, save_version
from registry.models import Category, User
from registry.refusal import Conflict, require
from selection import rules, scoring, tally
from selection.models import CriteriaSet, CriteriaState, DescribedLevel, Group, Item, Part, WorkedExample
from selection.specs import ExampleSpec, GroupSpec, ItemSpec, LevelSpec, PartSpec

__all__ = [
    "CriteriaFields",
    "ExampleSpec",
    "GroupSpec",
    "ItemSpec",
    "LevelSpec",
    "PartSpec",
    "activate_criteria",
    "enter_criteria",
    "redraft_criteria",
]


@dataclass(frozen=True, slots=True)
class CriteriaFields:
    """A set's own fields, without its table and its worked examples."""

    name_th: str
    name_en: str
    official: bool
    source_note_th: str
    source_note_en: str

    def changes(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


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
    """A new edition of a category's criteria, as a draft.

    Refuses anyone but a central officer, an unofficial set without its source, and a table that cannot be marked.
    """
    now = moment(at)
    require(
        rules.may_run_rounds(by, now), rules.source_named(official, source_note_th), rules.table_in_order(parts)
    )
    Category.objects.select_for_update(no_key=True).get(pk=category.pk)  # the editions of a category come one by one
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
    _write(criteria_set, parts, examples)
    note("enter_criteria", criteria_set, by=by, at=now, after=_counts(parts, examples))
    return criteria_set


@transaction.atomic
def redraft_criteria(
    *,
    criteria_set: CriteriaSet,
    version: int,
    fields: CriteriaFields,
    parts: Sequence[PartSpec],
    examples: Sequence[ExampleSpec],
    by: User,
    at: datetime | None = None,
) -> CriteriaSet:
    """Corrects a draft as a whole, if nobody saved since `version` (else Conflict); its category and edition stay."""
    now = moment(at)
    locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    require(
        rules.may_run_rounds(by, now), rules.set_draft(locked),
        rules.source_named(fields.official, fields.source_note_th), rules.table_in_order(parts),
    )  # fmt: skip
    saved = save_over(locked, version=version, by=by, at=now, **fields.changes())
    _clear(saved)
    _write(saved, parts, examples)
    note("redraft_criteria", saved, by=by, at=now, after=_counts(parts, examples))
    return saved


def _clear(criteria_set: CriteriaSet) -> None:
    """Takes the table and the worked examples out of a draft."""
    DescribedLevel.objects.filter(item__group__part__criteria_set=criteria_set).delete()
    Item.objects.filter(group__part__criteria_set=criteria_set).delete()
    Group.objects.filter(part__criteria_set=criteria_set).delete()
    Part.objects.filter(criteria_set=criteria_set).delete()
    WorkedExample.objects.filter(criteria_set=criteria_set).delete()


def _write(criteria_set: CriteriaSet, parts: Sequence[PartSpec], examples: Sequence[ExampleSpec]) -> None:
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


def _counts(parts: Sequence[PartSpec], examples: Sequence[ExampleSpec]) -> dict[str, int]:
    """What history keeps of a table: the most points (hundredths) of each part, and how many worked examples."""
    return {part.code: part.most for part in parts} | {"examples": len(examples)}


@transaction.atomic
def activate_criteria(
    *,
    criteria_set: CriteriaSet,
    bands: Sequence[tally.Band],
    version: int | None = None,
    by: User,
    at: datetime | None = None,
) -> CriteriaSet:
    """Freezes a set for use, once its parts add up to 100.00 and every worked example comes out right by `bands`.

    With `version` it must still be the draft that was looked at (else Conflict).
    """
    now = moment(at)
    locked = CriteriaSet.objects.select_for_update().get(pk=criteria_set.pk)
    require(rules.may_run_rounds(by, now), rules.set_draft(locked))
    if version not in (None, locked.version):
        raise Conflict((rules.changed_since(),))
    require(rules.parts_full(locked), rules.set_examples_right(locked, bands))
    save_version(locked, version=locked.version, by=by, at=now, state=CriteriaState.ACTIVE)
    note("activate_criteria", locked, by=by, at=now, after={str(band.stars): band.least for band in bands})
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
