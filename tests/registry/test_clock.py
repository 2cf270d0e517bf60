"""Bangkok days, deadlines and years."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import clock

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
SECOND = timedelta(seconds=1)


def test_the_day_changes_at_17_utc():
    assert clock.bangkok_day(datetime(2026, 11, 20, 16, 59, 59, tzinfo=UTC)) == date(2026, 11, 20)
    assert clock.bangkok_day(datetime(2026, 11, 20, 17, tzinfo=UTC)) == date(2026, 11, 21)
    assert clock.year_be_at(datetime(2026, 12, 31, 17, tzinfo=UTC)) == 2570


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        clock.bangkok_day(datetime(2026, 1, 1))
    with pytest.raises(ValueError, match="zone"):
        clock.is_past(date(2026, 1, 1), datetime(2026, 1, 1))


@given(days)
def test_a_deadline_day_ends_at_24_bangkok(day):
    end = clock.end_of_day(day)
    assert end.tzinfo is UTC
    assert clock.start_of_day(day) == end - timedelta(days=1)
    assert clock.bangkok_day(end - SECOND) == day
    assert not clock.is_past(day, end - SECOND)
    assert clock.is_past(day, end)
    assert clock.days_left(day, end - SECOND) == 0
    assert clock.days_left(day, end) == -1


def test_a_years_figures_are_as_at_the_end_of_december():
    assert clock.end_of_year_be(2569) == datetime(2026, 12, 31, 17, tzinfo=UTC)
    assert (clock.first_day_of_year_be(2569), clock.last_day_of_year_be(2569)) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_fiscal_year_begins_in_october():
    assert clock.fiscal_year_be(date(2017, 10, 1)) == 2561
    assert clock.fiscal_year_be(date(2017, 9, 30)) == 2560


@given(days)
def test_the_fiscal_year_is_this_year_or_the_next(day):
    assert clock.fiscal_year_be(day) - (day.year + 543) == (day.month >= 10)
