"""Entries: one Product in one Round, which knows its current Stage."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.models import Area, Category, EditableRow, Origin, Product, lies_in, within_reach
from selection.models.rounds import Round


class EntryState(models.TextChoices):
    COMPETING = "competing", _("being considered")
    STOPPED = "stopped", _("stopped here")
    DECIDED = "decided", _("decided")
    WITHDRAWN = "withdrawn", _("withdrawn")


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_round(self) -> Self:
        """Without what was taken back."""
        return self.exclude(state=EntryState.WITHDRAWN)

    def visible_to(self, user: Any) -> Self:
        """Entries within the user's areas; judges reach theirs only through their blind sheets."""
        return within_reach(self, user, "area")

    def within(self, area: Area) -> Self:
        return self.filter(lies_in(area.lft, area.rght))

    def for_list(self) -> Self:
        return self.select_related("product", "product__producer", "category", "area__parent__parent", "round")


class Entry(EditableRow):
    """One Product in one Round: its category and tambon as they were when it entered, its stage and state.

    What is taken back keeps its row and may enter anew as another. A trigger demands a Placement that sends it up before `stage` may grow.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="entries")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="entries")
    origin = models.CharField(max_length=6, choices=Origin.choices)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="entries")
    stage = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=EntryState.choices, default=EntryState.COMPETING)
    entered_on = models.DateField()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "product"], condition=~Q(state="withdrawn"), name="a_product_enters_a_round_once"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_on__gte=F("entered_on")) | (~Q(state="withdrawn") & Q(withdrawn_on=None)),
                name="what_is_taken_back_has_its_day",
            ),
            models.UniqueConstraint(fields=["id", "origin"], name="entry_with_origin"),
            models.UniqueConstraint(fields=["id", "round"], name="entry_with_round"),
            models.CheckConstraint(condition=Q(stage__range=(1, 5)), name="an_entry_stands_at_one_of_five_stages"),
        ]
        indexes = [models.Index(fields=["round", "stage", "state"], name="entries_by_stage")]
