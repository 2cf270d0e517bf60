"""The one form in which Thai text is stored: order of marks, the ways of typing ำ, what cannot be seen."""

import re
import unicodedata
from collections.abc import Callable

_PHINTHU, _BELOW, _ABOVE, _NIKHAHIT = "\u0e3a", "\u0e38\u0e39", "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", "\u0e4d"
_TONES, _SILENT, _SARA_AM = "\u0e48\u0e49\u0e4a\u0e4b", "\u0e4c\u0e4e", "\u0e33"
_MARK_RANK = {
    mark: rank for rank, marks in enumerate((_PHINTHU, _BELOW, _ABOVE, _NIKHAHIT, _TONES, _SILENT)) for mark in marks
}
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_RUN_OF_MARKS = re.compile(f"[{_MARKS}]{{2,}}")
_SPLIT_AM = re.compile(f"{_NIKHAHIT}([\u0e48-\u0e4c\u0e4e]*)\u0e32")
_RUN_AROUND_AM = re.compile(f"[{_MARKS}]*{_SARA_AM}[{_MARKS}{_SARA_AM}]*")
_DOUBLE_E = re.compile("\u0e40\u0e40")
_THAI = re.compile("[\u0e00-\u0e7f]")
_SPACES = re.compile(r"\s+")
_SPACE_CONTROLS = frozenset("\t\n\v\f\r\x85")
_GRAPHEME_JOINER = "\u034f"


def normalise(text: str) -> str:
    """The one form in which text is stored and compared.

    NFC (never NFKC, which takes ำ apart); the ways of typing น้ำ become one; เ + เ becomes แ; vowels above and below
    stand before the tone mark; doubled marks, zero-width, soft-hyphen, direction and control characters and lone
    surrogates are dropped; every run of white space is one space, none at the ends.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return settled(_once, "".join(map(_kept, text)))


def _once(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    if _THAI.search(text):
        text = _DOUBLE_E.sub("\u0e41", text)
        text = _RUN_OF_MARKS.sub(lambda run: _ordered(run[0]), text)
        text = _SPLIT_AM.sub(lambda found: found[1] + _SARA_AM, text)
        text = _RUN_AROUND_AM.sub(lambda run: _ordered_with_am(run[0]), text)
    return _SPACES.sub(" ", text).strip()


def _kept(letter: str) -> str:
    """The character, a space for any white space, nothing for one that cannot be seen."""
    kind = unicodedata.category(letter)
    if kind[0] == "Z" or letter in _SPACE_CONTROLS:
        return " "
    return "" if kind in ("Cc", "Cf", "Cs") or letter == _GRAPHEME_JOINER else letter


def _ordered(marks: str) -> str:
    return "".join(sorted(dict.fromkeys(marks), key=_MARK_RANK.__getitem__))


def _ordered_with_am(run: str) -> str:
    return _ordered(run.replace(_SARA_AM, "").replace(_NIKHAHIT, "")) + _SARA_AM


def settled(change: Callable[[str], str], text: str) -> str:
    """The text after which `change` changes nothing more; each round shortens or orders it, so this ends."""
    while (changed := change(text)) != text:
        text = changed
    return text


def paragraphs(text: str) -> str:
    """Text of several lines in the form in which it is stored: every line normalised, at most one empty one between."""
    lines = [normalise(line) for line in text.splitlines()]
    kept = [line for at, line in enumerate(lines) if line or (at and lines[at - 1])]
    return "\n".join(kept).strip()
