"""What producers sold, by month and channel; and, once a year, whether they still produce. Written once, corrected by a new row."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.producers import Producer
from registry.models.rows import FactRow
from registry.models.scope import within_reach

MOST_SATANG = 10**14 - 1  # below a thousand thousand million baht; what looks odd far below that is a Threshold


class SalesChannel(models.Model):
    """Where goods are sold: at the place, at a fair, online. The list could not be confirmed, so it is data with its source."""

    code = models.SlugField(max_length=12, unique=True)
    name_th = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    other_names = models.TextField(
        blank=True, help_text=_("Other headings of a pasted table that mean this channel, one a line.")
    )
    active = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField(default=0)
    source_note = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Threshold(models.Model):
    """A number that people may set otherwise: when to warn, when to remind, when data count as old."""

    code = models.SlugField(max_length=30, unique=True)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    value = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    source_note = models.TextField(blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(value__gte=1), name="a_threshold_is_one_or_more")]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class SaleSource(models.TextChoices):
    OFFICER = "officer", _("typed by an officer")
    FILE = "file", _("from a spreadsheet")


class SaleQuerySet(models.QuerySet["Sale"]):
    def visible_to(self, user: object) -> Self:
        """Sales of producers within the user's areas."""
        return within_reach(self, user, "producer__area")

    def within_any(self, areas: Iterable[Area]) -> Self:
        """Sales told in one of these areas; none for no area."""
        inside = Q(pk__in=[])
        for area in areas:
            inside |= lies_in(area.lft, area.rght)
        return self.filter(inside)

    def live(self, at: datetime | None = None) -> Self:
        """What is told: rows that no later row took the place of; with `at`, what was told at that moment."""
        later = Sale.objects.filter(supersedes=OuterRef("pk"))
        rows = self
        if at is not None:
            rows, later = rows.filter(at__lt=at), later.filter(at__lt=at)
        return rows.filter(~Exists(later))

    def told(self, at: datetime | None = None) -> Self:
        """Live rows that hold an amount; what was taken back is not told."""
        return self.live(at).exclude(satang=None)

    def of_year(self, year_be: int) -> Self:
        return self.filter(month__gte=date(year_be - 543, 1, 1), month__lt=date(year_be - 542, 1, 1))


class Sale(FactRow):
    """What a Producer sold in a month through a channel, in satang; a correction is a new row that names the old one.

    `area` is the producer's tambon when it was first told, so that a later move alters no past figure. Without an
    amount a correction takes back what was told.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="sales")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    channel = models.ForeignKey(SalesChannel, on_delete=models.PROTECT, related_name="sales")
    satang = models.BigIntegerField(null=True)
    source = models.CharField(max_length=8, choices=SaleSource.choices, default=SaleSource.OFFICER)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    objects = SaleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "month", "channel"], condition=Q(supersedes=None),
                name="one_live_sale_per_producer_month_and_channel",
            ),
            models.UniqueConstraint(fields=["id", "producer", "month", "channel", "area"], name="sale_by_its_cell"),
            models.CheckConstraint(
                condition=Q(satang=None) | Q(satang__gte=0, satang__lte=MOST_SATANG), name="a_sale_is_not_below_zero"
            ),
            models.CheckConstraint(
                condition=Q(satang__isnull=False) | Q(supersedes__isnull=False), name="only_what_was_told_is_taken_back"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_month_is_its_first_day"),
        ]
        indexes = [models.Index(fields=["month", "area"], name="sales_by_month_and_area")]


class StillProducing(models.TextChoices):
    YES = "yes", _("still produces")
    NO = "no", _("produces no more")
    NOT_REACHED = "not_reached", _("not reached")


class Confirmation(FactRow):
    """The yearly answer of a Producer to "still producing?"; one yes or no a year, beside tries that reached nobody."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="confirmations")
    year_be = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=12, choices=StillProducing.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "year_be"], condition=~Q(answer="not_reached"),
                name="one_answer_per_producer_and_year",
            ),
            models.CheckConstraint(condition=Q(year_be__gte=2500, year_be__lte=2699), name="confirmed_for_a_year_be"),
        ]
        indexes = [
            models.Index(fields=["producer", "-at"], condition=Q(answer="yes"), name="last_yes_of_a_producer"),
            models.Index(fields=["year_be", "producer"], name="confirmations_of_a_year"),
        ]


def asked_this_year(year_be: int, *answers: str) -> Exists:
    """Whether the producer (of the outer query) has one of `answers` for the year."""
    rows: Any = Confirmation.objects.filter(producer=OuterRef("pk"), year_be=year_be, answer__in=answers)
    return Exists(rows)



def unasked(year_be: int) -> Q:
    """Producers registered before the year of whom it holds no answer and no try."""
    return Q(registered_on__lt=date(year_be - 543, 1, 1)) & ~Q(asked_this_year(year_be, *StillProducing.values))
