"""Users and the Appointments that give them an office in an Area from one day to another."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.rows import EditableRow, Origin, TermQuerySet, ends_rightly
from registry.models.scope import reach, within_reach
from registry.signature import Kind, Signature, Titles, office_title


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> "UserQuerySet":
        """Who holds or held an office or a seat in the viewer's reach, himself, and the logins he made that have no office.

        The centre and the superuser made on the command line see everybody.
        """
        if user.is_superuser or any(lft == 1 for lft, _rght in reach(user)):
            return self
        in_office = within_reach(User.objects.order_by(), user, "appointments__area").values("pk")
        seated = within_reach(User.objects.order_by(), user, "seats__committee__area").values("pk")
        # a join would give whoever holds two offices twice
        officeless = ~Exists(Appointment.objects.order_by().filter(user=OuterRef("pk")))
        mine = Q(officeless, created_by=user) if user.is_authenticated else Q(pk__in=[])
        return self.filter(Q(pk=user.pk) | Q(pk__in=in_office) | Q(pk__in=seated) | mine)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, EditableRow):
    """Somebody who signs in. What he may do follows from Appointments and Seats, read on every request."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=40, blank=True)
    name_th = models.CharField(_("Thai name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name_th"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(username__regex=r"^[a-z0-9][a-z0-9._@-]+$"), name="user_name_is_plain_ascii"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Title joined to the given name without a space, as Thai papers do."""
        return self.name_in(get_language() or "th")

    def name_in(self, language: str) -> str:
        """The full name in one language, whatever is active now."""
        return self.name_en if language == "en" and self.name_en else f"{self.title}{self.name_th}"

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.name_th.split(" ")[0]


class Office(models.TextChoices):
    RECORDER = "recorder", _("Tambon recorder")
    AMPHOE_OFFICER = "amphoe_officer", _("Amphoe officer")
    PROVINCE_OFFICER = "province_officer", _("Province officer")
    CENTRAL_OFFICER = "central_officer", _("Central officer")
    ADMINISTRATOR = "administrator", _("Administrator")


class AppointmentKind(models.TextChoices):
    """How the office is held; the words of an order."""

    SUBSTANTIVE = Kind.SUBSTANTIVE.value, _("Holds the office")
    ACTING = Kind.ACTING.value, _("Acts for the holder")
    IN_POST = Kind.IN_POST.value, _("Acts in the post")
    DELEGATED = Kind.DELEGATED.value, _("By delegation")


class ActingReason(models.TextChoices):
    """Why somebody else acts; never what kind of leave, which is his own affair."""

    VACANT = "vacant", _("The post is vacant")
    LEAVE = "leave", _("The holder is on leave")
    DUTY = "duty", _("The holder is on duty elsewhere")
    UNABLE = "unable", _("The holder cannot do his duty")
    UNSAID = "unsaid", _("Recorded before a reason was asked")


class EndReason(models.TextChoices):
    MOVED = "moved", _("Moved to another post")
    RETIRED = "retired", _("Retired")
    RESIGNED = "resigned", _("Left the service")
    RETURNED = "returned", _("The holder came back")
    REVOKED = "revoked", _("The order was revoked")


LED = (Office.AMPHOE_OFFICER, Office.PROVINCE_OFFICER, Office.CENTRAL_OFFICER)
STANDS_IN = (AppointmentKind.ACTING, AppointmentKind.IN_POST)


# an area as a range of one, so that no extension is needed
ONE_AT_A_TIME = [
    (Func(F("area"), F("area"), Value("[]"), function="int8range", output_field=BigIntegerRangeField()), RangeOperators.OVERLAPS),
    (Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS),
]


class AppointmentQuerySet(TermQuerySet):
    def visible_to(self, user: Any) -> "AppointmentQuerySet":
        """Those in the areas of the viewer's own offices and seats, and his own; all for the command line's superuser."""
        if user.is_superuser:
            return self
        return self.filter(Q(user=user.pk) | Q(pk__in=within_reach(Appointment.objects.order_by(), user, "area").values("pk")))

    def within(self, area: Area) -> "AppointmentQuerySet":
        return self.filter(lies_in(area.lft, area.rght))

    def touching(self, first: Any, last: Any) -> "AppointmentQuerySet":
        """Those with a day in common with the term from `first` to `last` (None: without end)."""
        rows = self.filter(Q(ends_on=None) | Q(ends_on__gte=first), taken_back=False)
        return rows if last is None else rows.filter(starts_on__lte=last)


class Appointment(EditableRow):
    """A User holds an office in an Area from–to, by an order; or stands in for who holds it, or by delegation from him.

    Each office stands at its own level, so at one area (but the centre) there is one kind of office. `position` and
    `stands_as` are the words of the order: his own position, and the one he stands in for; empty ones are worded from
    the office. One that was taken back before its first day has a term without a day: it ends before it would have begun.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    kind = models.CharField(_("how"), max_length=12, choices=AppointmentKind.choices, default=AppointmentKind.SUBSTANTIVE)
    leads = models.BooleanField(_("heads the office"), default=False)
    position = models.CharField(_("position"), max_length=120, blank=True)
    stands_as = models.CharField(_("position stood in for"), max_length=160, blank=True)
    stands_for = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why somebody else acts"), max_length=10, choices=ActingReason.choices, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    order_no = models.CharField(_("order number"), max_length=60)
    order_on = models.DateField(_("date of the order"), null=True, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=10, choices=EndReason.choices, blank=True)
    end_order_no = models.CharField(_("order that ended it"), max_length=60, blank=True)
    taken_back = models.BooleanField(_("taken back before its first day"), default=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ends_rightly(), name="appointment_ends_after_it_began"),
            models.UniqueConstraint(
                fields=["user", "office", "area", "kind"], condition=Q(ends_on=None), name="one_open_appointment_per_office"
            ),
            models.CheckConstraint(
                condition=Q(kind="substantive", stands_for=None, reason="", stands_as="")
                | Q(kind__in=STANDS_IN, stands_for__isnull=False) & ~Q(reason__in=["", "vacant"])
                | Q(kind__in=STANDS_IN, stands_for=None, reason__in=["vacant", "unsaid"])
                | Q(kind="delegated", stands_for__isnull=False, reason=""),
                name="who_stands_in_names_for_whom_and_why",
            ),
            models.CheckConstraint(condition=Q(stands_for=None) | ~Q(stands_for=F("user")), name="nobody_stands_in_for_himself"),
            models.CheckConstraint(condition=Q(leads=False) | Q(office__in=LED), name="only_these_offices_have_a_head"),
            models.CheckConstraint(
                condition=Q(end_reason="", end_order_no="") | Q(ends_on__isnull=False) & ~Q(end_reason="") & ~Q(end_order_no=""),
                name="an_early_end_names_its_order",
            ),
            ExclusionConstraint(
                name="an_office_has_one_head_at_a_time", expressions=ONE_AT_A_TIME,
                condition=Q(leads=True, kind="substantive", origin="real", taken_back=False),
            ),
            ExclusionConstraint(
                name="an_office_of_the_sample_has_one_head_at_a_time", expressions=ONE_AT_A_TIME,
                condition=Q(leads=True, kind="substantive", origin="sample", taken_back=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.office} {self.area.code}"

    @property
    def acting(self) -> bool:
        """True when somebody else's office is held."""
        return self.kind != AppointmentKind.SUBSTANTIVE

    def title(self, language: str, titles: Titles) -> str:
        """The office held or stood in for, as papers word it; `titles` are those of OfficeTitle, read once by who asks."""
        own, area = self.stands_as if self.acting else self.position, self.area
        return (own if language == "th" else "") or office_title(
            titles, self.office, area.level, area.name_th, area.name_en, area.code, leads=self.leads, language=language
        )

    def signature(self, language: str, titles: Titles) -> Signature:
        """Name, position and office as they stand below a signature; the name of who is stood in for beside them."""
        own = self.position if self.acting and language == "th" else ""
        other = self.stands_for.name_in(language) if self.stands_for else ""
        return Signature(self.user.name_in(language), own, Kind(self.kind), self.title(language, titles), other, language)
