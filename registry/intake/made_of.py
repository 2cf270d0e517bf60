"""Raw materials with their origin and share as people write them in one cell: ฝ้าย = อ.นามน จ.กาฬสินธุ์ 60%; ไหม = ประเทศลาว."""

import re

from registry.actions.imports import Made, MadeLine
from registry.intake.places import Places
from registry.rules import shares_fit
from registry.thai import normalise, to_arabic_digits

MOST_LINES, LETTERS_OF_A_NAME, LETTERS_OF_A_COUNTRY = 8, 120, 80
_SPLIT = re.compile(r"[;\n]")
_SHARE = re.compile(r"(?:\(?\s*)(?:ร้อยละ\s*)?(\d{1,3})\s*(?:%|เปอร์เซ็นต์|percent)\s*\)?$|ร้อยละ\s*(\d{1,3})$", re.IGNORECASE)
_LINE = re.compile(r"^(?P<name>[^=]+?)\s*=\s*(?P<origin>.*)$|^(?P<only>[^=]+)$")
_ABROAD = re.compile(r"^(?:ประเทศ|country:?\s)\s*(?P<name>.+)$", re.IGNORECASE)


def read_made_of(text: str, places: Places) -> tuple[Made, list[str]]:
    """The lines that are sure, and the pieces that are not: an origin that is no place by its full path is never guessed.

    Where the shares make more than 100 percent together, or there are too many lines, none of them is sure.
    """
    pieces = [piece.strip() for piece in _SPLIT.split(to_arabic_digits(normalise_lines(text))) if piece.strip()]
    lines: list[MadeLine] = []
    strange: list[str] = []
    for piece in pieces:
        line = _read_one(piece, places)
        if line is None:
            strange.append(piece[:LETTERS_OF_A_NAME])
        elif line not in lines:
            lines.append(line)
    if len(lines) > MOST_LINES or shares_fit([line.share for line in lines]) is not None:
        return (), [piece[:LETTERS_OF_A_NAME] for piece in pieces]
    return tuple(lines), strange


def normalise_lines(text: str) -> str:
    """Normalised, its line breaks kept as what parts the lines."""
    return ";".join(map(normalise, text.splitlines()))


def _read_one(piece: str, places: Places) -> MadeLine | None:
    share, rest = _share(piece)
    match = _LINE.match(rest)
    if match is None:
        return None
    name, origin = (match["name"] or match["only"]).strip(), (match["origin"] or "").strip()
    if not name or len(name) > LETTERS_OF_A_NAME or share == 0:
        return None
    if not origin:
        return MadeLine(name, None, "", share)
    if abroad := _ABROAD.match(origin):
        country = abroad["name"].strip()
        return MadeLine(name, None, country, share) if len(country) <= LETTERS_OF_A_COUNTRY else None
    spot = places.named_area(origin)
    return MadeLine(name, spot.id, "", share) if spot is not None else None


def _share(piece: str) -> tuple[int | None, str]:
    """The share in percent at the end of a piece, and what stands before it."""
    found = _SHARE.search(piece)
    return (int(found[1] or found[2]), piece[: found.start()].strip()) if found else (None, piece)
