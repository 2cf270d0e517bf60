"""Appointing somebody, ending an appointment before its day, and correcting a slip in it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from registry.actions.people import appoint, correct_appointment, end_appointment, take_back_appointment
from registry.clock import bangkok_day
from registry.forms.areas import AreaField
from registry.forms.committees import TakeBackForm
from registry.forms.officers import AppointmentForm, CorrectionForm, EndForm, NamedAppointmentForm
from registry.models import Appointment, User
from registry.refusal import Refusal
from registry.rules import same_origin, still_open, still_to_begin
from registry.rules.appointments import appoints_somewhere, may_keep_appointment, not_himself, offices_to_give
from registry.views.persons import Unkept


class AppointmentByName(Unkept):
    """An office for somebody of another area, by his user name."""

    template_name = "registry/appointment_form.html"
    form_class: type[forms.Form] = NamedAppointmentForm

    def against(self) -> Iterable[Refusal | None]:
        return [appoints_somewhere(self.request.user, self.at)]

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = self.form_class(*args, givable=offices_to_give(self.request.user, self.at), **kwargs)
        for field in form.fields.values():
            if isinstance(field, AreaField):
                field.user = self.request.user
        return form

    def values(self) -> dict[str, Any]:
        return {"starts_on": bangkok_day(self.at)}

    def act(self, data: dict[str, Any]) -> str:
        data = dict(data)
        officer = data.pop("username", None) or self.context["officer"]
        appoint(by=self.request.user, at=None, user=officer, **data)
        return reverse("registry:officer-show", args=[officer.public_id])


class AppointmentNew(AppointmentByName):
    """An office for one person of one's areas, or for a login without any."""

    form_class = AppointmentForm

    def load(self) -> None:
        seen = User.objects.visible_to(self.request.user)
        self.context["officer"] = get_object_or_404(seen, public_id=self.kwargs["public_id"])

    def against(self) -> Iterable[Refusal | None]:
        officer = self.context["officer"]
        return [*super().against(), not_himself(self.request.user, officer), same_origin(officer, self.request.user)]


class AppointmentWriting(Unkept):
    """A form about one appointment that has not ended."""

    def load(self) -> None:
        rows = Appointment.objects.visible_to(self.request.user)
        rows = rows.select_related("user", "stands_for", "area__parent__parent__parent")
        self.held = get_object_or_404(rows, public_id=self.kwargs["public_id"])
        self.context |= {"held": self.held, "officer": self.held.user}

    def against(self) -> Iterable[Refusal | None]:
        held = self.held
        return [
            *may_keep_appointment(self.request.user, held.office, held.area, held.user, self.at),
            same_origin(held.user, self.request.user), still_open(held, self.at),
        ]  # fmt: skip

    def home(self) -> str:
        return reverse("registry:officer-show", args=[self.held.user.public_id])


class AppointmentEdit(AppointmentWriting):
    template_name = "registry/appointment_edit.html"

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return CorrectionForm(*args, held=self.held, **kwargs)

    def values(self) -> dict[str, Any]:
        fields = ("order_no", "order_on", "starts_on", "ends_on", "position", "stands_as", "reason", "version")
        return {name: getattr(self.held, name) for name in fields}

    def act(self, data: dict[str, Any]) -> str:
        correct_appointment(by=self.request.user, at=None, appointment=self.held, **data)
        return self.home()


class AppointmentEnd(AppointmentWriting):
    template_name = "registry/appointment_end.html"
    form_class = EndForm

    def values(self) -> dict[str, Any]:
        return {"ends_on": bangkok_day(self.at), "version": self.held.version}

    def act(self, data: dict[str, Any]) -> str:
        end_appointment(by=self.request.user, at=None, appointment=self.held, **data)
        return self.home()


class AppointmentBack(AppointmentWriting):
    """An appointment that does not come about, before its first day."""

    template_name = "registry/appointment_back.html"
    form_class = TakeBackForm

    def against(self) -> Iterable[Refusal | None]:
        return [*super().against(), still_to_begin(self.held, self.at)]

    def values(self) -> dict[str, Any]:
        return {"version": self.held.version}

    def act(self, data: dict[str, Any]) -> str:
        take_back_appointment(by=self.request.user, at=None, appointment=self.held, **data)
        return self.home()
