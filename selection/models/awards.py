"""Awards, the Announcements that publish them and the Certificates that prove them; all append-only."""

from django.db import models
from django.db.models import F, Q

from registry.models import FactRow, Meeting, Origin
from selection.models.entries import Entry
from selection.models.panels import Panel
from selection.models.rounds import Round, RoundKind


class Award(FactRow):
    """The stars an Entry won. Composite foreign keys hold it to a standard round and to the entry's own origin."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="award")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="awards")
    round_kind = models.CharField(max_length=9, default=RoundKind.STANDARD)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="awards")
    stars = models.PositiveSmallIntegerField()
    total = models.PositiveIntegerField()
    stage = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="an_award_is_one_to_five_stars"),
            models.CheckConstraint(condition=Q(round_kind="standard"), name="a_rehearsal_gives_no_award"),
            models.CheckConstraint(condition=Q(total__lte=10000), name="a_total_is_within_a_hundred_points"),
            models.UniqueConstraint(fields=["id", "origin"], name="award_with_origin"),
        ]


class Announcement(FactRow):
    """Awards made public together."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="announcements")
    number = models.PositiveSmallIntegerField()
    announced_on = models.DateField()
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="announcements_of_a_round_are_numbered")
        ]


class Certificate(FactRow):
    """The numbered document of an announced Award."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="certificate")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="certificates")
    origin = models.CharField(max_length=6, choices=Origin.choices)
    number = models.CharField(max_length=32, unique=True)
    valid_from = models.DateField()
    valid_to = models.DateField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="a_certificate_ends_after_it_began"),
        ]
