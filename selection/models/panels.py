"""Panels: who considers what at a Stage, the working lines of a sitting before it is settled, recusals, assignments."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import Area, Category, Committee, EditableRow, FactRow, Meeting, Seat, TermQuerySet, within_reach
from selection.models.entries import Entry, EntryState
from selection.models.rounds import Stage

TESTS = {
    "wisdom": _("fits local wisdom"),
    "material": _("uses local raw material"),
    "plan": _("fits the community plan"),
}


class PanelState(models.TextChoices):
    OPEN = "open", _("open")
    SETTLED = "settled", _("settled")


class PanelQuerySet(models.QuerySet["Panel"]):
    def visible_to(self, user: Any) -> Self:
        """Panels of the user's areas, and those on which he has a seat."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        seats: TermQuerySet = user.seats.active_today()
        within = within_reach(Panel.objects.all(), user, "area").values("pk")
        return self.filter(Q(pk__in=within) | Q(committee__in=seats.values("committee")))

    def for_list(self) -> Self:
        return self.select_related("stage__round", "area__parent__parent", "category", "committee", "meeting")


class Panel(EditableRow):
    """The body that considers one Area (and Category, where the stage has category scope) at one Stage.

    Stage 1: the forum of a tambon (no committee). 2 and 3: the area's committee. 4: judges of a category. 5: the national one.
    """

    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="panels")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    committee = models.ForeignKey(Committee, null=True, blank=True, on_delete=models.PROTECT, related_name="panels")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="panels")
    state = models.CharField(max_length=7, choices=PanelState.choices, default=PanelState.OPEN)

    objects = PanelQuerySet.as_manager()

    class Meta:
        ordering = ["stage", "area__lft", "category__order"]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "area", "category"], nulls_distinct=False, name="one_panel_per_stage_area_and_category"
            ),
        ]


class ForumLineQuerySet(models.QuerySet["ForumLine"]):
    def standing(self) -> Self:
        """Without the products that were taken back."""
        return self.exclude(entry__state=EntryState.WITHDRAWN)


class ForumLine(EditableRow):
    """What a forum says of one product: three tests with evidence, votes, and whether it is chosen."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="forum_lines")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="forum_line")
    wisdom = models.BooleanField(TESTS["wisdom"], null=True, blank=True)
    wisdom_evidence = models.TextField(_("evidence of local wisdom"), blank=True)
    material = models.BooleanField(TESTS["material"], null=True, blank=True)
    material_evidence = models.TextField(_("evidence of local raw material"), blank=True)
    plan = models.BooleanField(TESTS["plan"], null=True, blank=True)
    plan_evidence = models.TextField(_("evidence from the community plan"), blank=True)
    votes = models.PositiveIntegerField(_("votes"), null=True, blank=True)
    chosen = models.BooleanField(_("chosen"), default=False)
    reason = models.TextField(_("reason"), blank=True)

    objects = ForumLineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]


class RankLine(EditableRow):
    """Where a committee puts one entry before settling: place, reason, and its word where a tie or the marks ask for one."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="rank_lines")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="rank_lines")
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    chosen_at_edge = models.BooleanField(_("chosen at the edge"), default=False)
    edge_reason = models.TextField(_("reason for the choice at the edge"), blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "entry"], name="one_line_per_entry_and_panel"),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1), name="places_begin_at_one"),
        ]


class DecisionOutcome(models.TextChoices):
    CERTIFY = "certify", _("certify")
    HOLD = "hold", _("hold for a later announcement")
    REFUSE = "refuse", _("no star")


class DecisionLine(EditableRow):
    """What the national committee means to do with one entry before it certifies."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="decision_lines")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="decision_line")
    outcome = models.CharField(max_length=7, choices=DecisionOutcome.choices, default=DecisionOutcome.CERTIFY)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="certify") | ~Q(reason=""), name="anything_but_certifying_has_a_reason"
            ),
        ]


class Assignment(models.Model):
    """One judge given one Entry, under the number that stands on the blind sample; frozen."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="assignments")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="assignments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="assignments")
    sample_no = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sample_no", "id"]
        constraints = [
            models.UniqueConstraint(fields=["panel", "entry", "seat"], name="a_judge_is_given_an_entry_once"),
            models.UniqueConstraint(fields=["panel", "seat", "sample_no"], name="one_sample_of_a_number"),
        ]


class Recusal(FactRow):
    """Who left for which item, and why; append-only."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "entry", "seat"], name="one_recusal_per_seat_and_entry")
        ]


class PanelDecision(FactRow):
    """A recorded word that closes what a rule left open (marks still apart after the second sheets); append-only."""

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="decisions")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=12)
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["panel", "entry", "kind"], name="a_panel_decides_a_thing_once")]


class Signing(FactRow):
    """Who signs the minutes of a Panel that settled or certified, worded as on that day; append-only, the newest counts.

    `lines` is a list of {"role": a value of SeatRole or "recorder", "th": lines below the signature, "en": the same}.
    """

    panel = models.ForeignKey(Panel, on_delete=models.PROTECT, related_name="signings")
    lines = models.JSONField()

    class Meta:
        ordering = ["-id"]
