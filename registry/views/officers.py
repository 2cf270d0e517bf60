"""The people of one's areas: who holds which office, one person's offices over time, new logins and their codes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters

from registry.actions.login_codes import give_code, set_password
from registry.actions.logins import count_try, forget_tries
from registry.actions.people import create_user
from registry.clock import bangkok_day
from registry.filters import AppointmentFilter
from registry.forms.officers import OfficerForm, PasswordForm
from registry.history import history_of
from registry.models import Appointment, Committee, Handover, OfficeTitle, User
from registry.paging import page_of
from registry.refusal import Refusal, Refused
from registry.rules import may_keep_people
from registry.rules.appointments import CODE_DAYS, appoints_somewhere, may_give_code, may_keep_appointment
from registry.views.gate import Gated, key_in, once_shown, show_refusals
from registry.views.people import who_tries
from registry.views.persons import Unkept, told

NEWCOMERS_SHOWN = 50


def narrowed_by(request: HttpRequest, today: date) -> AppointmentFilter:
    """The appointments that the user may see, as the request narrows them."""
    seen = Appointment.objects.visible_to(request.user).select_related("user", "stands_for", "area__parent__parent__parent")
    return AppointmentFilter(request.GET, seen, request.user, today)


class OfficerList(Gated, View):
    """Appointments in the reach of one's own offices and seats, down the tree; logins without office beside them."""

    def get(self, request: HttpRequest) -> HttpResponse:
        at = timezone.now()
        narrowed = narrowed_by(request, bangkok_day(at))
        page = page_of(narrowed.rows(), request.GET.get("page"))
        newcomers = User.objects.visible_to(request.user).filter(appointments=None, seats=None, is_active=True)
        return render(request, "registry/officer_list.html", {
            "form": narrowed.form, "asked": narrowed.is_asked, "page_obj": page, "today": bangkok_day(at),
            "newcomers": newcomers.exclude(pk=request.user.pk).order_by("name_th", "pk")[:NEWCOMERS_SHOWN],
            "refusals": told([may_keep_people(request.user, at)]), "no_office": told([appoints_somewhere(request.user, at)]),
            "sample": request.user.origin == "sample",
        })  # fmt: skip


class OfficerShow(Gated, View):
    """One person with his offices and seats over time, how he signs, and what may be done."""

    def get(self, request: HttpRequest, public_id: str) -> HttpResponse:
        at, viewer = timezone.now(), request.user
        officer = get_object_or_404(User.objects.visible_to(viewer).select_related("login_code"), public_id=public_id)
        rows = officer.appointments.select_related("user", "stands_for", "area__parent__parent__parent").order_by("-starts_on", "-id")
        seats = officer.seats.select_related("committee__area__parent__parent").order_by("-starts_on", "-id")
        today, language = bangkok_day(at), get_language() or "th"
        bodies, titles = Committee.objects.visible_to(viewer).filter(seats__user=officer), OfficeTitle.objects.worded()
        held = [
            (row, state_of(row, today), row.signature(language, titles), told(against))
            for row in rows for against in [may_keep_appointment(viewer, row.office, row.area, officer, at)]
        ]  # fmt: skip
        return render(request, "registry/officer_show.html", {
            "officer": officer, "held": held, "seats": [(seat, state_of(seat, today)) for seat in seats],
            "bodies": set(bodies.values_list("pk", flat=True)),
            "may_not_code": told([may_give_code(viewer, officer, at)]), "may_not_appoint": told([appoints_somewhere(viewer, at)]),
            "himself": officer.pk == viewer.pk, "code": getattr(officer, "login_code", None), "code_days": CODE_DAYS,
            "signatures": [mark.lines for _row, state, mark, _no in held if state == "active"],
            "handovers": _handovers_of(officer, viewer),
            "history": history_of(officer, {row.public_id: row.get_office_display() for row in rows}, Appointment, titles=titles),
            "sample": officer.origin == "sample",
            "can_sign_in": officer.has_usable_password(),
        })  # fmt: skip


def _handovers_of(officer: User, viewer: User) -> QuerySet[Handover]:
    """The newest handovers by or to the officer that the viewer may see."""
    rows = Handover.objects.visible_to(viewer).filter(Q(taker=officer) | Q(appointment__user=officer))
    return rows.select_related("appointment__user", "taker")[:10]


def state_of(row: Any, today: Any) -> str:
    """active, coming, ended or back (taken back before its first day): how a term stands to a day."""
    if row.taken_back:
        return "back"
    if row.starts_on > today:
        return "coming"
    return "ended" if row.ends_on is not None and row.ends_on < today else "active"


class OfficerNew(Unkept):
    """A new login; the code for it is given on the person's page."""

    template_name = "registry/officer_form.html"
    form_class = OfficerForm

    def against(self) -> Iterable[Refusal | None]:
        return [may_keep_people(self.request.user, self.at)]

    def act(self, data: dict[str, Any]) -> str:
        officer = create_user(by=self.request.user, at=None, **data)
        return seat_for(self.request, officer) or reverse("registry:officer-show", args=[officer.public_id])


def seat_for(request: HttpRequest, officer: User) -> str | None:
    """Where the new login gets the seat for which it was made, when a committee sent here (`?seat=`)."""
    body = Committee.objects.visible_to(request.user).filter(public_id=key_in(request, "seat")).first()
    return None if body is None else f"{reverse('registry:seat-new', args=[body.public_id])}?user={officer.public_id}"


class OfficerCode(Gated, View):
    """A one-time code, shown this once as a slip to hand over; a second sending shows nothing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, public_id: str) -> HttpResponse:
        officer = get_object_or_404(User.objects.visible_to(request.user), public_id=public_id)
        code = once_shown(request, lambda: give_code(by=request.user, at=None, user=officer))
        if code is None:
            messages.warning(request, gettext("This was shown once already and is not shown again. Ask anew if you still need it."))
            return HttpResponseRedirect(reverse("registry:officer-show", args=[officer.public_id]))
        return render(request, "registry/officer_code.html", {
            "officer": officer, "code": code, "days": CODE_DAYS, "sample": officer.origin == "sample",
            "door": request.build_absolute_uri(reverse("registry:password-set")),
        })


class PasswordSet(View):
    """Where the owner of a one-time code sets his password, without being signed in; braked as the door is."""

    @staticmethod
    def shown(request: HttpRequest, form: PasswordForm, status: int = 200) -> HttpResponse:
        return render(request, "registry/password_set.html", {"form": form}, status=status)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(request, PasswordForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._posted(request)

    @staticmethod
    @sensitive_post_parameters()
    def _posted(request: HttpRequest) -> HttpResponse:
        form = PasswordForm(request.POST)
        if not form.is_valid():
            return PasswordSet.shown(request, form, 422)
        refusal = count_try(**who_tries(request))
        if refusal:
            show_refusals(form, Refused((refusal,)))
            return PasswordSet.shown(request, form, 429)
        try:
            set_password(at=None, **{name: form.cleaned_data[name] for name in ("username", "code", "password")})
        except Refused as refused:
            show_refusals(form, refused)
            return PasswordSet.shown(request, form, 422)
        forget_tries(**who_tries(request))
        messages.success(request, gettext("Your password is set. Sign in with it."))
        return HttpResponseRedirect(reverse("registry:login"))
