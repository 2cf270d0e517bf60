"""Lines about registrations: to complete, to check, to renew, to decide, and those that others have now."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.clock import bangkok_day
from registry.levels import Level, long_name, long_name_en
from registry.models import CommitteeKind, Registration, RegistrationCheck, RegistrationWindow, User, lies_in
from registry.models.registrations import OPEN_STATES
from registry.refusal import Named
from registry.rules import SEATERS, offices_at, seats_at
from registry.rules.registrations import LEADERS
from registry.thai import date_words
from registry.worklist.lines import Ask, Group, Line, how_many, provider, registers

TOLD = {
    "id": "public_id", "name": "producer__name", "filed_on": "filed_on",
    "th": "area__parent__name_th", "en": "area__parent__name_en", "code": "area__parent__code",
}  # fmt: skip


def seats_people(user: User, at: datetime) -> bool:
    """Whether the user checks registrations himself."""
    return any(held.office in SEATERS for held in offices_at(user, at))


@provider
def registrations_to_act_on(user: User, at: datetime) -> Iterable[Ask]:
    """One line for each thing that registrations of the user's areas wait for: completing, the check, a renewal."""
    if not registers(user, at):
        return
    rows = Registration.objects.visible_to(user).filter(origin=user.origin)
    yield _counted(rows.filter(state="returned"), "returned", _("Registrations sent back: %(count)s"),
                   _("Complete them and file them again."))
    if seats_people(user, at):
        yield _counted(rows.filter(state="filed"), "filed", _("Registrations to check: %(count)s"),
                       _("They were filed and wait for the officer's check."))
    window = RegistrationWindow.objects.open_on(bangkok_day(at))
    yield _counted(_to_renew(rows, window), "registered", _("Registrations to renew: %(count)s"),
                   _("The open window asks for it. Begin the renewal on the page of the producer."),
                   day=Subquery(window.values("closes_on")[:1]))


def _counted(rows: QuerySet[Registration], state: str, what: str, why: str, **more: Any) -> Ask:
    return Ask(rows=rows, area="area", many=lambda count: Line(
        what=what % {"count": how_many(count)}, why=why, url=f"{reverse('registry:registration-list')}?state={state}",
        group=Group.MINE, where=_("Registrations"), count=count,
    ), **more)  # fmt: skip


def _to_renew(rows: QuerySet[Registration], window: QuerySet[RegistrationWindow]) -> QuerySet[Registration]:
    """Standing registrations older than the open window allows, of producers who have not begun."""
    under_way = Registration.objects.filter(state__in=OPEN_STATES).values("producer")
    before = Subquery(window.values("renew_before")[:1])
    return rows.filter(state="registered", filed_on__lt=before).exclude(producer__in=under_way)


@provider
def registrations_to_decide(user: User, at: datetime) -> Iterable[Ask]:
    """A line for each amphoe committee that the user leads and before which checked registrations lie."""
    for seat in seats_at(user, at):
        committee = seat.committee
        if seat.role not in LEADERS or committee.kind != CommitteeKind.AMPHOE:
            continue
        area, url = committee.area, reverse("registry:registration-decide", args=[committee.public_id])
        rows = Registration.objects.filter(state="checked", origin=committee.origin)
        yield Ask(
            rows=rows.filter(lies_in(area.lft, area.rght)), area="area",
            many=lambda count, name=committee.name, url=url: Line(  # type: ignore[misc]
                what=_("Registrations to decide: %(count)s") % {"count": how_many(count)},
                why=_("They were checked and wait for the committee's meeting."),
                url=url, group=Group.MINE, where=name, count=count,
            ),
        )  # fmt: skip


@provider
def registrations_sent(user: User, at: datetime) -> Iterable[Ask]:
    """What the user filed or checked and others have now: the officer of the amphoe, then its committee."""
    if not registers(user, at):
        return
    checked = Exists(RegistrationCheck.objects.filter(registration=OuterRef("pk"), by=user))
    rows = Registration.objects.visible_to(user).filter(Q(created_by=user) | checked, origin=user.origin)
    if not seats_people(user, at):
        yield _sent(rows, "filed", _("Registrations filed, being checked: %(count)s"), _("Waits for the officer of %(area)s."))
    yield _sent(rows, "checked", _("Registrations before a committee: %(count)s"), _("Waits for the committee of %(area)s."))


def _sent(rows: QuerySet[Registration], state: str, many: str, has_it: str) -> Ask:
    def line(row: Mapping[str, Any]) -> Line:
        words = long_name(Level.AMPHOE, row["th"], row["code"]), long_name_en(Level.AMPHOE, row["en"], row["code"])
        day = date_words(date.fromisoformat(row["filed_on"]), get_language() or "th")
        return Line(
            what=_("Registration of %(name)s") % {"name": row["name"]}, why=has_it % {"area": Named(*words)}, group=Group.OTHERS,
            where=_("Filed %(day)s") % {"day": day}, url=reverse("registry:registration-show", args=[row["id"]]),
        )

    return Ask(
        rows=rows.filter(state=state).order_by("filed_on", "id"), told=TOLD, one=line, area="area",
        many=lambda count: Line(
            what=many % {"count": how_many(count)}, why=_("Open the list to see where each one lies."), group=Group.OTHERS,
            url=f"{reverse('registry:registration-list')}?state={state}", where=_("Registrations"), count=count,
        ),
    )  # fmt: skip
