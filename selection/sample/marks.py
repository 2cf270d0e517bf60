"""Marks for the sample's sheets: described levels whose mean comes out at the stars a product is meant to have."""

import random
from collections.abc import Mapping, Sequence
from fractions import Fraction

from selection import scoring
from selection.models import Part
from selection.tally import Band, entry_total, panel_mean, sheet_total, stars

AIM = {5: 94, 4: 85, 3: 75, 2: 61, 1: 40}  # percent
Levels = Mapping[str, Sequence[int]]


class Marker:
    """Draws marks for one category; the same name always draws the same."""

    def __init__(self, parts: Sequence[Part], bands: Sequence[Band]) -> None:
        self.bands = bands
        self.levels: dict[str, Levels] = {
            part.letter: {code: [level.points for level in item.levels.all()] for code, item in scoring.items_of(part).items()}
            for part in parts
        }

    def sheets(self, name: str, wanted: int, judges: Mapping[str, int]) -> dict[str, list[dict[str, int]]]:
        """Per part letter one set of marks for each of its judges (3 at least), together worth `wanted` stars."""
        chance = random.Random(name)  # noqa: S311 - no secret: the same sample every time
        for nudge in range(100):
            aim = AIM[wanted] + (nudge + 1) // 2 * (-1) ** nudge
            drawn = {
                letter: [self._draw(letter, aim + chance.randint(-2, 2)) for _judge in range(count)]
                for letter, count in judges.items()
            }
            if stars(self._total(drawn), self.bands) == wanted:
                return drawn
        raise ValueError(f"no marks give {wanted} stars")

    def _total(self, drawn: Mapping[str, Sequence[Mapping[str, int]]]) -> int:
        means: list[Fraction] = [panel_mean([sheet_total(marks) for marks in sheets]) for sheets in drawn.values()]
        return entry_total(means)

    def _draw(self, letter: str, percent: int) -> dict[str, int]:
        """Item after item the level that keeps the sum nearest to its share."""
        marks: dict[str, int] = {}
        wanted = 0
        for code, levels in self.levels[letter].items():
            wanted += max(levels) * percent
            so_far = sum(marks.values())
            marks[code] = min(levels, key=lambda points: abs((so_far + points) * 100 - wanted))
        return marks
