"""Long work with progress: the row is the truth, the broker only nudges."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.models.rows import EditableRow


class JobState(models.TextChoices):
    QUEUED = "queued", _("waiting its turn")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def visible_to(self, user: object) -> "JobQuerySet":
        """One's own jobs only."""
        return self.filter(created_by=user) if getattr(user, "is_authenticated", False) else self.none()


class Job(EditableRow):
    """One piece of long work on one subject (a public id or a year). Only one of a kind and subject is open at a time."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(db_default=Now())
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    note_th = models.TextField(blank=True)
    note_en = models.TextField(blank=True)
    result = models.JSONField(default=dict, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=["queued", "running"]),
                name="one_open_job_per_subject",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(state__in=["queued", "running"]), name="jobs_due")]

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)

    @property
    def percent(self) -> int:
        """Whole percent done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total else 0
