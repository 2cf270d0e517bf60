"""Producers: community groups, single community owners and SMEs, each in one tambon."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.rows import EditableRow, FactRow, Origin
from registry.models.scope import within_reach
from registry.thai import match_key, normalise, sort_key


class ProducerType(models.TextChoices):
    GROUP = "group", _("Community producer group")
    OWNER = "owner", _("Single community owner")
    SME = "sme", _("Small or medium enterprise")


class ProducerQuerySet(models.QuerySet["Producer"]):
    def visible_to(self, user: object) -> Self:
        """Producers within the areas of the user's offices and seats; nothing for a stranger."""
        return within_reach(self, user, "area")

    def within(self, area: Area) -> Self:
        return self.filter(lies_in(area.lft, area.rght))

    def active(self) -> Self:
        return self.filter(ended_on=None)


class Producer(EditableRow):
    """Who makes the product. The names are kept normalised; `name_key` is what equality of names means."""

    type = models.CharField(_("type"), max_length=6, choices=ProducerType.choices, default=ProducerType.GROUP)
    name = models.CharField(_("name"), max_length=250)
    name_key = models.CharField(max_length=250, editable=False)
    name_sort = models.CharField(max_length=500, editable=False, db_collation="C")
    area = models.ForeignKey(Area, verbose_name=_("tambon"), on_delete=models.PROTECT, related_name="producers")
    village = models.CharField(_("village"), max_length=120, blank=True)
    registered_on = models.DateField(_("registered on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_here")

    objects = ProducerQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "area", "origin"],
                condition=Q(ended_on=None),
                name="one_producer_of_a_name_per_tambon",
            ),
            models.UniqueConstraint(fields=["id", "origin"], name="producer_with_origin"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("registered_on")), name="producer_ends_after_it_began"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="producer_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(ended_on__isnull=False) & ~Q(merged_into=F("id")), name="a_merged_producer_has_ended"
            ),
        ]
        indexes = [
            models.Index(fields=["name_sort", "id"], name="producer_in_thai_order"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="producer_name_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Normalises the name and its two keys; bulk writers call it themselves."""
        self.name = normalise(self.name)
        self.name_key, self.name_sort = match_key(self.name), sort_key(self.name)


class ProducerFact(FactRow):
    """What was true of a Producer from a day on; the yearly figures read these, never today's row."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="facts")
    on = models.DateField()
    type = models.CharField(max_length=6, choices=ProducerType.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["producer", "-on", "-id"], name="producer_facts_by_day")]
