"""What the lists of producers and products can be narrowed by."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.clock import bangkok_day
from registry.filters.parts import AreaFilter, ListFilter, NameFilter
from registry.models import (
    WATCH_DAYS,
    Category,
    Conformity,
    Producer,
    ProducerType,
    Product,
    User,
    asked_this_year,
    classified_as,
    has_papers,
    unasked,
)
from registry.models.quality import OF_PRODUCTS, QualityCheck, lacking, stale
from registry.quadrant import Quadrant
from registry.rules import thresholds

ENDED = [("yes", _("Ended only"))]


class RegisterFilter(ListFilter):
    """Name, area, and whether the row has ended, which all lists of the register share."""

    name = NameFilter(field_name="name", label=_("Part of the name"))
    area = AreaFilter(field_name="area")
    ended = django_filters.ChoiceFilter(
        label=_("In the register"), method="by_end", choices=ENDED, empty_label=_("Not ended"),
        error_messages={"invalid_choice": _("Choose one of the list.")},
    )

    def by_end(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Ended rows; those not ended are what a list shows when nothing is asked."""
        return rows.exclude(ended_on=None)

    def rows(self) -> QuerySet[Any]:
        """The rows asked for; none when what was asked is not understood, and the form says why."""
        if not self.form.is_valid():
            return self.queryset.none()
        found = self.filter_queryset(self.queryset)
        return found if self.form.cleaned_data["ended"] else found.filter(ended_on=None)


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
