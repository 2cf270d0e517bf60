"""Support plans: lines of help with amounts and sources, joined upward at stages 2 and 3."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Area, EditableRow, lies_in, within_reach
from selection.models.entries import Entry
from selection.models.panels import Panel


class SupportLineQuerySet(models.QuerySet["SupportLine"]):
    def visible_to(self, user: Any) -> Self:
        return within_reach(self, user, "area")

    def within(self, area: Area) -> Self:
        return self.filter(lies_in(area.lft, area.rght))


class SupportLine(EditableRow):
    """Help for one entry, as the panel of an area plans it: what, from which budget, how much (whole baht)."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="support_lines")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="support_lines")
    help = models.CharField(_("help"), max_length=300)
    budget = models.CharField(_("source of the budget"), max_length=200)
    amount_baht = models.PositiveBigIntegerField(_("amount in baht"))

    objects = SupportLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(help="") & ~Q(budget=""), name="a_support_line_says_what_and_from_where"
            ),
        ]
