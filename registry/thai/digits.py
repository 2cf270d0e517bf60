"""Thai and Arabic digits, and the numbers that people write with them."""

import re
from decimal import Decimal

from registry.thai.forms import normalise

_TO_ARABIC = {0x0E50 + digit: str(digit) for digit in range(10)}
_TO_THAI = {ord(str(digit)): chr(0x0E50 + digit) for digit in range(10)}
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_LONGEST_NUMBER = 30


def to_arabic_digits(text: str) -> str:
    """๒๕๖๗ → 2567; everything else unchanged."""
    return text.translate(_TO_ARABIC)


def to_thai_digits(text: str) -> str:
    """2567 → ๒๕๖๗; everything else unchanged."""
    return text.translate(_TO_THAI)


def parse_number(text: str) -> Decimal:
    """The number written in `text`, exact: Thai or Arabic digits, commas only between thousands, a point for decimals.

    Refuses anything else, and more than 30 characters, with ValueError.
    """
    written = to_arabic_digits(normalise(text)).replace("\u2212", "-")
    if len(written) > _LONGEST_NUMBER or not _NUMBER.fullmatch(written):
        raise ValueError(f"not a number: {text[:40]!r}")
    return Decimal(written.replace(",", ""))


def parse_whole(text: str) -> int:
    """The whole number written in `text` (as `parse_number`; 12.00 is whole); ValueError for a fraction."""
    number = parse_number(text)
    if number != int(number):
        raise ValueError(f"not a whole number: {text[:40]!r}")
    return int(number)


def parse_hundredths(text: str) -> int:
    """A number with at most two decimals as an integer of hundredths: 68.5 → 6850; ValueError for finer ones."""
    hundredths = parse_number(text).scaleb(2)
    if hundredths != int(hundredths):
        raise ValueError(f"more than two decimals: {text[:40]!r}")
    return int(hundredths)
