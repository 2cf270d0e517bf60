"""People of a producer, kept sealed: who they are, what they agreed to publish, who looked, and how long it is kept."""

import logging
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.people import Office
from registry.models.producers import Producer
from registry.models.rows import EditableRow, FactRow
from registry.personal import HIDDEN, LOOKS_SEALED, Unreadable, blind_key, mask, seal, unseal

logger = logging.getLogger(__name__)

KEEPERS = (Office.RECORDER, Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER)
SEALED = ("first_name", "last_name", "national_id", "phone", "address")
FOUND_BY = ("national_id", "phone")


class SealedField(models.TextField):
    """A personal value as AES-GCM left it; read with `Person.told`, written with `Person.tell`, never filtered by."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """A text for migrations, which hold no live code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", list(args), kwargs


class PersonRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    OWNER = "owner", _("Owner")
    CONTACT = "contact", _("Contact")


def keeping_range(user: Any) -> list[tuple[int, int]]:
    """The (lft, rght) ranges of the offices that keep personal data; seats and the administrator's office give none.

    One query, kept for the life of the user object, which is one request.
    """
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return []
    kept: list[tuple[int, int]] | None = vars(user).get("_keeping")
    if kept is None:
        held = user.appointments.active_today().filter(office__in=KEEPERS).values("area")
        kept = list(Area.objects.filter(pk__in=held).order_by("lft").values_list("lft", "rght").distinct())
        vars(user)["_keeping"] = kept
    return kept


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any) -> Self:
        """People of producers in the areas whose office the user holds, real with real and samples with samples."""
        ranges = keeping_range(user)
        if not ranges:
            return self.none()
        reached = Q()
        for lft, rght in ranges:
            reached |= lies_in(lft, rght, "producer__area")
        return self.filter(reached, producer__origin=user.origin)

    def with_number(self, field: str, number: str) -> Self:
        """Whose `field` (of FOUND_BY) is this number, in its stored form; found by the keyed index."""
        return self.filter(**{f"{field}_key": blind_key(number, field)}) if number else self.none()

    def kept(self) -> Self:
        """Those whose data have not been erased."""
        return self.filter(erased_at=None)


class Person(EditableRow):
    """One person of a producer. Every personal value is sealed; the row stays when its data are erased."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(_("role"), max_length=7, choices=PersonRole.choices)
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = SealedField(_("given name"), blank=True)
    last_name = SealedField(_("family name"), blank=True)
    national_id = SealedField(_("national ID"), blank=True)
    phone = SealedField(_("telephone"), blank=True)
    address = SealedField(_("address"), blank=True)
    national_id_key = models.CharField(max_length=64, blank=True, editable=False)
    phone_key = models.CharField(max_length=64, blank=True, editable=False)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)
    erased_why = models.CharField(max_length=200, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            *(
                models.CheckConstraint(condition=Q(**{f"{field}__regex": LOOKS_SEALED}), name=f"{field}_is_kept_sealed")
                for field in SEALED
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(**dict.fromkeys((*SEALED, "national_id_key", "phone_key", "title"), "")),
                name="an_erased_person_holds_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(erased_at=None) | ~Q(first_name=""), name="a_person_who_is_kept_has_a_name"
            ),
            models.UniqueConstraint(
                fields=["producer", "national_id_key"], condition=Q(left_on=None) & ~Q(national_id_key=""),
                name="a_person_is_recorded_once_per_producer",
            ),
            models.UniqueConstraint(
                fields=["producer"], condition=Q(role="chair", left_on=None, erased_at=None),
                name="a_producer_has_one_chair",
            ),
        ]
        indexes = [
            models.Index(fields=["national_id_key"], condition=~Q(national_id_key=""), name="people_by_national_id"),
            models.Index(fields=["phone_key"], condition=~Q(phone_key=""), name="people_by_phone"),
        ]

    def tell(self, field: str, text: str) -> None:
        """Puts a value in, sealed for this row (which has its public id) and with its index where it has one."""
        setattr(self, field, seal(text, table=self._meta.db_table, row=self.public_id, field=field))
        if field in FOUND_BY:
            setattr(self, f"{field}_key", blind_key(text, field))

    def told(self, field: str) -> str:
        """The value as it was told; to be shown only where a reason has been given and logged."""
        return unseal(getattr(self, field), table=self._meta.db_table, row=self.public_id, field=field)

    def readable(self, field: str) -> str | None:
        """`told`, or None where the value does not open because its key is missing or it was moved here."""
        try:
            return self.told(field)
        except Unreadable:
            logger.error("a sealed value does not open: person %s, %s", self.public_id, field)  # noqa: TRY400 - no trace of keys
            return None

    @property
    def full_name(self) -> str:
        """Title, given and family name, unmasked."""
        return f"{self.title}{self.told('first_name')} {self.told('last_name')}".strip()

    @property
    def masked(self) -> dict[str, str]:
        """Each value as it may be shown without a reason; hidden whole where it does not open."""
        read = {field: self.readable(field) for field in SEALED}
        shown = {field: HIDDEN if text is None else mask(field, text) for field, text in read.items()}
        given = HIDDEN if read["first_name"] is None else read["first_name"]
        return shown | {"name": f"{self.title}{given} {shown['last_name']}".strip(), "first_name": given}

    @property
    def public_kinds(self) -> list[str]:
        """What of the person is public now, in words; no query where the consents were fetched before."""
        if self.left_on is not None or self.erased_at is not None:
            return []
        return [str(consent.get_kind_display()) for consent in self.consents.all() if consent.withdrawn_on is None]

    @property
    def ended_on(self) -> date | None:
        """The day from which the register needs this person no more: he left, or his producer ended."""
        days = [day for day in (self.left_on, self.producer.ended_on) if day is not None]
        return min(days, default=None)


class ConsentKind(models.TextChoices):
    NAME = "name", _("Name")
    PHONE = "phone", _("Telephone number")


class ConsentWay(models.TextChoices):
    PAPER = "paper", _("A signed paper")
    SPOKEN = "spoken", _("Said to an officer")
    MINUTES = "minutes", _("In the minutes of a meeting")


class Consent(EditableRow):
    """A person agreed that his name or number is public: when, by what, and when he took it back. Frozen but for that."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(_("what may be public"), max_length=5, choices=ConsentKind.choices)
    way = models.CharField(_("given by"), max_length=7, choices=ConsentWay.choices)
    paper = models.CharField(_("paper or words"), max_length=120)
    given_on = models.DateField(_("given on"))
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(withdrawn_on=None), name="one_live_consent_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="a_consent_is_withdrawn_after_it_was_given",
            ),
        ]


def agreed_people(producer: Producer) -> models.QuerySet[Person]:
    """The producer's people in office who agreed to be public in name or number, told by `name_agreed`, `phone_agreed`."""
    live = Consent.objects.filter(person=OuterRef("pk"), withdrawn_on=None)
    people = Person.objects.kept().filter(producer=producer, left_on=None).annotate(
        name_agreed=Exists(live.filter(kind=ConsentKind.NAME)), phone_agreed=Exists(live.filter(kind=ConsentKind.PHONE)),
    )
    return people.filter(Q(name_agreed=True) | Q(phone_agreed=True))


class ReadKind(models.TextChoices):
    REVEAL = "reveal", _("unmasked")
    COPY = "copy", _("access copy")
    LOOKUP = "lookup", _("search by number")


class ReadReason(models.TextChoices):
    CONTACT = "contact", _("To call or write to the person about the producer")
    IDENTITY = "identity", _("To compare with a card or paper before me")
    REQUEST = "request", _("The person asks to see or correct the data")
    AUDIT = "audit", _("Audit or inspection by order")


class RevealLog(FactRow):
    """One time somebody read personal data unmasked or searched by a number; append-only, and without what was read."""

    kind = models.CharField(max_length=6, choices=ReadKind.choices)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="reads")
    fields = models.CharField(max_length=200)
    reason = models.CharField(max_length=8, choices=ReadReason.choices)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="lookup", person=None) | ~Q(kind="lookup") & Q(person__isnull=False),
                name="a_read_names_its_person_and_a_search_none",
            ),
        ]
        indexes = [models.Index(fields=["by", "-at"], name="reads_of_a_user_by_day")]

    @property
    def field_list(self) -> list[str]:
        return self.fields.split(",")


class RetentionRule(models.Model):
    """How long a kind of personal data is kept, as data: least while needed, at most so many days after its end."""

    kind = models.CharField(max_length=12, unique=True)
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    needed_while_registered = models.BooleanField(default=False)
    keep_days = models.PositiveIntegerField(default=0)
    erase_after_days = models.PositiveIntegerField()
    ground_th = models.TextField()
    ground_en = models.TextField()
    source_note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(erase_after_days__gte=F("keep_days")), name="data_is_erased_after_it_must_be_kept"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th

    @property
    def ground(self) -> str:
        return self.ground_en if get_language() == "en" else self.ground_th
