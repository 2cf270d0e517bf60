"""Registrations: a Producer's filing in a window, with its papers and products."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.files import Paper
from registry.models.producers import Producer, ProducerType
from registry.models.products import Product
from registry.models.registrations.asked import PaperNeed, RegistrationWindow
from registry.models.rows import EditableRow, Origin
from registry.models.scope import within_reach


class RegistrationState(models.TextChoices):
    """The states of `registry.flow`."""

    DRAFT = "draft", _("being written")
    FILED = "filed", _("filed, waits for the check")
    CHECKED = "checked", _("checked, waits for the committee")
    RETURNED = "returned", _("sent back to be completed")
    REGISTERED = "registered", _("registered")
    REFUSED = "refused", _("not registered")
    RENEWED = "renewed", _("followed by a later registration")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_STATES = ("draft", "filed", "checked", "returned")
WRITTEN_ON = ("draft", "returned")  # its filer may still change it
UNBOUND = ("draft", "returned", "withdrawn")  # may lack what a filing must have
LINKS = ("labour", "material", "management", "benefit")


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: Any) -> Self:
        """Registrations of places within the user's reach; nothing for a stranger."""
        return within_reach(self, user, "area")

    def for_list(self) -> Self:
        """With everything a row of a list shows, in one query."""
        return self.select_related("producer", "window", "area__parent__parent")


class Registration(EditableRow):
    """One filing of a Producer as one of the three types. Each `link_…` tells how the community takes part; empty is no.

    `area` is the tambon the producer is registered in and `site` where it produces: both in one amphoe. `turn` counts
    the filings. `renews` is the standing registration that this one follows, of the same type or (growth) of another.
    """

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="registrations")
    window = models.ForeignKey(RegistrationWindow, null=True, on_delete=models.PROTECT, related_name="registrations")
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    type = models.CharField(_("type"), max_length=6, choices=ProducerType.choices)
    state = models.CharField(max_length=10, choices=RegistrationState.choices, default=RegistrationState.DRAFT)
    turn = models.PositiveSmallIntegerField(default=0)
    filed_on = models.DateField(null=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="registrations")
    site = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    site_address = models.CharField(max_length=200, blank=True)
    founded_on = models.DateField(null=True)
    members = models.PositiveIntegerField(null=True)
    juristic_number = models.CharField(max_length=13, blank=True)
    thai_nationals = models.BooleanField(default=False)
    link_labour = models.CharField(max_length=300, blank=True)
    link_material = models.CharField(max_length=300, blank=True)
    link_management = models.CharField(max_length=300, blank=True)
    link_benefit = models.CharField(max_length=300, blank=True)
    products = models.ManyToManyField(Product, related_name="registrations")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["area", "state"], name="registrations_by_place")]
        constraints = [
            models.UniqueConstraint(
                fields=["producer"], condition=Q(state__in=OPEN_STATES), name="one_open_registration_per_producer"
            ),
            models.UniqueConstraint(
                fields=["producer"], condition=Q(state="registered"), name="one_standing_registration_per_producer"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | Q(window__isnull=False, filed_on__isnull=False, turn__gt=0),
                name="a_filing_names_its_window",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | ~Q(**{f"link_{link}": "" for link in LINKS}),
                name="a_registered_producer_is_linked_to_its_community",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | Q(thai_nationals=True), name="a_registered_producer_is_thai"
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | ~Q(type="group") | Q(founded_on__isnull=False, members__isnull=False, members__gt=0),
                name="a_group_has_members_and_a_founding_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNBOUND) | ~Q(type="sme") | ~Q(juristic_number=""),
                name="an_enterprise_has_its_juristic_number",
            ),
            models.CheckConstraint(
                condition=Q(juristic_number="") | Q(type="sme", juristic_number__regex=r"^0[0-9]{12}$"),
                name="a_juristic_number_is_thirteen_digits_of_an_enterprise",
            ),
        ]

    @property
    def is_growth(self) -> bool:
        """Whether it carries the producer from one type to another."""
        return self.renews is not None and self.renews.type != self.type

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_written_on(self) -> bool:
        return self.state in WRITTEN_ON

    @property
    def links(self) -> dict[str, str]:
        """The links that are told, by kind."""
        return {link: told for link in LINKS if (told := getattr(self, f"link_{link}"))}


class RegistrationPaper(models.Model):
    """A Paper given with a Registration; one taken back keeps its line and the day."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="papers")
    need = models.ForeignKey(PaperNeed, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["need__order", "id"]
