"""What was told of papers that end: one row for each last day and threshold, so that it is told once."""

from django.db import models
from django.db.models import Q

from registry.models.rows import FactRow
from registry.models.standards import WATCH_DAYS, Conformity


class ExpiryNotice(FactRow):
    """The officers of a product's place were told that a paper ends within so many days; append-only.

    A paper whose last day is corrected or renewed is another matter, so the last day belongs to what is told.
    """

    conformity = models.ForeignKey(Conformity, on_delete=models.PROTECT, related_name="notices")
    valid_to = models.DateField()
    days = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conformity", "valid_to", "days"], name="an_end_is_told_once_a_threshold"),
            models.CheckConstraint(condition=Q(days__in=WATCH_DAYS), name="an_end_is_told_90_30_or_7_days_ahead"),
        ]
