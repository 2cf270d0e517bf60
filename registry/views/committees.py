"""Committees of one's areas: which there are and which are missing, who sits on one and sat, a new one, giving and ending seats."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from registry.actions.committees import create_committee, end_seat, give_seat, rename_committee, take_back_seat
from registry.clock import bangkok_day
from registry.forms.committees import (
    CommitteeForm,
    CommitteeLook,
    CommitteeNameForm,
    SeatEndForm,
    SeatForm,
    TakeBackForm,
)
from registry.history import history_of
from registry.levels import Level
from registry.models import Appointment, Area, Committee, OfficeTitle, Seat, SeatRole, User, lies_in
from registry.paging import page_of
from registry.refusal import Refusal
from registry.rules import (
    SEATERS,
    kinds_to_make,
    may_seat,
    nearest,
    offices_at,
    same_origin,
    seats_somewhere,
    still_open,
    still_to_begin,
)
from registry.signature import Titles
from registry.views.gate import Gated, key_in
from registry.views.officers import state_of
from registry.views.persons import told
from registry.views.writing import Writing

MISSING_SHOWN, OFFERED = 10, 100
ORDER = {SeatRole.CHAIR: 0, SeatRole.DEPUTY: 1, SeatRole.MEMBER: 2, SeatRole.SECRETARY: 3}


def committees_seen_by(user: Any) -> QuerySet[Committee]:
    """The committees a user may see, with category and the path of their area."""
    return Committee.objects.visible_to(user).select_related("category", "area__parent__parent__parent")


class CommitteeList(Gated, View):
    """Committees of the areas of one's offices, and those on which one sits; areas that have none yet beside them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        today, look = bangkok_day(at), CommitteeLook(request.GET, request.user)
        rows = look.rows(committees_seen_by(request.user).staffed(today), today)
        page, said = page_of(rows, request.GET.get("page")), look.cleaned_data
        whole = look.is_valid() and page.number == 1 and not (said["kind"] or said["lacks"])
        missing = list(without_any(request.user, at, said["area"])[: MISSING_SHOWN + 1]) if whole else []
        return render(request, "registry/committee_list.html", {
            "form": look, "asked": look.is_asked, "page_obj": page,
            "missing": missing[:MISSING_SHOWN], "more": len(missing) > MISSING_SHOWN,
            "refusals": told([seats_somewhere(request.user, at)]), "sample": request.user.origin == "sample",
        })  # fmt: skip


def kept_by(user: Any, at: datetime, field: str = "area") -> Q:
    """Rows of the areas whose committees the user keeps by his offices; `field` leads to their area ("": they are areas)."""
    kept = Q(pk__in=[])
    for held in offices_at(user, at):
        if held.office in SEATERS:
            kept |= lies_in(held.area.lft, held.area.rght, field)
    return kept


def without_any(user: Any, at: datetime, area: Area | None) -> QuerySet[Area]:
    """The provinces and amphoes for which the user keeps committees and that have none of their level yet."""
    there = Committee.objects.filter(area=OuterRef("pk"), kind=OuterRef("level"), origin=user.origin)
    rows = Area.objects.current().with_path().filter(kept_by(user, at, ""), level__in=[Level.PROVINCE, Level.AMPHOE]).exclude(Exists(there))
    return (rows.filter(lies_in(area.lft, area.rght, "")) if area else rows).order_by("lft")


class CommitteeShow(Gated, View):
    """One committee: who sits today, who will and did, and what may be done."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        at, viewer = timezone.now(), request.user
        committee = get_object_or_404(committees_seen_by(viewer), public_id=public_id)
        today = bangkok_day(at)
        seats = list(committee.seats.select_related("user").order_by("-starts_on", "-id"))
        by_state: dict[str, list[Seat]] = {"active": [], "coming": [], "ended": [], "back": []}
        for seat in seats:
            by_state[state_of(seat, today)].append(seat)
        now = sorted(by_state["active"], key=lambda seat: (ORDER[SeatRole(seat.role)], seat.starts_on, seat.pk))
        roles = {seat.role for seat in now}
        known = User.objects.visible_to(viewer).filter(pk__in=[seat.user_id for seat in seats])
        blocked, titles = against(committee, viewer, at), OfficeTitle.objects.worded()
        return render(request, "registry/committee_show.html", {
            "committee": committee, "now": signed(now, committee.area, today, titles), "coming": by_state["coming"],
            "earlier": by_state["ended"], "taken_back": by_state["back"], "former_names": committee.former_names.select_related("by"),
            "known": set(known.values_list("pk", flat=True)),
            "no_chair": SeatRole.CHAIR not in roles, "no_secretary": SeatRole.SECRETARY not in roles,
            "blocked": blocked, "may_end": not blocked, "sample": committee.origin == "sample",
            "history": history_of(committee, {seat.public_id: seat.user.full_name for seat in seats}, Seat, titles=titles),
        })  # fmt: skip


def against(committee: Committee, user: Any, at: datetime) -> list[Refusal]:
    """Why `user` may not give or end seats on the committee."""
    return told([may_seat(user, committee.area, at), same_origin(committee, user)])


def signed(seats: Sequence[Seat], area: Area, today: date, titles: Titles) -> list[tuple[Seat, str, str]]:
    """Each seat with the office by which its holder acts in the area, as papers word it, and whom he stands in for."""
    rows = Appointment.objects.active_on(today).filter(user__in=[seat.user_id for seat in seats])
    held: dict[int, list[Appointment]] = {}
    for one in rows.select_related("user", "stands_for", "area"):
        held.setdefault(one.user_id, []).append(one)
    language, found = get_language() or "th", []
    for seat in seats:
        by = nearest(held.get(seat.user_id, ()), area)
        mark = by.signature(language, titles) if by else None
        found.append((seat, mark.office if mark else "", mark.other if mark else ""))
    return found


class CommitteeNew(Writing):
    """A new committee; its seats are given on its page."""

    template_name = "registry/committee_form.html"
    form_class = CommitteeForm
    called = _("Record a committee")
    step = 0

    def load(self) -> None:
        self.context |= {"steps": [], "sample": self.request.user.origin == "sample"}

    def against(self) -> Iterable[Refusal | None]:
        return [seats_somewhere(self.request.user, self.at)]

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        user, at = self.request.user, self.at
        central = any(held.office in SEATERS and held.area.level == Level.CENTRAL for held in offices_at(user, at))
        form = CommitteeForm(*args, kinds=kinds_to_make(user, at), central=central, **kwargs)
        form.fields["area"].user = user
        return form

    def values(self) -> dict[str, Any]:
        area = Area.objects.current().with_path().filter(code=key_in(self.request, "area")).first()
        return {"kind": key_in(self.request, "kind"), "category": key_in(self.request, "category"), "area": area}

    def act(self, data: dict[str, Any]) -> str:
        committee = create_committee(by=self.request.user, at=None, **data)
        return reverse("registry:committee-show", args=[committee.public_id])


class CommitteeWriting(Writing):
    """A form about one committee that the user sees."""

    step = 0

    def load(self) -> None:
        self.committee = get_object_or_404(committees_seen_by(self.request.user), public_id=self.kwargs["public_id"])
        self.context |= {"committee": self.committee, "sample": self.committee.origin == "sample", "steps": []}

    def against(self) -> Iterable[Refusal | None]:
        return against(self.committee, self.request.user, self.at)

    def home(self) -> str:
        return reverse("registry:committee-show", args=[self.committee.public_id])


class SeatNew(CommitteeWriting):
    """A seat for somebody who has a login; who has none gets one first and comes back here."""

    template_name = "registry/seat_form.html"
    form_class = SeatForm
    called = _("Give a seat")
    never_kept = ("user",)

    def load(self) -> None:
        super().load()
        seated = self.committee.seats.filter(Q(ends_on=None) | Q(ends_on__gt=bangkok_day(self.at))).values("user")
        people = User.objects.visible_to(self.request.user).filter(is_active=True, origin=self.committee.origin)
        self.context["people"] = people.exclude(pk__in=seated).order_by("name_th", "pk")[:OFFERED]

    def values(self) -> dict[str, Any]:
        chosen = User.objects.visible_to(self.request.user).filter(public_id=key_in(self.request, "user")).first()
        return {"user": chosen.username if chosen else "", "starts_on": bangkok_day(self.at), "role": SeatRole.MEMBER}

    def act(self, data: dict[str, Any]) -> str:
        give_seat(by=self.request.user, at=None, committee=self.committee, **data)
        return self.home()


class CommitteeName(CommitteeWriting):
    """The right name of a committee; papers of before keep the one they have."""

    template_name = "registry/committee_name.html"
    form_class = CommitteeNameForm
    called = _("Correct the name of a committee")

    def values(self) -> dict[str, Any]:
        return {field: getattr(self.committee, field) for field in ("name_th", "name_en", "version")}

    def act(self, data: dict[str, Any]) -> str:
        rename_committee(by=self.request.user, at=None, committee=self.committee, **data)
        return self.home()


class SeatWriting(CommitteeWriting):
    """A form about one seat."""

    merges = False

    def load(self) -> None:
        super().load()
        self.seat = get_object_or_404(self.committee.seats.select_related("user", "committee__area"), public_id=self.kwargs["seat"])
        self.context["seat"] = self.seat


class SeatBack(SeatWriting):
    """A seat that does not come about, before its first day."""

    template_name = "registry/seat_back.html"
    form_class = TakeBackForm
    called = _("Take back a seat")

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), still_open(self.seat, self.at), still_to_begin(self.seat, self.at)]

    def values(self) -> dict[str, Any]:
        return {"version": self.seat.version}

    def act(self, data: dict[str, Any]) -> str:
        take_back_seat(by=self.request.user, at=None, seat=self.seat, **data)
        return self.home()


class SeatEnd(SeatWriting):
    """The last day of one seat."""

    template_name = "registry/seat_end.html"
    form_class = SeatEndForm
    called = _("End a seat")

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), still_open(self.seat, self.at)]

    def values(self) -> dict[str, Any]:
        today = bangkok_day(self.at)
        return {"ends_on": max(self.seat.starts_on, min(today, self.seat.ends_on or today)), "version": self.seat.version}

    def act(self, data: dict[str, Any]) -> str:
        end_seat(by=self.request.user, at=None, seat=self.seat, **data)
        return self.home()
