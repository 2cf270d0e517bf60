"""What a line of the work list is, whose turn it can be, and the table of providers that fill the list."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Expression, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.models import Area, User
from registry.rules import REGISTRARS, offices_at

CAP = 1000
FEW = 5  # rows up to so many have a line each


class Group(StrEnum):
    """Whose turn it is; the order is that of the page."""

    LATE = "late"
    MINE = "waiting_for_me"
    QUESTION = "question"
    EXPIRING = "expiring"
    OTHERS = "waiting_for_others"
    DRAFT = "draft"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_LABELS: dict[Group, Promise] = {
    Group.LATE: gettext_lazy("Overdue"),
    Group.MINE: gettext_lazy("Waiting for me"),
    Group.QUESTION: gettext_lazy("Questions"),
    Group.EXPIRING: gettext_lazy("Ending soon"),
    Group.OTHERS: gettext_lazy("Waiting for others"),
    Group.DRAFT: gettext_lazy("My drafts"),
}


@dataclass(frozen=True, slots=True)
class SubArea:
    """How much of a line lies in one area below; `url` opens it narrowed to that area."""

    name: str
    count: int
    url: str

    @property
    def said(self) -> str:
        return how_many(self.count)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: `what` (its link text), `why` in a few words, `where` it is, the address that opens it.

    `due` is the last day (24:00 Bangkok); `count` tells how many things the line stands for, `None` for one thing.
    `area` is the place it is about, if it is about one; `parts` say how a large count spreads over the areas below.
    """

    what: str
    url: str
    group: Group
    why: str | Promise = ""
    where: str = ""
    due: date | None = None
    count: int | None = None
    area: Area | None = None
    parts: tuple[SubArea, ...] = ()

    def days_left(self, today: date) -> int | None:
        """Whole days from `today` to the due day; negative when it is over."""
        return None if self.due is None else (self.due - today).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Rows of which a provider says lines once they are counted; all asks of a page are counted in one statement.

    `many` makes the one line of a count (1 to CAP + 1). With `one`, no more than FEW rows have a line each, made of what
    `told` (name → lookup) reads of a row. `area` is the lookup of a row's area, empty when it has none; `day` that of its
    last day, or an expression; the next to end is the line's. `narrows` says that the line's page takes `area=<code>`.
    """

    rows: QuerySet[Any]
    many: Callable[[int], Line]
    one: Callable[[Mapping[str, Any]], Line] | None = None
    told: Mapping[str, str] | None = None
    area: str = ""
    day: str | Expression = ""
    narrows: bool = False


Provider = Callable[[User, datetime], Iterable[Line | Ask]]
PROVIDERS: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Adds what `function(user, at)` gives to everybody's work list: lines, or asks that cost no query of their own."""
    PROVIDERS.append(function)
    return function


def capped(rows: QuerySet[Any]) -> int:
    """The number of rows, counted no further than one above CAP."""
    return rows.order_by().values("pk")[: CAP + 1].count()


def how_many(count: int) -> str:
    """12, 1,000, or "more than 1,000"."""
    return _("more than %(cap)s") % {"cap": f"{CAP:,}"} if count > CAP else f"{count:,}"


def registers(user: User, at: datetime) -> bool:
    """Whether the user holds an office that keeps the register; one query for the whole list."""
    return any(held.office in REGISTRARS for held in offices_at(user, at))
