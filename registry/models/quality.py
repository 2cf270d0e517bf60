"""Named checks of the register's data: what a row lacks, and how many lacked it, week by week and area by area."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from registry.clock import bangkok_day
from registry.models.areas import Area
from registry.models.imports import Question
from registry.models.photos import Photo
from registry.models.product_lines import Material
from registry.models.rows import FactRow, Origin
from registry.models.sales import Confirmation
from registry.models.standards import Conformity, has_papers


class QualityCheck(models.TextChoices):
    NO_PHOTO = "no_photo", _("No photograph")
    NO_ORIGIN = "no_origin", _("No origin of raw material")
    TAMBON_GUESSED = "tambon_guessed", _("Tambon chosen from a doubtful row")
    NO_PRICE = "no_price", _("No price")
    NO_STORY = "no_story", _("No story")
    NO_CATEGORY = "no_category", _("No category")
    PAPER_EXPIRED = "paper_expired", _("Paper lapsed")
    STALE = "stale", _("Not confirmed for over a year")


OF_PRODUCTS = tuple(check for check in QualityCheck if check is not QualityCheck.STALE)


def lacking(check: str, at: datetime) -> Q:
    """A condition on products: they fail this check (one of OF_PRODUCTS)."""
    plain = {
        QualityCheck.NO_PRICE: Q(price_baht=None), QualityCheck.NO_STORY: Q(story=""),
        QualityCheck.NO_CATEGORY: Q(category=None),
    }  # fmt: skip
    if check in plain:
        return plain[QualityCheck(check)]
    if check == QualityCheck.NO_PHOTO:
        return ~Q(Exists(Photo.objects.filter(product=OuterRef("pk"), ended_at=None)))
    if check == QualityCheck.NO_ORIGIN:
        told = Material.objects.filter(product=OuterRef("pk"), ended_at=None).exclude(area=None, country="")
        return ~Q(Exists(told))
    if check == QualityCheck.TAMBON_GUESSED:
        return Q(Exists(_doubtful()))
    return Q(has_papers(Conformity.objects.watched().lapsed(bangkok_day(at))))


def _doubtful() -> Any:
    """Answered questions about the tambon of the outer product, which nobody has saved since."""
    return Question.objects.filter(
        product=OuterRef("pk"), answer__how="chosen", choices__needs__contains="tambon", answered_at__gte=OuterRef("changed_at")
    )


def stale(at: datetime, days: int) -> Q:
    """A condition on producers: nobody confirmed them in the last `days`, and they were registered before."""
    oldest = at - timedelta(days=days)
    lately = Confirmation.objects.filter(producer=OuterRef("pk"), answer="yes", at__gte=oldest)
    return ~Q(Exists(lately)) & Q(registered_on__lt=bangkok_day(oldest))


class QualityCount(FactRow):
    """How many rows of an area failed a check in the week that began on `week`; `rows` is how many there were."""

    week = models.DateField()
    check_name = models.CharField(max_length=16, choices=QualityCheck.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices)
    count = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["week"]
        constraints = [
            models.UniqueConstraint(fields=["area", "check_name", "origin", "week"], name="a_check_is_counted_once_a_week"),
            models.CheckConstraint(condition=Q(count__lte=F("rows")), name="no_more_fail_than_there_are"),
            models.CheckConstraint(condition=Q(week__iso_week_day=1), name="a_week_is_its_monday"),
        ]


def week_of(at: datetime) -> date:
    """The Monday, in Bangkok, of the week."""
    day = bangkok_day(at)
    return day - timedelta(days=day.weekday())
