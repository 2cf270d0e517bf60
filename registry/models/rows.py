"""What every editable row has: a public id, a version for compare-and-swap saves, who and when, and its origin."""

from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.public_ids import new_public_id


class Origin(models.TextChoices):
    """Real data and samples are never added together, and every page shows which it is."""

    REAL = "real", _("real")
    SAMPLE = "sample", _("sample")


def free_public_id(model: type[models.Model]) -> str:
    """A public id that no row of `model` has yet (the unique constraint decides the last doubt)."""
    while True:
        candidate = new_public_id()
        if not model._default_manager.filter(public_id=candidate).exists():
            return candidate


def free_public_ids(model: type[models.Model], count: int) -> list[str]:
    """`count` different public ids that no row of `model` has yet, in two queries at most as a rule."""
    found: set[str] = set()
    while len(found) < count:
        fresh = {new_public_id() for _i in range(count - len(found))}
        taken = model._default_manager.filter(public_id__in=fresh).values_list("public_id", flat=True)
        found |= fresh - set(taken)
    return list(found)


class EditableRow(models.Model):
    """An ordinary row: may be changed by an action, never deleted but by erasure and retention."""

    public_id = models.CharField(max_length=8, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(db_default=Now(), editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.public_id:
            self.public_id = free_public_id(type(self))
        super().save(*args, **kwargs)


class FactRow(models.Model):
    """A row that is written once: append-only by grant and by triggers."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


class Today(models.Func):
    """Today in Bangkok by the database's clock."""

    template = "(now() AT TIME ZONE 'Asia/Bangkok')::date"
    output_field = models.DateField()


def ends_rightly() -> Q:
    """A term ends on its first day or later; one that was taken back ended before that day, so that it has none."""
    stands = Q(taken_back=False) & (Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))
    return stands | Q(taken_back=True, ends_on__isnull=False, ends_on__lt=F("starts_on"))


class TermQuerySet(models.QuerySet[Any]):
    """Rows with a term, `starts_on` to `ends_on`, both days included."""

    def active_on(self, day: date | Today) -> Self:
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def active_today(self) -> Self:
        return self.active_on(Today())
