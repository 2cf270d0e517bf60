"""Yearly reports: a frozen year and its Figures."""

from typing import Self

from django.db import models
from django.db.models import Q

from registry.models import EditableRow, Job, Origin


class YearlyReportQuerySet(models.QuerySet["YearlyReport"]):
    def visible_to(self, user: object) -> Self:
        """The figures are for everyone."""
        return self.all()


class YearlyReport(EditableRow):
    """The figures of a year (all of Thailand) for one origin, as canonical bytes; `frozen` once the year is over.

    A frozen report is never rewritten: a correction is a new edition.
    """

    year_be = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=6, choices=Origin.choices)
    edition = models.PositiveSmallIntegerField(default=1)
    as_at = models.DateTimeField()
    frozen = models.BooleanField(default=False)
    body = models.BinaryField()
    digest = models.CharField(max_length=64)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")

    objects = YearlyReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year_be", "origin", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["year_be", "origin", "edition"], name="one_report_per_year_and_edition"),
            models.CheckConstraint(condition=Q(year_be__range=(2500, 2700)), name="report_year_is_buddhist"),
        ]


class Figure(models.Model):
    """One counted number of a report: measure, what it is split by, value and unit."""

    report = models.ForeignKey(YearlyReport, on_delete=models.PROTECT, related_name="figures")
    measure = models.CharField(max_length=40)
    split = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=20, blank=True)
    key2 = models.CharField(max_length=20, blank=True)
    value = models.BigIntegerField()
    unit = models.CharField(max_length=20)

    class Meta:
        ordering = ["measure", "split", "key", "key2"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "measure", "split", "key", "key2"], name="one_figure_per_measure_and_split"
            ),
        ]
