"""Rankings and Placements: a settled order with the inputs it came from; append-only."""

from django.db import models
from django.db.models import Q

from registry.models import Area, Category, FactRow
from selection.models.entries import Entry
from selection.models.panels import Panel
from selection.models.rounds import Stage


class Ranking(FactRow):
    """A Panel's settled order: rule, inputs as canonical bytes and their SHA-256."""

    panel = models.OneToOneField(Panel, on_delete=models.PROTECT, related_name="ranking")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="rankings")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    inputs = models.BinaryField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="a_ranking_names_its_inputs"),
        ]


class Placement(models.Model):
    """One Entry's line of a Ranking: place, total so far (hundredths), and whether it goes up, because …"""

    ranking = models.ForeignKey(Ranking, on_delete=models.PROTECT, related_name="placements")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="placements")
    place = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField(null=True)
    up = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "entry"], name="one_placement_per_entry_and_ranking"),
            models.CheckConstraint(condition=Q(place__gte=1), name="a_placement_has_a_place"),
        ]
