"""Years and days as Thailand writes them: both eras, both digit sets, names of months."""

import re
from datetime import date

from registry.clock import BE_OFFSET
from registry.thai.digits import to_arabic_digits, to_thai_digits
from registry.thai.forms import normalise
from registry.thai.keys import match_key

MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

LEAST_BE = 2400
GREATEST_BE = 2699
FIRST_FORMATTED = date(1941, 1, 1)
_ERA = r"(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?|b\.?e\.?|c\.?e\.?|a\.?d\.?)"
_YEAR = re.compile(rf"(?:ปี\s*)?({_ERA})?\s*(\d{{4}})\s*({_ERA})?", re.ASCII)
_BUDDHIST = ("พ", "b")


def parse_year_be(text: str | int) -> int:
    """The Buddhist Era year of a written year: Thai or Arabic digits, BE or CE (2400 and above is BE), with or without
    an era beside it. Takes BE 2400 to 2699 and the same years in CE; refuses all else with ValueError.
    """
    found = _YEAR.fullmatch(to_arabic_digits(normalise(str(text))).casefold())
    if not found or (found[1] and found[3]):
        raise ValueError(f"not a year: {str(text)[:40]!r}")
    era, year = found[1] or found[3], int(found[2])
    buddhist = era.startswith(_BUDDHIST) if era else year >= LEAST_BE
    in_be = year if buddhist else year + BE_OFFSET
    if not LEAST_BE <= in_be <= GREATEST_BE:
        raise ValueError(f"year out of range: {str(text)[:40]!r}")
    return in_be


_DAY_NAME = r"(?:วัน\s*(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์|อาทิตย์)?\s*(?:ที่)?\s*)?"
_IN_WORDS = re.compile(
    rf"{_DAY_NAME}(\d{{1,2}})\s*(?:เดือน)?\s*(\D+?)\s*({_ERA}?\s*(?:\d{{4}}|\d\d)(?:\s*{_ERA})?)", re.ASCII
)
_DAY_FIRST = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[t ]0?0:00(?::00)?)?", re.ASCII)
_MONTH_OF = {
    match_key(name): month
    for names in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, tuple(name[:3] for name in MONTHS_EN))
    for month, name in enumerate(names, start=1)
}


def parse_date(text: str) -> date:
    """The day written in `text`, in either era and either digits.

    Takes 18 กันยายน 2567, วันพุธที่ ๑๘ กันยายน พ.ศ. ๒๕๖๗, 18 ก.ย. 67 (two digits beside a month's name are BE 25xx),
    18 September 2024, 18/09/2567 (day first, also with . or -), 2024-09-18. The year is turned to CE before the
    calendar is asked, so 29/02/2567 exists and 29/02/2568 is refused, like all else, with ValueError.
    """
    written = to_arabic_digits(normalise(text)).casefold()
    if found := _IN_WORDS.fullmatch(written):
        day, month, year = found[1], _MONTH_OF.get(match_key(found[2]), 0), found[3]
        if len(year) == 2:
            year = f"25{year}"
    elif found := _DAY_FIRST.fullmatch(written):
        day, month, year = found[1], int(found[3]), found[4]
    elif found := _YEAR_FIRST.fullmatch(written):
        day, month, year = found[4], int(found[3]), found[1]
    else:
        raise ValueError(f"not a date: {text[:40]!r}")
    return date(parse_year_be(year) - BE_OFFSET, month, int(day))


def year_be(day: date) -> int:
    """The Buddhist Era year of `day`."""
    return day.year + BE_OFFSET


def date_words_th(day: date, thai_digits: bool = False) -> str:
    """18 กันยายน 2567, or ๑๘ กันยายน ๒๕๖๗ for formal papers.

    Refuses days before 1 January 2484 BE with ValueError: until then the year began in April.
    """
    if day < FIRST_FORMATTED:
        raise ValueError(f"before 2484 BE the year began in April: {day}")
    words = f"{day.day} {MONTHS_TH[day.month - 1]} {year_be(day)}"
    return to_thai_digits(words) if thai_digits else words


def letter_date(day: date, language: str) -> str:
    """The day as a letter in that language writes it: 18 กันยายน 2567; 18 September 2024, in the year of its readers."""
    return date_words_th(day) if language.startswith("th") else f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def letter_year(year_be: int, language: str) -> str:
    """A Buddhist Era year as a letter in that language writes it: 2567; 2024."""
    return str(year_be if language.startswith("th") else year_be - BE_OFFSET)


def date_words(day: date, language: str) -> str:
    """The day for a sentence: 18 กันยายน 2567 in Thai, 18 September 2567 BE in English, ISO before 2484 BE."""
    if day < FIRST_FORMATTED:
        return day.isoformat()
    return (
        date_words_th(day) if language.startswith("th") else f"{day.day} {MONTHS_EN[day.month - 1]} {year_be(day)} BE"
    )
