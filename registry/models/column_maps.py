"""What the columns of a sender's files mean, remembered by their headings."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ColumnMap(models.Model):
    """One sender's word on one row of headings: `fields` names the field of each column in its order, "" for none.

    `digest` is that of the headings, so that the same table is known again whatever its file is called.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="column_maps")
    digest = models.CharField(max_length=64)
    fields = models.JSONField(default=list)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="one_map_of_columns_per_sender")]
