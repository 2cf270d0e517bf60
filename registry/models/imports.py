"""Files that came in, what became of each of their rows, and the questions a person must answer."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.jobs import Job
from registry.models.people import Office
from registry.models.producers import Producer
from registry.models.products import Product
from registry.models.rows import EditableRow, Origin
from registry.models.scope import within_reach


class ImportState(models.TextChoices):
    CHECKING = "checking", _("being checked")
    COLUMNS = "columns", _("waits for its columns to be named")
    CHECKED = "checked", _("checked, waits for your word")
    RUNNING = "running", _("being taken in")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")
    CANCELLED = "cancelled", _("cancelled")


def is_central(user: Any) -> bool:
    """Whether the user is an officer of the centre today; one query, kept for the life of the user object."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    kept: dict[str, bool] = user.__dict__
    if "_is_central" not in kept:
        kept["_is_central"] = user.appointments.active_today().filter(office=Office.CENTRAL_OFFICER).exists()
    return kept["_is_central"]


class ImportFileQuerySet(models.QuerySet["ImportFile"]):
    def visible_to(self, user: Any) -> Self:
        """One's own files; an officer of the centre sees all of his kind (real or sample)."""
        if is_central(user):
            return self.filter(origin=user.origin)
        return self.filter(created_by=user) if getattr(user, "is_authenticated", False) else self.none()


class ImportFile(EditableRow):
    """One uploaded file: who sent it, its digest, how far it got.

    `taken` is how many of its rows, in their order, are taken in: written with them in one transaction, so a run that
    was killed goes on where it stopped. `table` holds the headings as they stand in the file with the first rows
    below (at, cells, examples), `columns` the field of each of them, "" for one that is left out.
    """

    name = models.CharField(max_length=200)
    file = models.FileField(upload_to="imports/%Y/%m/", max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.CHECKING)
    rows = models.PositiveIntegerField(default=0)
    notice = models.JSONField(default=list, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField(default=0)
    problem_th = models.TextField(blank=True)
    problem_en = models.TextField(blank=True)
    table = models.JSONField(null=True, blank=True)
    columns = models.JSONField(null=True, blank=True)
    whole = models.BooleanField(default=False)  # all rows or none
    erased_at = models.DateTimeField(null=True, editable=False)  # when the file itself was taken out of the store

    objects = ImportFileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def problem(self) -> str:
        """Why the file was refused, in the reader's language."""
        return self.problem_en if get_language() == "en" else self.problem_th


class Outcome(models.TextChoices):
    CREATED = "created", _("created")
    MERGED = "merged", _("merged")
    QUESTION = "question", _("question")
    REFUSED = "refused", _("refused")


class ImportRow(models.Model):
    """One row of a file: what it said and its one outcome, with the reason in both languages.

    `outcome` is what would happen (preview) until the file is done, then what happened.
    """

    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="import_rows")
    number = models.PositiveIntegerField()
    source = models.CharField(max_length=80, blank=True)
    source_ref = models.CharField(max_length=120, blank=True)
    said = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    reason = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40, blank=True)
    message_th = models.TextField(blank=True)
    message_en = models.TextField(blank=True)
    area_code = models.CharField(max_length=8, blank=True)
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")
    producer = models.ForeignKey(Producer, null=True, on_delete=models.PROTECT, related_name="+")
    changes = models.JSONField(default=list)  # of a merged row: field, what the register says, what the file says, is it taken

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["file", "number"], name="one_outcome_per_row_of_a_file"),
        ]
        indexes = [models.Index(fields=["file", "outcome", "reason", "number"], name="import_rows_by_outcome")]

    @property
    def message(self) -> str:
        """What became of the row and what to do, in the reader's language."""
        return self.message_en if get_language() == "en" else self.message_th


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Any) -> Self:
        """Questions about places within the user's reach; those of unknown place for the centre and whoever sent the row."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        placeless = self.filter(area=None) if is_central(user) else self.filter(area=None, created_by=user)
        return (within_reach(self, user, "area") | placeless).filter(origin=user.origin)

    def open(self) -> Self:
        return self.filter(answered_at=None)


class Question(EditableRow):
    """What a person must decide about an imported row; the same row asks once, whatever file brings it again.

    `kind` is the reason the row waits; `choices` holds `needs` (name, tambon, producer, product: what to decide) and what
    may be picked: `tambons` (codes), `producers` and `products` (public ids).
    """

    identity = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    said = models.JSONField()
    choices = models.JSONField(default=dict)
    message_th = models.TextField()
    message_en = models.TextField()
    area = models.ForeignKey("registry.Area", null=True, on_delete=models.PROTECT, related_name="+")
    first_row = models.ForeignKey(ImportRow, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    answer = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("registry.User", null=True, on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["area"], condition=Q(answered_at=None), name="open_questions_by_area")]
        constraints = [
            models.UniqueConstraint(fields=["identity", "origin"], name="one_question_per_row_identity"),
            models.CheckConstraint(
                condition=Q(answer=None, answered_at=None) | Q(answer__isnull=False, answered_at__isnull=False),
                name="an_answer_has_its_time",
            ),
        ]

    @property
    def message(self) -> str:
        """What is doubtful, in the reader's language."""
        return self.message_en if get_language() == "en" else self.message_th

    @property
    def is_open(self) -> bool:
        return self.answered_at is None
