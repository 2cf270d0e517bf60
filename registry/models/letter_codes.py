"""The one-time codes printed on letters, kept so that nobody can read them back."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from registry.models.notices import Notice


class LetterCodeQuerySet(models.QuerySet["LetterCode"]):
    def live_at(self, at: datetime) -> Self:
        return self.filter(ended_at=None, expires_at__gt=at)


class LetterCode(models.Model):
    """The code printed on one letter, kept only as a keyed digest; the first device that opens it is the only one."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    bound = models.CharField(max_length=64, blank=True)
    ended_at = models.DateTimeField(null=True)

    objects = LetterCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice"], condition=Q(ended_at=None), name="a_letter_has_one_live_code"),
            models.CheckConstraint(
                condition=Q(used_at=None, bound="") | Q(used_at__isnull=False) & ~Q(bound=""),
                name="a_used_code_belongs_to_a_device",
            ),
        ]
