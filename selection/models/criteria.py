"""Criteria as data: sets of parts, groups, items and described levels with points, and worked examples that prove them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models import Category, EditableRow


class Named(models.Model):
    """Data with a name in both languages."""

    name_th = models.CharField(_("Thai name"), max_length=300)
    name_en = models.CharField(_("English name"), max_length=300, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name_th


class CriteriaState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ACTIVE = "active", _("active")


class CriteriaSetQuerySet(models.QuerySet["CriteriaSet"]):
    def visible_to(self, user: object) -> Self:
        """Criteria are no secret: whoever signs in reads them, the public once they are active."""
        return self.all() if getattr(user, "is_authenticated", False) else self.filter(state=CriteriaState.ACTIVE)


class CriteriaSet(EditableRow, Named):
    """What is scored in one category; frozen once active, and marked when it is not the official one."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveSmallIntegerField(default=1)
    official = models.BooleanField(default=False)
    source_note_th = models.TextField(blank=True)
    source_note_en = models.TextField(blank=True)
    state = models.CharField(max_length=6, choices=CriteriaState.choices, default=CriteriaState.DRAFT)

    objects = CriteriaSetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "edition"], name="one_criteria_set_per_category_and_edition"),
            models.CheckConstraint(
                condition=Q(official=True) | ~Q(source_note_th=""), name="an_unofficial_set_says_where_it_is_from"
            ),
        ]


class Part(Named):
    """Part ก, ข or ค of a set; `stage` says at which stage it is scored."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="parts")
    letter = models.CharField(max_length=2)
    stage = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "letter"], name="one_part_of_a_letter"),
            models.CheckConstraint(condition=Q(stage__in=[3, 4]), name="a_part_is_scored_at_stage_three_or_four"),
        ]


class Group(Named):
    """A group of items inside a part."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="groups")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="one_group_of_a_number")]


class Item(Named):
    """One thing that is marked, with its described levels."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["group", "number"], name="one_item_of_a_number")]


class DescribedLevel(models.Model):
    """What deserves how many points (hundredths) on an item."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="levels")
    points = models.PositiveIntegerField()
    text_th = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-points"]
        constraints = [models.UniqueConstraint(fields=["item", "points"], name="one_level_per_points")]

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text_th


class WorkedExample(models.Model):
    """Sheets of part totals, and the total and stars they must give before the set may be activated."""

    criteria_set = models.ForeignKey(CriteriaSet, on_delete=models.PROTECT, related_name="examples")
    sheets = models.JSONField()  # {"ก": [hundredths per sheet, …], …}
    total = models.PositiveIntegerField()
    stars = models.PositiveSmallIntegerField()
