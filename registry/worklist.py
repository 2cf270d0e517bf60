"""The work list: what waits for a person, what he waits for, what is late. Each app adds its lines here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.clock import bangkok_day, first_day_of_year_be, year_be_at
from registry.models import ImportFile, ImportState, Producer, Product, Question, User, unasked
from registry.rules import REGISTRARS, offices_at, thresholds

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
    why: str = ""
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


def capped(rows: QuerySet[Product] | QuerySet[Producer] | QuerySet[Question]) -> int:
    """The number of rows, counted no further than one above CAP."""
    return rows.order_by().values("pk")[: CAP + 1].count()


def how_many(count: int) -> str:
    """12, 1,000, or "more than 1,000"."""
    return _("more than %(cap)s") % {"cap": f"{CAP:,}"} if count > CAP else f"{count:,}"


def _registers(user: User, at: datetime) -> bool:
    return any(held.office in REGISTRARS for held in offices_at(user, at))


@provider
def incomplete_products(user: User, at: datetime) -> Iterable[Line]:
    """One line for all products of the user's areas that still lack their category."""
    if not _registers(user, at):
        return
    count = capped(Product.objects.visible_to(user).active().filter(category=None))
    if count:
        yield Line(
            what=_("Products without a category: %(count)s") % {"count": how_many(count)},
            why=_("Until it has a category a product cannot enter a round."),
            url=reverse("registry:product-list") + "?complete=no", group=Group.MINE, where=_("Register"), count=count,
        )


@provider
def open_questions(user: User, at: datetime) -> Iterable[Line]:
    """One line for all questions from imports about the user's areas."""
    if not _registers(user, at):
        return
    count = capped(Question.objects.visible_to(user).open())
    if count:
        yield Line(
            what=_("Questions from imported files: %(count)s") % {"count": how_many(count)},
            why=_("Rows wait until somebody who knows the place decides."),
            url=reverse("registry:question-list"), group=Group.QUESTION, where=_("Imports"), count=count,
        )


@provider
def unasked_producers(user: User, at: datetime) -> Iterable[Line]:
    """One line for all producers of the user's areas that nobody asked this year whether they still produce."""
    if not _registers(user, at):
        return
    year, bounds = year_be_at(at), thresholds()
    first = first_day_of_year_be(year)
    if bangkok_day(at) < first + timedelta(days=bounds.get("confirm_from_day", 1) - 1):
        return
    count = capped(Producer.objects.visible_to(user).active().filter(unasked(year), origin=user.origin))
    if count:
        yield Line(
            what=_("Ask whether they still produce: %(count)s producers") % {"count": how_many(count)},
            why=_("Every producer is asked once a year."), url=reverse("registry:confirm-list"), group=Group.MINE,
            where=_("Register"), due=first + timedelta(days=bounds.get("confirm_by_day", 90) - 1), count=count,
        )


@provider
def checked_imports(user: User, at: datetime) -> Iterable[Line]:
    """A line for each of the user's files that was checked and waits for his word; the newest five."""
    files = ImportFile.objects.filter(created_by=user, state=ImportState.CHECKED).order_by("-id")[:5]
    for file in files:
        yield Line(
            what=_("Confirm the import of %(file)s") % {"file": file.name},
            why=_("%(rows)s rows were checked and wait for your word.") % {"rows": f"{file.rows:,}"},
            url=reverse("registry:import-show", args=[file.public_id]), group=Group.MINE, where=_("Imports"),
        )
