"""Registrations: a Producer's filing in a window, with its papers and products, its checks and the committee's decision."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.files import Paper
from registry.models.meetings import Meeting
from registry.models.producers import Producer, ProducerType
from registry.models.products import Product
from registry.models.rows import EditableRow, FactRow, Origin
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


class Bilingual(models.Model):
    """A name kept in two columns."""

    name_th = models.CharField(_("Thai name"), max_length=200)
    name_en = models.CharField(_("English name"), max_length=200)
    source_note = models.TextField(_("source"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class WindowQuerySet(models.QuerySet["RegistrationWindow"]):
    def open_on(self, day: date) -> Self:
        """The window in which a registration can be filed on `day`: one at most."""
        return self.filter(opens_on__lte=day, closes_on__gte=day)

    def after(self, day: date) -> Self:
        return self.filter(opens_on__gt=day).order_by("opens_on")


class RegistrationWindow(EditableRow):
    """Days within one quarter of a fiscal year (BE) in which registrations are filed; both days included.

    `renew_before`: registrations filed before that day are asked to be renewed in this window; nobody when it is empty.
    """

    fiscal_year_be = models.PositiveSmallIntegerField(_("fiscal year"))
    quarter = models.PositiveSmallIntegerField(_("quarter"))
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("closes on"))
    renew_before = models.DateField(_("registrations before this day are renewed"), null=True, blank=True)
    source_note = models.TextField(_("source"), blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year_be", "quarter"], name="one_registration_window_per_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="a_year_has_four_quarters"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="window_closes_after_it_opened"),
            ExclusionConstraint(
                name="registration_windows_do_not_overlap",
                expressions=[(
                    Func(F("opens_on"), F("closes_on"), models.Value("[]"), function="daterange",
                         output_field=DateRangeField()), RangeOperators.OVERLAPS,
                )],
            ),
        ]

    def is_open_on(self, day: date) -> bool:
        return self.opens_on <= day <= self.closes_on


class PaperNeed(Bilingual):
    """A kind of paper a registration asks for, from which types of producer, and whether it must be there."""

    code = models.CharField(max_length=30, unique=True)
    for_group = models.BooleanField(_("asked of groups"), default=True)
    for_owner = models.BooleanField(_("asked of single owners"), default=True)
    for_sme = models.BooleanField(_("asked of enterprises"), default=True)
    must = models.BooleanField(_("must be there"), default=True)

    class Meta:
        ordering = ["order", "code"]

    def is_asked_of(self, type: str) -> bool:  # noqa: A002
        return bool(getattr(self, f"for_{type}"))


class CheckItem(Bilingual):
    """A line of the officer's check list, about the whole registration or about each of its products."""

    code = models.CharField(max_length=30, unique=True)
    per_product = models.BooleanField(_("asked of each product"), default=False)
    strikes = models.BooleanField(_("“no” strikes the product"), default=False)
    may_not_apply = models.BooleanField(_("may not apply"), default=False)

    class Meta:
        ordering = ["per_product", "order", "code"]


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


class RegistrationCheck(FactRow):
    """The officer's check of one filing: the answers, the words, and whether it goes to the committee."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="checks")
    turn = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    position = models.CharField(max_length=120)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "turn"], name="a_filing_is_checked_once"),
            models.CheckConstraint(condition=Q(passed=True) | ~Q(words=""), name="sending_back_says_why"),
        ]


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    NO = "no", _("no")
    NOT_APPLYING = "na", _("does not apply")


class CheckLine(FactRow):
    """One answer of a check, about the whole or about one product."""

    check_of = models.ForeignKey(RegistrationCheck, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey(CheckItem, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer.choices)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_of", "item", "product"], nulls_distinct=False, name="a_check_answers_an_item_once"
            ),
        ]


class Verdict(models.TextChoices):
    """Each is an act of `registry.flow`."""

    REGISTER = "register", _("register")
    REFUSE = "refuse", _("do not register")
    RETURN = "return", _("send back to be completed")


class RegistrationDecision(FactRow):
    """What the amphoe's committee decided at a Meeting about one filing; `voters` took part in it."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="decisions")
    turn = models.PositiveSmallIntegerField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registration_decisions")
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    voters = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "turn"], name="a_filing_is_decided_once"),
            models.CheckConstraint(
                condition=Q(verdict="register") | ~Q(reason=""), name="not_registering_says_why"
            ),
            models.CheckConstraint(condition=Q(voters__gt=0), name="somebody_decided"),
        ]


class OldCode(FactRow):
    """A code of an older register, as it stood there: text whose build-up nobody confirmed, one holder per scheme."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="old_codes")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="old_codes")
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "origin"], name="an_old_code_has_one_holder"),
            models.CheckConstraint(condition=~Q(scheme="") & ~Q(code=""), name="an_old_code_says_its_scheme"),
        ]
