"""Numbers of standards as people write them: several in a cell, Thai digits, with and without their mark."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry.models import Standard
from registry.thai import normalise, to_arabic_digits

_MARKS = {"มผช": "tcps", "มอก": "tis", "อย": "fda", "ฮาลาล": "halal", "halal": "halal", "gi": "gi"}
_SPLIT = re.compile(r"[;,\n]|\s+(?=[ก-ฮa-z]{2,8}\.?\s*(?:\d|สช))|\s+และ\s+", re.IGNORECASE)
_MARK = re.compile(r"^([ก-ฮาละล]{2,6}|[a-z]{2,6})\.?\s*(?:เลขที่)?\s*:?\s*", re.IGNORECASE)
_LETTERS_OF_A_NUMBER = 60


@dataclass(frozen=True, slots=True)
class Held:
    """A standard a row says is held, with its number as it will be kept (มผช.247/2552)."""

    standard: int
    code: str
    number: str


class Standards:
    """The standards of the register with their number patterns, read once."""

    def __init__(self, standards: Iterable[Standard]) -> None:
        self.known = {standard.code: (standard.id, standard.name_th, _pattern(standard)) for standard in standards}

    @classmethod
    def load(cls) -> "Standards":
        return cls(Standard.objects.all())

    def read(self, text: str) -> tuple[list[Held], list[str]]:
        """The standards whose number is recognised, and the pieces that are not (kept as said, with a message)."""
        if not text:
            return [], []
        held: list[Held] = []
        strange: list[str] = []
        for piece in filter(None, map(str.strip, _SPLIT.split(to_arabic_digits(normalise(text))))):
            found = self._read_one(piece)
            if found is None:
                strange.append(piece[:_LETTERS_OF_A_NUMBER])
            elif found not in held:
                held.append(found)
        return held, strange

    def _read_one(self, piece: str) -> Held | None:
        mark = _MARK.match(piece)
        code = _MARKS.get(mark[1].casefold()) if mark else None
        bare = piece[mark.end() :].strip() if mark and code else piece
        if len(bare) > _LETTERS_OF_A_NUMBER:
            return None
        for standard in (code,) if code else ("tcps",) if "/" in piece else ():
            if standard in self.known and (pattern := self.known[standard][2]) and pattern.match(bare):
                row, name, _pattern = self.known[standard]
                return Held(row, standard, f"{name}{bare}" if standard in ("tcps", "tis") else bare)
        return None


def _pattern(standard: Standard) -> re.Pattern[str] | None:
    return re.compile(standard.number_pattern) if standard.number_pattern else None
