"""Standing Committees of an Area and the Seats on them."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.people import User
from registry.models.rows import EditableRow, FactRow, Origin, TermQuerySet, Today, ends_rightly
from registry.models.scope import office_reach


class CommitteeKind(models.TextChoices):
    NATIONAL = "national", _("National committee")
    SUB = "sub", _("Sub-committee")
    REGIONAL = "regional", _("Regional committee")
    PROVINCE = "province", _("Province committee")
    AMPHOE = "amphoe", _("Amphoe committee")
    JUDGES = "judges", _("Group of judges")


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: Any) -> "CommitteeQuerySet":
        """Those in the areas of the user's offices, and those on which he sits or will; all for the superuser."""
        if user.is_superuser:
            return self
        sits = Seat.objects.order_by().filter(Q(ends_on=None) | Q(ends_on__gte=Today()), user=user.pk)
        seen = Q(pk__in=sits.values("committee"))
        for lft, rght in office_reach(user):
            seen |= lies_in(lft, rght)
        return self.filter(seen)

    def within(self, area: Area) -> "CommitteeQuerySet":
        return self.filter(lies_in(area.lft, area.rght))

    def lacking(self, role: str, day: date | Today) -> "CommitteeQuerySet":
        """Those on which nobody holds the role (a value of SeatRole) that day."""
        return self.exclude(Exists(Seat.objects.active_on(day).order_by().filter(committee=OuterRef("pk"), role=role)))

    def called(self, part: str) -> "CommitteeQuerySet":
        """Those with this part in a name that they have or had."""
        had = FormerName.objects.filter(Q(name_th__icontains=part) | Q(name_en__icontains=part), committee=OuterRef("pk"))
        return self.filter(Q(name_th__icontains=part) | Q(name_en__icontains=part) | Exists(had))

    def staffed(self, day: date | Today) -> "CommitteeQuerySet":
        """With `seated`, how many sit that day, and whether one is `chaired` and has a `secretary`."""
        there = Seat.objects.active_on(day).order_by().filter(committee=OuterRef("pk"))
        count = there.values("committee").annotate(n=Count("pk")).values("n")
        return self.annotate(
            seated=Coalesce(Subquery(count), 0), chaired=Exists(there.filter(role="chair")),
            secretary=Exists(there.filter(role="secretary")),
        )  # fmt: skip


class Committee(EditableRow):
    """A standing body of an Area, or a group of judges for one category."""

    kind = models.CharField(max_length=10, choices=CommitteeKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="committees")
    category = models.ForeignKey("registry.Category", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area", "category", "origin"],
                condition=~Q(kind="sub"),
                nulls_distinct=False,
                name="one_committee_of_a_kind_per_area_and_category",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.name_th, self.name_en)

    def name_at(self, at: datetime | None) -> str:
        """What it was called up to that moment (None: now), as papers of that time have it."""
        later = [row for row in self.former_names.all() if row.at >= at] if at is not None else []
        return min(later, key=lambda row: row.at).name if later else self.name


def in_language(name_th: str, name_en: str) -> str:
    """The name in the language of the page; the Thai one where there is no English."""
    return name_en if get_language() == "en" and name_en else name_th


class FormerName(FactRow):
    """What a Committee was called until the moment `at`; append-only, for papers of before and for who looks for it."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="former_names")
    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["-at", "-id"]

    @property
    def name(self) -> str:
        return in_language(self.name_th, self.name_en)


class SeatRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    DEPUTY = "deputy", _("Deputy chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Member and secretary")


class Seat(EditableRow):
    """One User on a Committee, with role and term; frozen but for its end, and for being taken back before its first day."""

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="seats")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=10, choices=SeatRole.choices, default=SeatRole.MEMBER)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    taken_back = models.BooleanField(_("taken back before its first day"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "user"], condition=Q(ends_on=None), name="one_open_seat_per_user"
            ),
            models.UniqueConstraint(
                fields=["committee", "role"],
                condition=Q(ends_on=None, role__in=["chair", "secretary"]),
                name="one_chair_and_one_secretary",
            ),
            models.CheckConstraint(condition=ends_rightly(), name="seat_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.user.full_name
