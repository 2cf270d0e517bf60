"""The quadrant of a product: five answers read against one printable table; no row fitting, a person reviews it.

The rows are those of otop.cdd.go.th/qd. Which mark goes with which quadrant is inferred from the four certificates of the
department, so a mark is kept with the version of the rule it came from.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

RULE = "qd-1"  # another table, or another mark for a quadrant, is another rule
OPTIONS = {1: 3, 2: 3, 3: 3, 4: 4, 5: 4}  # how many items a question has: 1.1 to 1.3, and so on
NO_STANDARD = "1.3"
QUESTIONS = tuple(OPTIONS)

Answers = Sequence[str]  # the item chosen for each question in order, such as ("1.1", "2.1", …); "" where none is


class Quadrant(StrEnum):
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    UNCLASSIFIED = "-"


class Mark(StrEnum):
    """The four marks by their colour; none without a quadrant."""

    GOLD = "gold"
    SILVER = "silver"
    RED = "red"
    BLUE = "blue"
    NONE = ""


# A question that is not in a row does not matter for it.
ROWS: Mapping[Quadrant, Mapping[int, tuple[str, ...]]] = {
    Quadrant.A: {1: ("1.1", "1.2"), 2: ("2.1",), 3: ("3.1", "3.2"), 4: ("4.1",), 5: ("5.1",)},
    Quadrant.B: {1: ("1.1", "1.2"), 2: ("2.2", "2.3"), 3: ("3.3",), 4: ("4.2",), 5: ("5.1", "5.2", "5.3", "5.4")},
    Quadrant.C: {1: ("1.1", "1.2"), 2: ("2.2", "2.3"), 3: ("3.2",), 4: ("4.3", "4.4"), 5: ("5.1", "5.3", "5.4")},
    Quadrant.D: {1: ("1.3",)},
}
MARKS: Mapping[Quadrant, Mark] = {
    Quadrant.A: Mark.GOLD, Quadrant.B: Mark.SILVER, Quadrant.C: Mark.RED, Quadrant.D: Mark.BLUE, Quadrant.UNCLASSIFIED: Mark.NONE,
}


@dataclass(frozen=True, slots=True)
class Result:
    """What five answers come to."""

    quadrant: Quadrant
    mark: Mark
    premium: bool
    rule: str = RULE


def items(question: int) -> tuple[str, ...]:
    """The items of a question: 1.1, 1.2, 1.3."""
    return tuple(f"{question}.{number}" for number in range(1, OPTIONS[question] + 1))


def combinations() -> Iterator[tuple[str, ...]]:
    """Every way to answer all five questions."""
    return product(*(items(question) for question in QUESTIONS))


def missing(answers: Answers) -> list[int]:
    """The questions still to be answered: all five, or the first alone where it says that there is no standard."""
    asked = QUESTIONS[:1] if answers and answers[0] == NO_STANDARD else QUESTIONS
    return [question for question in asked if len(answers) < question or answers[question - 1] not in items(question)]


def classify(answers: Answers) -> Result:
    """The quadrant whose row the answers fit, with its mark; unclassified where no row does. Needs nothing missing."""
    if lacking := missing(answers):
        raise ValueError(f"questions without an answer: {lacking}")
    for quadrant, row in ROWS.items():
        if all(answers[question - 1] in wanted for question, wanted in row.items()):
            return Result(quadrant, MARKS[quadrant], premium=MARKS[quadrant] is Mark.GOLD)
    return Result(Quadrant.UNCLASSIFIED, Mark.NONE, premium=False)


def unfit(answers: Answers) -> dict[Quadrant, list[int]]:
    """For each quadrant the questions whose answers keep the product out of it: what a reviewer looks at."""
    return {
        quadrant: [question for question, wanted in row.items() if answers[question - 1] not in wanted]
        for quadrant, row in ROWS.items()
    }


def printed() -> list[tuple[str, list[str]]]:
    """The table as it stands in the handbook: each quadrant's letter and what it wants of each question, – where nothing."""
    return [(quadrant.value, [" / ".join(row.get(question, ())) or "–" for question in QUESTIONS]) for quadrant, row in ROWS.items()]
