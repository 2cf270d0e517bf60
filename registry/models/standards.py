"""Standards some authority defines, the Products that hold them from one day to another, and what was told of their end."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.clock import last_day_of_term
from registry.models.areas import Area, lies_in
from registry.models.files import Paper
from registry.models.products import Category, Product
from registry.models.rows import EditableRow
from registry.models.scope import within_reach

WATCH_DAYS = (90, 30, 7)


class Standard(models.Model):
    """A mark such as มผช. or อย.; number formats warn, never block; facts not confirmed say so and stay editable."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name_th = models.CharField(_("name in Thai"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    issuer_th = models.CharField(_("issuer in Thai"), max_length=200, blank=True)
    issuer_en = models.CharField(_("issuer in English"), max_length=200, blank=True)
    number_pattern = models.CharField(_("pattern of the number"), max_length=200, blank=True)
    number_example = models.CharField(_("example of a number"), max_length=60, blank=True)
    number_confirmed = models.BooleanField(_("the pattern is confirmed by the issuer"), default=False)
    validity_months = models.PositiveSmallIntegerField(_("usual validity in months"), null=True, blank=True)
    validity_confirmed = models.BooleanField(_("the validity is confirmed by the issuer"), default=False)
    categories = models.ManyToManyField(Category, verbose_name=_("categories it is for"), blank=True, related_name="+")
    source_note_th = models.TextField(_("source note in Thai"), blank=True)
    source_note_en = models.TextField(_("source note in English"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def issuer(self) -> str:
        return (get_language() == "en" and self.issuer_en) or self.issuer_th

    @property
    def source_note(self) -> str:
        return (get_language() == "en" and self.source_note_en) or self.source_note_th

    def usual_end(self, first: date) -> date | None:
        """The last day of a paper that begins on `first`, by the usual validity; None where none is known."""
        return last_day_of_term(first, self.validity_months) if self.validity_months else None


class Standing(StrEnum):
    """What a conformity is worth on a day."""

    HOLDS = "holds"
    SOON = "soon"  # holds, and ends within the watch
    LATER = "later"  # begins on a day to come
    LAPSED = "lapsed"
    UNDATED = "undated"  # the days of its paper are not known: worth nothing until they are


class ConformityQuerySet(models.QuerySet["Conformity"]):
    def visible_to(self, user: object) -> Self:
        """Those of the products the user sees."""
        return within_reach(self, user, "product__area")

    def within(self, area: Area) -> Self:
        return self.filter(lies_in(area.lft, area.rght, "product__area"))

    def watched(self) -> Self:
        """Of products still in the register, and not followed by a later paper of the same standard."""
        return self.filter(product__ended_on=None).filter(~Exists(_followed()))

    def dated(self) -> Self:
        return self.exclude(self.undated_rows())

    def undated(self) -> Self:
        return self.filter(self.undated_rows())

    def lapsed(self, today: date) -> Self:
        return self.filter(valid_to__lt=today)

    def ending(self, today: date, days: int) -> Self:
        """Those whose last day is today or one of the next `days`."""
        return self.filter(valid_to__range=(today, today + timedelta(days=days)))

    def for_list(self) -> Self:
        return self.select_related("standard", "product__producer", "product__area__parent__parent")

    @staticmethod
    def undated_rows() -> Q:
        return Q(valid_from=None) | Q(valid_to=None, no_end=False)


def _followed() -> models.QuerySet["Conformity"]:
    """Papers of the same product and standard that end later than the outer one, or never."""
    same = Conformity.objects.filter(product=OuterRef("product"), standard=OuterRef("standard")).exclude(pk=OuterRef("pk"))
    later = Q(valid_to__gt=OuterRef("valid_to")) | Q(no_end=True) | Q(valid_to=OuterRef("valid_to"), pk__gt=OuterRef("pk"))
    return same.filter(valid_from__isnull=False).filter(later)


def has_papers(of: models.QuerySet["Conformity"]) -> Exists:
    """A condition on products: one of their papers is among `of`, such as `Conformity.objects.watched().lapsed(today)`."""
    return Exists(of.filter(product=OuterRef("pk")))


def lapsed_among(products: Iterable[int], today: date) -> dict[int, list["Conformity"]]:
    """The lapsed papers that nothing followed, by the id of their product; one query."""
    found: dict[int, list[Conformity]] = {}
    rows = Conformity.objects.watched().lapsed(today).filter(product__in=list(products)).select_related("standard")
    for row in rows.order_by("standard__order", "pk"):
        found.setdefault(row.product_id, []).append(row)
    return found


class Conformity(EditableRow):
    """A Product holds a Standard from–to, with its number. Without the days of its paper it counts for nothing."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="conformities")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="conformities")
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)
    no_end = models.BooleanField(_("the paper states no end"), default=False)
    paper = models.ForeignKey(Paper, null=True, editable=False, on_delete=models.PROTECT, related_name="+")

    objects = ConformityQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "standard", "number"], name="a_conformity_is_recorded_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="conformity_ends_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(no_end=False) | Q(valid_to=None), name="a_paper_without_an_end_has_no_last_day"
            ),
        ]
        indexes = [models.Index(fields=["valid_to"], condition=Q(valid_to__isnull=False), name="conformities_by_last_day")]

    @property
    def is_dated(self) -> bool:
        """Both days of the paper are known; that it states no end is known too."""
        return self.valid_from is not None and (self.valid_to is not None or self.no_end)

    def holds_on(self, day: date) -> bool:
        """The paper's days are known and `day` is one of them."""
        return self.standing_on(day) in (Standing.HOLDS, Standing.SOON)

    def standing_on(self, day: date) -> Standing:
        """What the paper is worth on `day`; one that lapsed is lapsed whether its first day is known or not."""
        if self.valid_to is not None and self.valid_to < day:
            return Standing.LAPSED
        if not self.is_dated:
            return Standing.UNDATED
        if self.valid_from is not None and day < self.valid_from:
            return Standing.LATER
        soon = self.valid_to is not None and (self.valid_to - day).days <= WATCH_DAYS[0]
        return Standing.SOON if soon else Standing.HOLDS

    def days_left(self, day: date) -> int | None:
        """Days from `day` to the last one; negative when it is over, None without a last day."""
        return None if self.valid_to is None else (self.valid_to - day).days
