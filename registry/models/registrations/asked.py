"""What a registration is asked for and when: windows, papers, the lines of the check list."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.rows import EditableRow


class Bilingual(models.Model):
    """A name kept in two columns."""

    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    source_note = models.TextField(_("source"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class WindowQuerySet(models.QuerySet["RegistrationWindow"]):
    def open_on(self, day: date) -> Self:
        """The window in which a registration can be filed on `day`: one at most."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def after(self, day: date) -> Self:
        return self.filter(opens_on__gt=day).order_by("opens_on")


class RegistrationWindow(EditableRow):
    """Days within one quarter of a fiscal year (BE) in which registrations are filed; both days included.

    `renew_before`: registrations filed before that day are asked to be renewed in this window; nobody when it is empty.
    """

    fiscal_year_be = models.PositiveSmallIntegerField(_("fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    renew_before = models.DateField(_("registrations before this day are renewed"), null=True, blank=True)
    source_note = models.TextField(_("source"), blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year_be", "quarter"], name="one_registration_window_per_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="a_year_has_four_quarters"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="window_closes_after_it_opened"),
            ExclusionConstraint(
                name="registration_windows_do_not_overlap",
                expressions=[(
                    Func(F("opens_on"), F("closes_on"), models.Value("[]"), function="daterange",
                         output_field=DateRangeField()), RangeOperators.OVERLAPS,
                )],
            ),
        ]

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


class PaperNeed(Bilingual):
    """A kind of paper a registration asks for, from which types of producer, and whether it must be there."""

    code = models.CharField(max_length=30, unique=True)
    for_group = models.BooleanField(_("asked of groups"), default=True)
    for_owner = models.BooleanField(_("asked of single owners"), default=True)
    for_sme = models.BooleanField(_("asked of enterprises"), default=True)
    must = models.BooleanField(_("must be there"), default=True)

    class Meta:
        ordering = ["order", "code"]

    def is_asked_of(self, type: str) -> bool:  # noqa: A002
        return bool(getattr(self, f"for_{type}"))


class CheckItem(Bilingual):
    """A line of the officer's check list, about the whole registration or about each of its products."""

    code = models.CharField(max_length=30, unique=True)
    per_product = models.BooleanField(_("asked of each product"), default=False)
    strikes = models.BooleanField(_("“no” strikes the product"), default=False)
    may_not_apply = models.BooleanField(_("may not apply"), default=False)

    class Meta:
        ordering = ["per_product", "order", "code"]
