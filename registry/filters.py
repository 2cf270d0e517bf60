"""What the lists of the register can be narrowed by."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.clock import bangkok_day
from registry.forms.areas import AreaField
from registry.forms.fields import LookForm
from registry.forms.texts import LineField
from registry.models import (
    WATCH_DAYS,
    Appointment,
    Area,
    Category,
    Conformity,
    Office,
    Producer,
    ProducerType,
    Product,
    Standard,
    User,
    asked_this_year,
    classified_as,
    has_papers,
    unasked,
)
from registry.models.quality import OF_PRODUCTS, QualityCheck, lacking, stale
from registry.quadrant import Quadrant
from registry.rules import thresholds
from registry.thai import normalise

ENDED = [("yes", _("Ended only"))]


class FilterForm(LookForm, forms.Form):
    """The form of a filter: a GET form with the look of the others."""


class NameFilter(django_filters.Filter):
    """Any part of a name, by its stored form."""

    field_class = LineField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            lookup_expr="icontains", max_length=250, widget=forms.TextInput(attrs={"type": "search"}), **kwargs
        )


class AreaFilter(django_filters.Filter):
    """Rows of the subtree of an area of any level."""

    field_class = AreaField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(level=None, mine_only=True, label=_("Area"), **kwargs)

    def filter(self, qs: QuerySet[Any], value: Area | None) -> QuerySet[Any]:
        return qs.within(value) if value else qs  # type: ignore[attr-defined]


class RegisterFilter(django_filters.FilterSet):
    """Name, area, and whether the row has ended, which all lists of the register share."""

    name = NameFilter(field_name="name", label=_("Part of the name"))
    area = AreaFilter(field_name="area")
    ended = django_filters.ChoiceFilter(
        label=_("In the register"), method="by_end", choices=ENDED, empty_label=_("Not ended"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    class Meta:
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User) -> None:
        super().__init__(data, queryset)
        self.form.fields["area"].user = user

    def by_end(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Ended rows; those not ended are what a list shows when nothing is asked."""
        return rows.exclude(ended_on=None)

    def rows(self) -> QuerySet[Any]:
        """The rows asked for; none when what was asked is not understood, and the form says why."""
        if not self.form.is_valid():
            return self.queryset.none()
        found = self.filter_queryset(self.queryset)
        return found if self.form.cleaned_data["ended"] else found.filter(ended_on=None)

    @property
    def is_asked(self) -> bool:
        """True when the list is narrowed by anything."""
        return any(self.data.get(name) for name in (*self.form.fields, "area_typed"))


class ExpiryFilter(django_filters.FilterSet):
    """Papers that ended or end soon, by place, standard and how soon; or those whose days are not known."""

    within = django_filters.ChoiceFilter(
        label=_("How soon"), method="by_days", empty_label=_("Lapsed or within 90 days"),
        choices=[("90", _("Within 90 days")), ("30", _("Within 30 days")), ("7", _("Within 7 days")),
                 ("lapsed", _("Lapsed")), ("undated", _("Days missing"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    standard = django_filters.ModelChoiceFilter(
        queryset=Standard.objects.all(), to_field_name="code", label=_("Standard"), empty_label=_("All standards"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    area = AreaFilter(field_name="product__area")

    class Meta:
        model = Conformity
        fields = ["within", "standard", "area"]
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User, today: date) -> None:
        super().__init__(data, queryset)
        self.form.fields["area"].user = user
        self.today = today

    def by_days(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The rows of one choice; what a list shows when nothing is asked is in `rows`."""
        if value == "undated":
            return rows.undated().exclude(pk__in=rows.lapsed(self.today).values("pk"))  # type: ignore[attr-defined]
        if value == "lapsed":
            return rows.lapsed(self.today)  # type: ignore[attr-defined]
        return rows.ending(self.today, int(value))  # type: ignore[attr-defined]

    def rows(self) -> QuerySet[Any]:
        """The rows asked for, by last day and then in Thai order; none when what was asked is not understood."""
        if not self.form.is_valid():
            return self.queryset.none()
        found = self.filter_queryset(self.queryset)
        if not self.form.cleaned_data["within"]:
            found = found.filter(valid_to__lte=self.today + timedelta(days=WATCH_DAYS[0]))
        return found.order_by("valid_to", "product__name_sort", "id")

    @property
    def is_asked(self) -> bool:
        """True when the list is narrowed by anything."""
        return any(self.data.get(name) for name in (*self.form.fields, "area_typed"))


class ProducerFilter(RegisterFilter):
    type = django_filters.ChoiceFilter(
        label=_("Kind of producer"), choices=ProducerType.choices, empty_label=_("All kinds"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    check = django_filters.ChoiceFilter(
        label=_("What is to be mended"), method="by_check", empty_label=_("Anything or nothing"),
        choices=[(QualityCheck.STALE.value, QualityCheck.STALE.label)],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    class Meta(RegisterFilter.Meta):
        model = Producer
        fields = ["name", "type", "area", "check", "ended"]

    def by_check(self, rows: QuerySet[Producer], _name: str, _value: str) -> QuerySet[Producer]:
        """Producers that nobody confirmed for as long as counts as old."""
        return rows.filter(stale(timezone.now(), thresholds().get("stale_days", 365)))


class ConfirmationFilter(RegisterFilter):
    """Producers by this year's answer to "still producing?"; at first those whom nobody has asked."""

    ended = None
    state = django_filters.ChoiceFilter(
        label=_("This year"), method="by_answer", empty_label=_("Not asked yet"),
        choices=[("not_reached", _("Not reached")), ("yes", _("Still produces")), ("all", _("All"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    class Meta(RegisterFilter.Meta):
        model = Producer
        fields = ["name", "area", "state"]

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User, year_be: int) -> None:
        self.year_be = year_be
        super().__init__(data, queryset.annotate(has_answered=asked_this_year(year_be, "yes")), user)

    def by_answer(self, rows: QuerySet[Producer], _name: str, value: str) -> QuerySet[Producer]:
        """Those of one answer, or all."""
        if value == "all":
            return rows
        if value == "not_reached":
            return rows.filter(asked_this_year(self.year_be, value), has_answered=False)
        return rows.filter(has_answered=True)

    def rows(self) -> QuerySet[Any]:
        """The rows asked for; those not asked yet when nothing is said."""
        if not self.form.is_valid():
            return self.queryset.none()
        found = self.filter_queryset(self.queryset)
        return found if self.form.cleaned_data["state"] else found.filter(unasked(self.year_be))


class ProductFilter(RegisterFilter):
    category = django_filters.ModelChoiceFilter(
        queryset=Category.objects.all(), to_field_name="code", label=_("Category"), empty_label=_("All categories"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )
    complete = django_filters.ChoiceFilter(
        label=_("Data"), method="by_completeness", empty_label=_("Complete or not"),
        choices=[("yes", _("Complete")), ("no", _("Without a category"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    papers = django_filters.ChoiceFilter(
        label=_("Papers of standards"), method="by_papers", empty_label=_("In order or not"),
        choices=[("lapsed", _("Papers lapsed")), ("soon", _("End within 90 days")), ("undated", _("Days missing"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    quadrant = django_filters.ChoiceFilter(
        label=_("Quadrant"), method="by_quadrant", empty_label=_("Any or none"),
        choices=[("A", "A"), ("B", "B"), ("C", "C"), ("D", "D"), ("review", _("Unclassified – review")), ("none", _("Not asked yet"))],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    check = django_filters.ChoiceFilter(
        label=_("What is to be mended"), method="by_check", empty_label=_("Anything or nothing"),
        choices=[(check.value, check.label) for check in OF_PRODUCTS],
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    class Meta(RegisterFilter.Meta):
        model = Product
        fields = ["name", "category", "area", "complete", "papers", "quadrant", "check", "ended"]

    def by_check(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Products that fail one of the named checks."""
        return rows.filter(lacking(value, timezone.now()))

    def by_quadrant(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Products whose newest classification came to a quadrant or to none, or that were never classified."""
        if value == "none":
            return rows.filter(classifications=None)
        return rows.filter(classified_as(Quadrant.UNCLASSIFIED if value == "review" else value))

    def by_papers(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Products one of whose papers lapsed, ends soon, or lacks its days."""
        today, watched = bangkok_day(timezone.now()), Conformity.objects.watched()
        among = {"lapsed": watched.lapsed(today), "soon": watched.ending(today, WATCH_DAYS[0]), "undated": watched.undated()}
        return rows.filter(has_papers(among[value]))

    def by_completeness(self, rows: QuerySet[Product], _name: str, value: str) -> QuerySet[Product]:
        """Products that have all a round asks of the register, or those that lack it."""
        return rows.complete() if value == "yes" else rows.filter(category=None)  # type: ignore[attr-defined]


class AppointmentFilter(django_filters.FilterSet):
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

    class Meta:
        model = Appointment
        fields = ["user", "area", "office", "state"]
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User, today: date) -> None:
        super().__init__(data, queryset)
        self.form.fields["area"].user = user
        self.today = today

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Any part of the Thai or English name."""
        typed = normalise(value)
        return rows.filter(Q(user__name_th__icontains=typed) | Q(user__name_en__icontains=typed)) if typed else rows

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """The rows of one choice; what a list shows when nothing is asked is in `rows`."""
        if value == "coming":
            return rows.filter(starts_on__gt=self.today)
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

    @property
    def is_asked(self) -> bool:
        """True when the list is narrowed by anything."""
        return any(self.data.get(name) for name in (*self.form.fields, "area_typed"))
