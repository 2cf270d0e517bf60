"""What the list of appointments can be narrowed by."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.filters.parts import AreaFilter, ListFilter
from registry.models import WATCH_DAYS, Appointment, Office, User
from registry.thai import normalise


class AppointmentFilter(ListFilter):
    """Appointments by name, area, office and whether they run; those that run when nothing is asked."""

    user = django_filters.CharFilter(
        label=_("Part of the name"), method="by_name", max_length=120, widget=forms.TextInput(attrs={"type": "search"})
    )
    area = AreaFilter(field_name="area")
    office = django_filters.ChoiceFilter(
        label=_("Office"), choices=Office.choices, empty_label=_("All offices"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    state = django_filters.ChoiceFilter(
        label=_("Term"), method="by_state", empty_label=_("In office today"),
        choices=[("coming", _("Still to begin")), ("ending", _("End within 30 days")), ("ended", _("Ended")),
                 ("acting", _("Who stand in today"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    class Meta(ListFilter.Meta):
        model = Appointment
        fields = ["user", "area", "office", "state"]

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User, today: date) -> None:
        super().__init__(data, queryset, user)
        self.today = today

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Any part of the Thai or English name."""
        typed = normalise(value)
        return rows.filter(Q(user__name_th__icontains=typed) | Q(user__name_en__icontains=typed)) if typed else rows

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The rows of one choice; what a list shows when nothing is asked is in `rows`."""
        if value == "coming":
            return rows.filter(starts_on__gt=self.today, taken_back=False)
        if value == "ended":
            return rows.filter(ends_on__lt=self.today)
        running = rows.active_on(self.today)  # type: ignore[attr-defined]
        if value == "acting":
            return running.exclude(kind="substantive")
        return running.filter(ends_on__lte=self.today + timedelta(days=WATCH_DAYS[1]))

    def rows(self) -> QuerySet[Any]:
        """The rows asked for, down the tree, heads first; none when what was asked is not understood."""
        if not self.form.is_valid():
            return self.queryset.none()
        found = self.filter_queryset(self.queryset)
        if not self.form.cleaned_data["state"]:
            found = found.active_on(self.today)
        return found.order_by("area__lft", "-leads", "kind", "user__name_th", "id")
