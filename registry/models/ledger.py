"""The append-only ledger of selection's acts, the history of the register, and keys that make a form act once."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from registry.models.rows import FactRow


class Leaf(models.Model):
    """A line of the ledger: dense index from 0, canonical bytes, their hash. Written only by `ledger_append` in SQL."""

    index = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=20)
    body = models.BinaryField()
    hash = models.BinaryField(max_length=32)
    public = models.BooleanField(default=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["index"]


class LedgerHead(models.Model):
    """The one row whose lock orders the leaves; always taken last."""

    size = models.BigIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="the_ledger_has_one_head")]


class History(FactRow):
    """One line per act on the register: what changed, from what, to what."""

    act = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    row = models.CharField(max_length=20)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    acting_as = models.ForeignKey(
        "registry.Appointment", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["kind", "row", "-id"], name="history_of_a_row")]


class FormKey(models.Model):
    """A form that was answered: the same key again gets the first answer instead of a second act."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    answer = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="a_form_acts_once_per_user")]


class Draft(models.Model):
    """Unsent typing of one user on one page, kept on the server."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    page = models.CharField(max_length=200)
    typed = models.JSONField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "page"], name="one_draft_per_user_and_page")]
