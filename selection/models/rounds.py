"""Rounds, their Stages with rules as data, their star bands, criteria sets and accepted standards."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.levels import LEVEL_CHOICES
from registry.models import Category, EditableRow, Origin, Standard
from selection.models.criteria import CriteriaSet, Named


class RoundKind(models.TextChoices):
    STANDARD = "standard", _("round")
    REHEARSAL = "rehearsal", _("rehearsal")


class RoundState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    ANNOUNCED = "announced", _("announced")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class RoundQuerySet(models.QuerySet["Round"]):
    def visible_to(self, user: object) -> Self:
        """Officers see every round; the public sees a standard round once it is open."""
        if getattr(user, "is_authenticated", False):
            return self.all()
        return self.filter(kind=RoundKind.STANDARD).exclude(state=RoundState.DRAFT)


class Round(EditableRow, Named):
    """One selection: after opening only its state and end may change (trigger)."""

    key = models.CharField(_("key"), max_length=12, unique=True)
    year_be = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(max_length=9, choices=RoundKind.choices, default=RoundKind.STANDARD)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.DRAFT)
    register_closes_on = models.DateField(_("closing day of the register"))
    validity_years = models.PositiveSmallIntegerField(_("certificates are valid for (years)"), default=3)
    spread_limit = models.PositiveIntegerField(default=1000)  # hundredths of a percent of the panel's own maximum
    quorum_percent = models.PositiveSmallIntegerField(default=50)
    notice_days = models.PositiveSmallIntegerField(default=3)
    appeal_days = models.PositiveSmallIntegerField(default=15)
    source_note_th = models.TextField(blank=True)
    source_note_en = models.TextField(blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-year_be", "key"]
        constraints = [
            models.UniqueConstraint(fields=["id", "origin", "kind"], name="round_with_origin_and_kind"),
            models.CheckConstraint(condition=Q(year_be__range=(2500, 2700)), name="round_year_is_buddhist"),
            models.CheckConstraint(condition=Q(key__regex=r"^\d{4}(-[a-z0-9]+)?$"), name="round_key_fits_an_address"),
        ]

    @property
    def is_sample(self) -> bool:
        return self.origin == Origin.SAMPLE


class StageState(models.TextChoices):
    WAITING = "waiting", _("not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class OrderBy(models.TextChoices):
    FORUM = "forum", _("decision of the forum")
    MEMBERS = "members", _("rankings of the members")
    COMMITTEE = "committee", _("decision of the committee")
    TOTAL = "total", _("score total")


class PromotionKind(models.TextChoices):
    ALL = "all", _("all go up")
    QUOTA = "quota", _("a quota")
    LEAST = "least", _("a least total")
    QUOTA_AND_LEAST = "quota_and_least", _("a quota and a least total")


class TieRule(models.TextChoices):
    ALL_UP = "all_up", _("all that tie go up")
    COMMITTEE = "committee", _("the committee decides, with a reason")


class Scope(models.TextChoices):
    ALL = "all", _("all products together")
    CATEGORY = "category", _("each category by itself")


class Stage(models.Model):
    """One of the five of a Round; ordinary, because it is what is locked (sign: FOR SHARE, close: FOR UPDATE)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="stages")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8, choices=LEVEL_CHOICES)
    state = models.CharField(max_length=7, choices=StageState.choices, default=StageState.WAITING)
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    order_by = models.CharField(max_length=9, choices=OrderBy.choices)
    scope = models.CharField(max_length=8, choices=Scope.choices, default=Scope.ALL)
    promotion = models.CharField(max_length=16, choices=PromotionKind.choices)
    quota = models.PositiveSmallIntegerField(null=True, blank=True)
    least_total = models.PositiveIntegerField(null=True, blank=True)
    tie_rule = models.CharField(max_length=9, choices=TieRule.choices, default=TieRule.COMMITTEE)
    award_up_to = models.PositiveSmallIntegerField(default=0)
    asks_eligibility = models.BooleanField(default=False)  # asked of every product that leaves this stage upward

    class Meta:
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="one_stage_of_a_number"),
            models.CheckConstraint(condition=Q(number__range=(1, 5)), name="there_are_five_stages"),
            models.CheckConstraint(condition=Q(award_up_to__lte=5), name="a_stage_awards_five_stars_at_most"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="a_stage_closes_after_it_opens"),
            models.CheckConstraint(
                condition=~Q(promotion__in=["quota", "quota_and_least"]) | Q(quota__gte=1), name="a_quota_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(promotion__in=["least", "quota_and_least"]) | Q(least_total__isnull=False),
                name="a_least_total_has_a_number",
            ),
        ]

    def runs_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


class StarBand(models.Model):
    """The least total (hundredths) for a number of stars in a Round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bands")
    stars = models.PositiveSmallIntegerField()
    least = models.PositiveIntegerField()

    class Meta:
        ordering = ["-stars"]
        constraints = [
            models.UniqueConstraint(fields=["round", "stars"], name="one_band_per_number_of_stars"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="band_stars_are_one_to_five"),
            models.CheckConstraint(condition=Q(least__lte=10000), name="a_band_begins_within_a_hundred_points"),
        ]


class RoundCriteria(models.Model):
    """Which criteria set a Round uses for a category."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="criteria")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="rounds")

    class Meta:
        ordering = ["category__order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "category"], name="one_criteria_set_per_round_and_category")
        ]


class RoundStandard(models.Model):
    """A Standard that makes a product of a category eligible in a Round."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="accepted")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "category", "standard"], name="a_round_accepts_a_standard_once"),
        ]
