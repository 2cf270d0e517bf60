"""Tries to sign in, kept for minutes, so that guessing is braked whatever number of processes serve."""

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
