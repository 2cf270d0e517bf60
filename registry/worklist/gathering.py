"""Gathering the lines of every provider into one list: by whose turn it is, by last day, within an area and a time."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from registry.clock import bangkok_day
from registry.models import Area, User
from registry.rules import REGISTRARS, offices_at
from registry.worklist.asking import answered
from registry.worklist.lines import PROVIDERS, Ask, Group, Line

Groups = dict[Group, list[Line]]


class Due(StrEnum):
    """Which last days one asks for; what is over belongs to each but the last."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    NONE = "none"


REACHES = {Due.TODAY: timedelta(0), Due.WEEK: timedelta(days=7), Due.MONTH: timedelta(days=30)}


def lines_for(user: User, at: datetime, area: Area | None = None) -> Groups:
    """All lines of a user by group, each group by due day (lines without one last); what is past due is late.

    With `area` only what lies in its subtree: lines that name no place are left out.
    """
    today = bangkok_day(at)
    groups: Groups = {group: [] for group in Group}
    for line in gathered(user, at, area):
        over = line.group in (Group.MINE, Group.EXPIRING) and line.due is not None and line.due < today
        groups[Group.LATE if over else line.group].append(replace(line, group=Group.LATE) if over else line)
    for lines in groups.values():
        lines.sort(key=lambda line: (line.due is None, line.due or today, line.what))
    return groups


def gathered(user: User, at: datetime, area: Area | None) -> list[Line]:
    """The lines of every provider; all their asks are answered at once."""
    said = [thing for gather in PROVIDERS for thing in gather(user, at)]
    asks = [thing for thing in said if isinstance(thing, Ask)]
    lines = [thing for thing in said if isinstance(thing, Line)]
    kept = lines if area is None else [line for line in lines if line.area is not None and area.contains(line.area)]
    return [*kept, *answered(asks, user, area, tops_of(user, at, area))]


def tops_of(user: User, at: datetime, area: Area | None) -> Sequence[Area]:
    """The areas below which large counts are spread: the one asked for, or those of the user's offices."""
    if area is not None:
        return [area]
    return [held.area for held in offices_at(user, at) if held.office in REGISTRARS]


def due_within(groups: Groups, due: Due, today: date) -> Groups:
    """The lines whose last day is asked for."""

    def asked(line: Line) -> bool:
        if due is Due.NONE or line.due is None:
            return due is Due.NONE and line.due is None
        return line.due <= today + REACHES[due]

    return {group: [line for line in lines if asked(line)] for group, lines in groups.items()}
