"""The days of the sample's rounds: the finished ones in their own years, the running one around today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from registry.clock import BANGKOK, BE_OFFSET

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Season:
    """One round's names and days; `acts` is the day on which each stage settles in the sample."""

    key: str
    year_be: int
    name_th: str
    name_en: str
    prepared: date
    register_closes: date
    stages: Mapping[int, Span]
    acts: Mapping[int, date]


def noon(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """An instant of that day in Bangkok."""
    return datetime.combine(day, time(hour, minute), tzinfo=BANGKOK)


def finished(year_be: int) -> Season:
    """A round that ran from March to September of its year."""
    year = year_be - BE_OFFSET
    spans = {
        1: (date(year, 3, 1), date(year, 3, 31)), 2: (date(year, 4, 1), date(year, 4, 30)),
        3: (date(year, 5, 1), date(year, 6, 20)), 4: (date(year, 7, 1), date(year, 7, 31)),
        5: (date(year, 8, 15), date(year, 9, 30)),
    }  # fmt: skip
    acts = {
        1: date(year, 3, 21), 2: date(year, 4, 24), 3: date(year, 6, 12), 4: date(year, 7, 24), 5: date(year, 9, 5),
        6: date(year, 9, 12),
    }  # fmt: skip
    return Season(
        str(year_be), year_be, f"OPC {year_be}", f"OPC {year}", date(year, 1, 15), date(year, 2, 28), spans, acts
    )


def special(year_be: int, today: date) -> Season:
    """A smaller round that began last autumn and stands at stages 4 and 5 today."""
    year, later = year_be - BE_OFFSET, today + timedelta(days=60)
    spans = {
        1: (date(year, 8, 1), date(year, 8, 31)), 2: (date(year, 9, 1), date(year, 9, 20)),
        3: (date(year, 9, 21), date(year, 10, 20)), 4: (date(year, 11, 1), later),
        5: (today - timedelta(days=20), later),
    }  # fmt: skip
    acts = {
        1: date(year, 8, 20), 2: date(year, 9, 12), 3: date(year, 10, 8), 4: today - timedelta(days=4),
        5: today - timedelta(days=1),
    }  # fmt: skip
    return Season(
        f"{year_be}-k", year_be, f"OPC พิเศษ {year_be}", f"OPC {year} special", date(year, 7, 1), date(year, 7, 20),
        spans, acts,
    )  # fmt: skip


def running(year_be: int, today: date) -> Season:
    """The round of this year: tambons, amphoes and provinces are at work, the centre waits."""
    def span(first: int, last: int) -> Span:
        return today + timedelta(days=first), today + timedelta(days=last)

    spans = {1: span(-75, 14), 2: span(-60, 30), 3: span(-40, 45), 4: span(46, 75), 5: span(76, 105)}
    acts = {1: today - timedelta(days=32), 2: today - timedelta(days=18), 3: today - timedelta(days=6)}
    return Season(
        str(year_be), year_be, f"OPC {year_be}", f"OPC {year_be - BE_OFFSET}", today - timedelta(days=100),
        today - timedelta(days=80), spans, acts,
    )  # fmt: skip
