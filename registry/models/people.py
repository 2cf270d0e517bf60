"""Users and the Appointments that give them an office in an Area from one day to another."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.rows import EditableRow, Origin, TermQuerySet


class UserManager(BaseUserManager["User"]):
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
        if get_language() == "en" and self.name_en:
            return self.name_en
        return f"{self.title}{self.name_th}"

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


class Appointment(EditableRow):
    """A User holds an office in an Area from–to, by an order number; also acting (รักษาราชการแทน)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    office = models.CharField(_("office"), max_length=20, choices=Office.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    order_no = models.CharField(_("order number"), max_length=60)
    acting = models.BooleanField(_("acting"), default=False)

    objects = TermQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_it_began"
            ),
            models.UniqueConstraint(
                fields=["user", "office", "area"], condition=Q(ends_on=None), name="one_open_appointment_per_office"
            ),
        ]
