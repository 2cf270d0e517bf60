"""What is ordered about areas, as plain values that are kept with the change and read by people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from registry.models import ChangeKind
from registry.thai import normalise, to_arabic_digits


@dataclass(frozen=True, slots=True)
class Part:
    """An area that begins: its code and its names without prefix."""

    code: str
    name_th: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Orders:
    """A rename, a new code, a division or a union.

    `areas` are the codes of what changes. `code` is the new code (recode) or the code all go into (merge); the names
    are new names, empty where they stay. `parts` are what begins in a division; with `keeps` the divided area goes on
    under its own code. `moves` says which new code an area below gets; the rest follows the area above it.
    """

    kind: str
    areas: tuple[str, ...]
    code: str = ""
    name_th: str = ""
    name_en: str = ""
    parts: tuple[Part, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    keeps: bool = True

    def kept(self) -> dict[str, Any]:
        """As a row keeps it."""
        return {
            "v": 1, "kind": self.kind, "areas": list(self.areas), "code": self.code, "name_th": self.name_th,
            "name_en": self.name_en, "parts": [[part.code, part.name_th, part.name_en] for part in self.parts],
            "moves": [list(move) for move in self.moves], "keeps": self.keeps,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From what a row keeps; codes with Arabic figures, names normalised."""
        return cls(
            kind=ChangeKind(kept["kind"]).value, areas=tuple(dict.fromkeys(_code(code) for code in kept["areas"])),
            code=_code(kept.get("code", "")), name_th=normalise(kept.get("name_th", "")),
            name_en=normalise(kept.get("name_en", "")),
            parts=tuple(Part(_code(code), normalise(th), normalise(en)) for code, th, en in kept.get("parts", ())),
            moves=tuple((_code(old), _code(new)) for old, new in kept.get("moves", ())), keeps=bool(kept.get("keeps", True)),
        )


def _code(text: str) -> str:
    return to_arabic_digits(text.strip())


def read_parts(lines: Sequence[str]) -> list[tuple[str, str, str]]:
    """Code, Thai name and English name of each line "3801 เมืองบึงกาฬ / Mueang Bueng Kan"; ValueError names the bad line."""
    found = []
    for line in filter(str.strip, lines):
        code, _space, names = line.strip().partition(" ")
        thai, slash, english = names.partition("/")
        if not (slash and thai.strip() and english.strip()):
            raise ValueError(line.strip())
        found.append((code, thai.strip(), english.strip()))
    return found


def read_moves(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Old and new code of each line "4303 3801" or "4303 = 3801"; ValueError names the bad line."""
    found = []
    for line in filter(str.strip, lines):
        codes = line.replace("=", " ").replace(">", " ").split()
        if len(codes) != 2:
            raise ValueError(line.strip())
        found.append((codes[0], codes[1]))
    return found
