"""Days and years as Thailand counts them: Bangkok days, deadlines that end at 24:00, Buddhist and fiscal years."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")
BE_OFFSET = 543
FISCAL_YEAR_STARTS_IN = 10


def bangkok_day(at: datetime) -> date:
    """The calendar day in Bangkok at the instant `at`; refuses a datetime without a zone (ValueError)."""
    return _aware(at).astimezone(BANGKOK).date()


def start_of_day(day: date) -> datetime:
    """00:00 of `day` in Bangkok, as an aware UTC datetime."""
    return datetime.combine(day, time(), tzinfo=BANGKOK).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """24:00 of `day` in Bangkok, which is 00:00 of the next day, as an aware UTC datetime."""
    return start_of_day(day + timedelta(days=1))


def end_of_year_be(year: int) -> datetime:
    """24:00 on 31 December of the Buddhist Era `year`, Bangkok: the instant a year's figures are as at."""
    return end_of_day(last_day_of_year_be(year))


def first_day_of_year_be(year: int) -> date:
    """1 January of the Buddhist Era `year`."""
    return date(year - BE_OFFSET, 1, 1)


def last_day_of_year_be(year: int) -> date:
    """31 December of the Buddhist Era `year`."""
    return date(year - BE_OFFSET, 12, 31)


def year_be_at(at: datetime) -> int:
    """The Buddhist Era year in Bangkok at the instant `at`."""
    return bangkok_day(at).year + BE_OFFSET


def fiscal_year_be(day: date) -> int:
    """The budget year of `day`: 1 October to 30 September, named by the later Buddhist Era year."""
    return day.year + BE_OFFSET + (day.month >= FISCAL_YEAR_STARTS_IN)


def last_day_of_term(first: date, months: int) -> date:
    """The last day of a term of whole `months` from `first` on: the day before the same day of its last month.

    Where that month has no such day (31 January and one month), it is the month's last day.
    """
    years, month = divmod(first.month - 1 + months, 12)
    year, longest = first.year + years, monthrange(first.year + years, month + 1)[1]
    return date(year, month + 1, longest) if first.day > longest else date(year, month + 1, first.day) - timedelta(days=1)


def is_past(deadline_day: date, at: datetime) -> bool:
    """Whether the deadline is over at `at`; the whole deadline day still counts, its 24:00 does not."""
    return _aware(at) >= end_of_day(deadline_day)


def days_left(deadline_day: date, at: datetime) -> int:
    """Whole Bangkok days from the day of `at` to the deadline day; 0 on the day itself, negative when it is over."""
    return (deadline_day - bangkok_day(at)).days


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    return at
