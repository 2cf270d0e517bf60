"""What the list of papers that end soon can be narrowed by."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from registry.filters.parts import AreaFilter, ListFilter
from registry.models import WATCH_DAYS, Conformity, Standard, User


class ExpiryFilter(ListFilter):
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

    class Meta(ListFilter.Meta):
        model = Conformity
        fields = ["within", "standard", "area"]

    def __init__(self, data: QueryDict, queryset: QuerySet[Any], user: User, today: date) -> None:
        super().__init__(data, queryset, user)
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
