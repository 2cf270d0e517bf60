"""The work list: what waits for a person, what he waits for, what is late. Each app adds its lines here."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import F, Min, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.clock import bangkok_day, first_day_of_year_be, year_be_at
from registry.models import (
    WATCH_DAYS,
    CommitteeKind,
    Conformity,
    ImportFile,
    ImportState,
    Producer,
    Product,
    Question,
    Registration,
    RegistrationWindow,
    User,
    classified_as,
    unasked,
)
from registry.models.registrations import OPEN_STATES
from registry.quadrant import Quadrant
from registry.refusal import Named
from registry.rules import REGISTRARS, SEATERS, offices_at, thresholds
from registry.rules.registrations import LEADERS

CAP = 1000
FEW = 5  # papers up to so many have a line each
RENEW = gettext_lazy("Ask the producer for the new paper and record it, or end the product if it is no longer made.")


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
def unclassified_products(user: User, at: datetime) -> Iterable[Line]:
    """One line for all products whose answers fit no row of the quadrants' table."""
    if not _registers(user, at):
        return
    count = capped(Product.objects.visible_to(user).active().filter(classified_as(Quadrant.UNCLASSIFIED)))
    if count:
        yield Line(
            what=_("Products that fit no quadrant: %(count)s") % {"count": how_many(count)},
            why=_("Go through the five answers again; where they are right, tell the department which ones fit no row."),
            url=reverse("registry:product-list") + "?quadrant=review", group=Group.QUESTION, where=_("Register"), count=count,
        )


Ending = tuple[str, str, str, str, str, date, int | None]  # what `_endings` reads of a paper


def _endings(rows: QuerySet[Conformity]) -> list[Ending]:
    """Address, product, standard in both languages, last day and nearest threshold told of papers, the next to end first."""
    told = Min("notices__days", filter=Q(notices__valid_to=F("valid_to")))
    found = rows.annotate(told=told).order_by("valid_to", "product__name_sort").values_list(
        "product__public_id", "public_id", "product__name", "standard__name_th", "standard__name_en", "valid_to", "told"
    )
    return list(found[: CAP + 1])


@provider
def papers_that_end(user: User, at: datetime) -> Iterable[Line]:
    """Papers that lapsed, and those told of 90, 30 or 7 days ahead: a few each by itself, many by how soon they end."""
    if not _registers(user, at):
        return
    today, watched = bangkok_day(at), Conformity.objects.visible_to(user).watched()
    told = watched.filter(valid_to__gte=today, notices__valid_to=F("valid_to")).values("pk")
    lapsed, ending = _endings(watched.lapsed(today)), _endings(Conformity.objects.filter(pk__in=told))
    if len(lapsed) + len(ending) <= FEW:
        yield from (_paper_line(row, today) for row in lapsed + ending)
        return
    if lapsed:
        yield _papers_line(_("Papers of standards that lapsed: %(count)s"), "lapsed", lapsed)
    for days in WATCH_DAYS:
        if rows := [row for row in ending if row[-1] == days]:
            yield _papers_line(_("Papers of standards that end within %(days)s days: %(count)s"), str(days), rows)


def _paper_line(row: Ending, today: date) -> Line:
    product, paper, name, th, en, last, _told = row
    words = _("%(standard)s of %(name)s lapsed") if last < today else _("%(standard)s of %(name)s ends")
    return Line(
        what=words % {"standard": Named(th, en), "name": name}, why=RENEW, due=last, group=Group.MINE, where=_("Standards"),
        url=reverse("registry:conformity-edit", args=[product, paper]),
    )


def _papers_line(words: str, within: str, rows: list[Ending]) -> Line:
    return Line(
        what=words % {"days": within, "count": how_many(len(rows))}, why=RENEW, due=rows[0][5], group=Group.MINE,
        where=_("Standards"), url=reverse("registry:expiring-list") + f"?within={within}", count=len(rows),
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


@provider
def registrations_to_act_on(user: User, at: datetime) -> Iterable[Line]:
    """One line for each thing that registrations of the user's areas wait for: completing, the check, a renewal."""
    if not _registers(user, at):
        return
    day = bangkok_day(at)
    counts = _waiting(Registration.objects.visible_to(user).filter(origin=user.origin), day)
    told = {"returned": (_("Registrations sent back: %(count)s"), _("Complete them and file them again."))}
    if any(held.office in SEATERS for held in offices_at(user, at)):
        told["filed"] = (_("Registrations to check: %(count)s"), _("They were filed and wait for the officer's check."))
    told["registered"] = (
        _("Registrations to renew: %(count)s"),
        _("The open window asks for it. Begin the renewal on the page of the producer."),
    )
    for state, (what, why) in told.items():
        if count := counts[state]:
            yield Line(
                what=what % {"count": how_many(count)}, why=why, url=f"{reverse('registry:registration-list')}?state={state}",
                group=Group.MINE, where=_("Registrations"), count=count,
                due=RegistrationWindow.objects.open_on(day).get().closes_on if state == "registered" else None,
            )


def _waiting(rows: QuerySet[Registration], day: date) -> Counter[str]:
    """How many were sent back, wait for the check, and are to be renewed in the open window, each to CAP; one query."""
    under_way = Registration.objects.filter(state__in=OPEN_STATES).values("producer")
    before = RegistrationWindow.objects.open_on(day).values("renew_before")[:1]
    due = rows.filter(state="registered", filed_on__lt=Subquery(before)).exclude(producer__in=under_way)
    kinds = [rows.filter(state="returned"), rows.filter(state="filed"), due]
    first, *others = [kind.order_by().values_list("state", flat=True)[: CAP + 1] for kind in kinds]
    return Counter(first.union(*others, all=True))


@provider
def registrations_to_decide(user: User, at: datetime) -> Iterable[Line]:
    """A line for each amphoe committee that the user leads and before which checked registrations lie."""
    led = user.seats.active_on(bangkok_day(at)).filter(role__in=LEADERS, committee__kind=CommitteeKind.AMPHOE)
    for seat in led.select_related("committee__area"):
        area, origin = seat.committee.area, seat.committee.origin
        rows = Registration.objects.filter(state="checked", origin=origin, area__lft__gte=area.lft, area__rght__lte=area.rght)
        if count := capped(rows):
            yield Line(
                what=_("Registrations to decide: %(count)s") % {"count": how_many(count)},
                why=_("They were checked and wait for the committee's meeting."),
                url=reverse("registry:registration-decide", args=[seat.committee.public_id]), group=Group.MINE,
                where=seat.committee.name, count=count,
            )
