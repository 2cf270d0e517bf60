"""Rules of yearly reports."""

from datetime import datetime

from registry.clock import year_be_at
from registry.refusal import N_, Refusal, refuse

FIRST_YEAR = 2544  # the programme began


def report_year(year_be: int, at: datetime) -> Refusal | None:
    """A year since the programme began, up to the running one."""
    if FIRST_YEAR <= year_be <= year_be_at(at):
        return None
    return refuse(
        "no_such_year",
        N_("There is no report for %(year)s: choose a year from %(first)s to %(last)s."),
        field="year",
        year=year_be,
        first=FIRST_YEAR,
        last=year_be_at(at),
    )
