"""Sheets: one Seat's signed marks for one Entry and Part; append-only, a correction is a new Sheet that names the old."""

from typing import Self

from django.db import models
from django.db.models import Q

from registry.models import EditableRow, FactRow, Seat
from selection.models.criteria import Part
from selection.models.entries import Entry
from selection.models.panels import Panel


class SheetQuerySet(models.QuerySet["Sheet"]):
    def live(self) -> Self:
        """Each member's last sheet: those that no other supersedes."""
        return self.filter(superseded_by=None)


class Sheet(FactRow):
    """Signed marks: {item code: hundredths}. `turn` 1 is the first sheet, 2 the second one a wide spread asks for."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="sheets")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="sheets")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    turn = models.PositiveSmallIntegerField(default=1)
    marks = models.JSONField()
    total = models.PositiveIntegerField()
    comment = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    nonce = models.BinaryField(max_length=32)
    supersedes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="superseded_by")

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "entry", "part"],
                condition=Q(supersedes=None),
                name="one_first_sheet_per_seat_entry_and_part",
            ),
            models.CheckConstraint(condition=Q(supersedes=None) | ~Q(reason=""), name="a_second_sheet_has_a_reason"),
        ]


class SheetDraft(EditableRow):
    """Marks not signed yet, kept on the server after every touch."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict)
    comment = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["seat", "entry", "part"], name="one_draft_per_seat_entry_and_part")
        ]
