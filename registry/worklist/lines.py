"""What a line of the work list is, whose turn it can be, and the table of providers that fill the list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.clock import bangkok_day
from registry.models import Producer, Product, Question, Registration, User
from registry.rules import REGISTRARS, offices_at

CAP = 1000


class Group(StrEnum):
    """Whose turn it is; the order is that of the page."""

    LATE = "late"
    MINE = "waiting_for_me"
    QUESTION = "question"
    OTHERS = "waiting_for_others"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Group, Promise] = {
    Group.LATE: gettext_lazy("Overdue"),
    Group.MINE: gettext_lazy("Waiting for me"),
    Group.QUESTION: gettext_lazy("Questions"),
    Group.OTHERS: gettext_lazy("Waiting for others"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: `what` (its link text), `why` in a few words, `where` it is, the address that opens it.

    `due` is the last day (24:00 Bangkok); `count` tells how many things the line stands for, `None` for one thing.
    """

    what: str
    url: str
    group: Group
    why: str | Promise = ""
    where: str = ""
    due: date | None = None
    count: int | None = None

    def days_left(self, today: date) -> int | None:
        """Whole days from `today` to the due day; negative when it is over."""
        return None if self.due is None else (self.due - today).days


Provider = Callable[[User, datetime], Iterable[Line]]
PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Adds the lines of `function(user, at)` to everybody's work list; it makes a few queries however many rows."""
    PROVIDERS.append(function)
    return function


def lines_for(user: User, at: datetime) -> dict[Group, list[Line]]:
    """All lines of a user by group, each group by due day (lines without one last); what is past due is late."""
    today = bangkok_day(at)
    groups: dict[Group, list[Line]] = {group: [] for group in Group}
    for gather in PROVIDERS:
        for line in gather(user, at):
            if line.group is Group.MINE and line.due is not None and line.due < today:
                line = replace(line, group=Group.LATE)  # noqa: PLW2901
            groups[line.group].append(line)
    for lines in groups.values():
        lines.sort(key=lambda line: (line.due is None, line.due or today, line.what))
    return groups


def capped(rows: QuerySet[Product] | QuerySet[Producer] | QuerySet[Question] | QuerySet[Registration]) -> int:
    """The number of rows, counted no further than one above CAP."""
    return rows.order_by().values("pk")[: CAP + 1].count()


def how_many(count: int) -> str:
    """12, 1,000, or "more than 1,000"."""
    return _("more than %(cap)s") % {"cap": f"{CAP:,}"} if count > CAP else f"{count:,}"


def registers(user: User, at: datetime) -> bool:
    """Whether the user holds an office that keeps the register; one query for the whole list."""
    return any(held.office in REGISTRARS for held in offices_at(user, at))
