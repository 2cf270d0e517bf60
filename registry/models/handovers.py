"""Handing an office over: what was open, told by the one who goes and taken by the one who comes."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.models.people import Appointment, User
from registry.models.rows import EditableRow


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> "HandoverQuerySet":
        """The two whom it is between, and whoever sees the appointment."""
        seen = Appointment.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(taker=user.pk) | Q(appointment__in=seen))


class Handover(EditableRow):
    """One office given to who follows; the giver's word fixes the list (`body`), the taker's makes it a record."""

    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="handovers")
    taker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    order_no = models.CharField(_("order number"), max_length=60)
    held_on = models.DateField(_("day of the handover"))
    body = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["appointment", "taker"], condition=Q(taken_at=None), name="one_open_handover_of_an_office_to_one_person"
            ),
            models.CheckConstraint(
                condition=(Q(given_at=None) & Q(body="")) | (Q(given_at__isnull=False) & ~Q(body="")),
                name="a_list_is_fixed_by_the_word_of_the_giver",
            ),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(taken_at__gte=F("given_at")), name="taken_after_it_was_given"),
        ]


class HandoverRecord(models.Model):
    """What both confirmed, word for word: append-only; the database holds the digest to the body."""

    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="record")
    body = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())
