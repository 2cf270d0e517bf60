"""Tries to sign in, kept for minutes, and the one-time codes with which people set their own password."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class LoginTry(models.Model):
    """One try; `pair` is a keyed digest of user name and address, so the table holds nothing personal."""

    pair = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["pair", "at"], name="login_tries_of_a_pair"),
            models.Index(fields=["at"], name="login_tries_by_age"),
        ]


class LoginCode(models.Model):
    """The newest one-time code of a login; `digest` is keyed, so the table lets nobody in. A new code voids the old."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="login_code")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(null=True)
