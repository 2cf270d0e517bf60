"""Rules of criteria sets: what a draft must hold, when it may be activated, and that an active one is frozen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from registry.refusal import N_, Refusal, refuse
from selection import scoring
from selection.models import CriteriaSet, CriteriaState
from selection.specs import LETTERS, ItemSpec, PartSpec
from selection.tally import FULL_MARKS, Band, bands_refusal, entry_total, panel_mean, stars

LEAST_LEVELS = 2  # with one alone everybody would get the same
SCORED_AT = (3, 4)


class Example(Protocol):
    """What is asked of a worked example, stored or not."""

    @property
    def sheets(self) -> Mapping[str, Sequence[int]]: ...
    @property
    def total(self) -> int: ...
    @property
    def stars(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Tried:
    """A worked example with what it comes out as (None where it cannot be counted), and why it is not right."""

    example: Example
    total: int | None
    stars: int | None
    refusal: Refusal | None


def set_draft(criteria_set: CriteriaSet) -> Refusal | None:
    """Only a set that was not activated may be changed or activated."""
    if criteria_set.state == CriteriaState.DRAFT:
        return None
    return refuse(
        "set_active",
        N_("%(name)s is active and therefore frozen. To change anything, make a new edition from it."),
        name=criteria_set.name,
    )


def changed_since() -> Refusal:
    """What is said when somebody activates another draft than he looked at."""
    return refuse(
        "changed_since",
        N_("Somebody else changed this draft since you opened the page. Look at it as it is now, then activate it."),
    )


def source_named(official: bool, source_note_th: str) -> Refusal | None:
    """A set that is not the official one says where it is from."""
    if official or source_note_th.strip():
        return None
    return refuse(
        "source_missing",
        N_("Write in Thai where these criteria are from: a set that is not official must say so to every reader."),
        field="source_note_th",
    )


def no_set_yet() -> Refusal | None:
    """The shipped sets are entered once, where there are none at all."""
    if not CriteriaSet.objects.exists():
        return None
    return refuse("sets_exist", N_("There are criteria sets already. Open one of them and make a new edition from it."))


def table_in_order(parts: Sequence[PartSpec]) -> Iterator[Refusal]:
    """A table has parts ก, ข or ค, each once and scored at stage 3 or 4, and each of its items can be marked."""
    letters = [part.letter for part in parts]
    if not letters or not set(letters) <= set(LETTERS) or len(set(letters)) < len(letters):
        yield refuse("parts_unlike", N_("Name the parts ก, ข and ค, each once."), field="table")
    for part in parts:
        if part.stage not in SCORED_AT:
            yield refuse(
                "part_stage", N_("Part %(letter)s must be scored at stage 3 or 4."), field="table", letter=part.letter
            )
        if not part.groups or not all(group.items for group in part.groups):
            yield refuse(
                "part_bare", N_("Every group of part %(letter)s needs an item."), field="table", letter=part.letter
            )
        for number, group in enumerate(part.groups, 1):
            for at, item in enumerate(group.items, 1):
                yield from _item_refusals(item, f"{part.letter}{number}.{at}")


def _item_refusals(item: ItemSpec, code: str) -> Iterator[Refusal]:
    points = [level.points for level in item.levels]
    if len(points) < LEAST_LEVELS or len(set(points)) < len(points):
        yield refuse(
            "levels_few",
            N_("Item %(code)s needs at least two described levels, each with points of its own."),
            field="table",
            code=code,
        )
    if points and not 0 <= min(points) <= max(points) <= FULL_MARKS:
        yield refuse("levels_range", N_("The points of item %(code)s must lie from 0 to 100."), field="table", code=code)


def parts_full(criteria_set: CriteriaSet) -> Refusal | None:
    """All parts together give 100.00 points."""
    full = sum(maxima_of(criteria_set).values())
    if full == FULL_MARKS:
        return None
    return refuse("parts_not_full", N_("The parts add up to %(sum)s points, not 100.00."), sum=written(full))


def set_examples_right(criteria_set: CriteriaSet, bands: Sequence[Band]) -> Iterator[Refusal]:
    """A set is activated only when it has worked examples and each comes out as it says."""
    if wrong := bands_refusal(bands):
        yield wrong
        return
    examples = list(criteria_set.examples.order_by("pk"))
    if not examples:
        yield refuse(
            "examples_missing", N_("Add worked examples first: marks, the total and the stars they must give.")
        )
    for tried in try_examples(examples, maxima_of(criteria_set), bands):
        if tried.refusal:
            yield tried.refusal


def try_examples(examples: Sequence[Example], maxima: Mapping[str, int], bands: Sequence[Band]) -> list[Tried]:
    """What each example comes out as by bands that are in order; `maxima` gives each part's most points by its code."""
    return [_try(number, example, maxima, bands) for number, example in enumerate(examples, 1)]


def _try(number: int, example: Example, maxima: Mapping[str, int], bands: Sequence[Band]) -> Tried:
    if wrong := _uncountable(number, example, maxima):
        return Tried(example, None, None, wrong)
    total = entry_total(panel_mean(totals) for totals in example.sheets.values())
    won = stars(total, bands) if total <= FULL_MARKS else None
    if (total, won) == (example.total, example.stars):
        return Tried(example, total, won, None)
    return Tried(example, total, won, refuse(
        "example_wrong",
        N_(
            "Worked example %(number)s comes out as %(total)s points and %(stars)s stars, not %(said)s and %(said_stars)s."
            " Correct the example or the table."
        ),
        number=number, total=written(total), stars=won or "–", said=written(example.total), said_stars=example.stars,
    ))  # fmt: skip


def _uncountable(number: int, example: Example, maxima: Mapping[str, int]) -> Refusal | None:
    """An example names the sheets of every part and of no other, none of them above the part's maximum."""
    letter_of = {code: letter for letter, code in LETTERS.items()}
    for code in sorted(maxima.keys() | example.sheets.keys()):
        letter, totals = letter_of.get(code, code), example.sheets.get(code)
        if code not in maxima:
            return refuse(
                "example_part",
                N_("Worked example %(number)s has sheets of part %(letter)s, which the table does not have. Take them out."),
                number=number, letter=letter,
            )  # fmt: skip
        if not totals:
            return refuse(
                "example_part_missing",
                N_("Worked example %(number)s has no sheet of part %(letter)s. Write at least one sheet total."),
                number=number, letter=letter,
            )  # fmt: skip
        if max(totals) > maxima[code]:
            return refuse(
                "example_above",
                N_("Worked example %(number)s gives part %(letter)s %(total)s points; at most %(most)s can be given."),
                number=number, letter=letter, total=written(max(totals)), most=written(maxima[code]),
            )  # fmt: skip
    return None


def maxima_of(criteria_set: CriteriaSet) -> dict[str, int]:
    """The most points (hundredths) of each part by its code."""
    return {scoring.part_code(part): scoring.part_maximum(part) for part in criteria_set.parts.all()}


def written(hundredths: int) -> str:
    """Hundredths as points: 6850 is 68.50."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"
