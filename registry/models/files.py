"""Papers: private files that came in with an act of the register; seen only through their page, by who reaches the place."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.rows import EditableRow, Origin
from registry.models.scope import within_reach


class MediaType(models.TextChoices):
    """What a paper may be; told from its content, never from its name."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


ENDINGS = {MediaType.PDF: (".pdf",), MediaType.JPEG: (".jpg", ".jpeg"), MediaType.PNG: (".png",)}


class PaperQuerySet(models.QuerySet["Paper"]):
    def visible_to(self, user: Any) -> Self:
        """Papers of places within the user's reach, real ones for real users and samples for samples; not erased ones."""
        return within_reach(self, user, "area").filter(origin=getattr(user, "origin", None), erased_at=None)


class Paper(EditableRow):
    """One private file: what it is (`kind`, a word of whoever keeps it), where it belongs, its digest, size and type.

    Frozen but for its erasure, which removes the file and blanks the name. Another paper is another row.
    """

    kind = models.CharField(max_length=30)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the file"), max_length=160, blank=True)
    file = models.FileField(upload_to="papers/%Y/%m/", max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=20, choices=MediaType.choices)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=MediaType.values), name="a_paper_is_a_pdf_or_a_picture"),
            models.CheckConstraint(condition=Q(size__gt=0), name="a_paper_holds_something"),
            models.CheckConstraint(condition=Q(kind__regex=r"^[a-z][a-z0-9_]*$"), name="a_paper_has_a_kind"),
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(file="") & ~Q(name="") | Q(erased_at__isnull=False, file="", name=""),
                name="a_paper_has_its_file_until_it_is_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.media_type != MediaType.PDF
