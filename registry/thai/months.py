"""Months as people write and read them, always as the first day of the month; and baht as they stand in a grid."""

import re
from datetime import date

from registry.clock import BE_OFFSET
from registry.thai.dates import MONTHS_EN, MONTHS_TH, MONTHS_TH_SHORT, year_be
from registry.thai.digits import parse_hundredths, to_arabic_digits
from registry.thai.forms import normalise

_BAHT_BEFORE = re.compile(r"^(?:฿|thb|บาท)\s*", re.IGNORECASE)
_BAHT_BEHIND = re.compile(r"\s*(?:\.-|฿|thb|baht|บาท(?:ถ้วน)?)$", re.IGNORECASE)
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?", re.ASCII)


def first_of_month(day: date) -> date:
    """The month that `day` lies in."""
    return day.replace(day=1)


def months_before(month: date, count: int) -> date:
    """The month `count` months earlier; a negative count goes forward."""
    index = month.year * 12 + month.month - 1 - count
    return date(index // 12, index % 12 + 1, 1)


def month_words(month: date, language: str, *, short: bool = False) -> str:
    """ตุลาคม 2569 or, short, ต.ค. 69; October 2569 BE or Oct 69."""
    thai, year = language.startswith("th"), year_be(month)
    if short:
        return f"{MONTHS_TH_SHORT[month.month - 1] if thai else MONTHS_EN[month.month - 1][:3]} {year % 100:02}"
    return f"{MONTHS_TH[month.month - 1]} {year}" if thai else f"{MONTHS_EN[month.month - 1]} {year} BE"


def month_code(month: date) -> str:
    """2569-10, as it stands in addresses."""
    return f"{year_be(month)}-{month.month:02}"


def parse_month_code(text: str) -> date:
    """The month of 2569-10; ValueError for anything else."""
    found = re.fullmatch(r"(2[45]\d\d)-(\d\d)", text, re.ASCII)
    if not found:
        raise ValueError(f"not a month: {text[:20]!r}")
    return date(int(found[1]) - BE_OFFSET, int(found[2]), 1)


def parse_baht(text: str) -> int:
    """Baht as people write them, in satang: ๑,๒๕๐.๕๐, ฿1250.5, 1 250 บาท, 1,250.-; never below zero.

    Refuses anything else with ValueError, a lone dash too, which means zero to one and nothing to another.
    """
    written = to_arabic_digits(normalise(text))
    written = _BAHT_BEHIND.sub("", _BAHT_BEFORE.sub("", written))
    if _SPACED.fullmatch(written):
        written = written.replace(" ", "")
    satang = parse_hundredths(written)
    if satang < 0 or written.startswith(("-", "+")):
        raise ValueError(f"not an amount: {text[:40]!r}")
    return satang


def baht_words(satang: int | None) -> str:
    """1,250 or 1,250.50; nothing for nothing."""
    if satang is None:
        return ""
    return f"{satang // 100:,}" + (f".{satang % 100:02}" if satang % 100 else "")
