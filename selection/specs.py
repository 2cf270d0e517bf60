"""What a criteria set says, as plain values: parts, groups, items, described levels, and worked examples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LETTERS = {"ก": "a", "ข": "b", "ค": "c"}  # the letter of a part as people write it → its code for machines


@dataclass(frozen=True, slots=True)
class LevelSpec:
    """Points (hundredths) and what deserves them."""

    points: int
    th: str
    en: str


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """One thing that is marked, with its described levels, the best first."""

    th: str
    en: str
    levels: tuple[LevelSpec, ...]

    @property
    def most(self) -> int:
        return max((level.points for level in self.levels), default=0)


@dataclass(frozen=True, slots=True)
class GroupSpec:
    """Items that belong together; groups and items are numbered from 1 by where they stand."""

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

    @property
    def code(self) -> str:
        """The part's letter for machines: a, b or c."""
        return LETTERS.get(self.letter, self.letter.lower())

    @property
    def most(self) -> int:
        """The most points (hundredths) that a sheet of this part can give."""
        return sum(item.most for group in self.groups for item in group.items)


@dataclass(frozen=True, slots=True)
class ExampleSpec:
    """Sheet totals (hundredths) by part code (a, b, c), and the total and stars they must give."""

    sheets: Mapping[str, Sequence[int]]
    total: int
    stars: int
