"""Photographs of Products: what was re-encoded from an upload, where its focus lies, and what it shows in words."""

from collections.abc import Iterable
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from registry.models.listing import Listing
from registry.models.products import Product
from registry.models.rows import EditableRow
from registry.models.scope import within_reach

FOCUS_POINTS = (0, 50, 100)  # percent from the left and from the top; the style sheet has a class for each


class PhotoQuerySet(models.QuerySet["Photo"]):
    def visible_to(self, user: object) -> Self:
        """Photos of the products within the user's areas; what the public sees are those `listed_for`."""
        return within_reach(self, user, "product__area")

    def listed_for(self, user: object) -> Self:
        """Photos of listed products: what anybody may see, and nothing else."""
        return self.filter(product__in=Listing.objects.visible_to(user).values("product"))

    def live(self) -> Self:
        """Those that were not taken away, in their order."""
        return self.filter(ended_at=None).order_by("place", "id")

    def firsts(self) -> Self:
        """The first live photo of each product."""
        return self.filter(ended_at=None).order_by("product_id", "place", "id").distinct("product_id")


class Photo(EditableRow):
    """One picture of a Product in one or more widths; its files are named by the content of the largest.

    Taken away, the row ends and its files are no longer given out; nothing of the upload itself is ever kept.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="photos")
    place = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    widths = ArrayField(models.PositiveSmallIntegerField())
    focus_x = models.PositiveSmallIntegerField(default=50)
    focus_y = models.PositiveSmallIntegerField(default=50)
    alt_th = models.CharField(max_length=200, blank=True)
    alt_en = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "digest"], condition=Q(ended_at=None), name="a_picture_stands_once_with_its_product"
            ),
            models.CheckConstraint(condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="photo_digest_is_sha256"),
            models.CheckConstraint(
                condition=Q(focus_x__range=(0, 100), focus_y__range=(0, 100)), name="photo_focus_lies_in_the_picture"
            ),
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, widths__contains=[F("width")]),
                name="photo_has_its_own_width_among_its_sizes",
            ),
        ]
        indexes = [models.Index(fields=["product", "place"], condition=Q(ended_at=None), name="live_photos_in_order")]

    def file(self, width: int) -> str:
        """The name in public storage of the file of this width."""
        return photo_file(self.digest, width)

    @property
    def alt(self) -> str:
        """What it shows, in the reader's language where it was written in it; empty when nobody wrote it yet."""
        return self.alt_en if get_language() == "en" and self.alt_en else self.alt_th

    @property
    def alt_lang(self) -> str:
        """The language of `alt` where it is not the page's."""
        return "th" if get_language() == "en" and not self.alt_en else ""


def photo_file(digest: str, width: int) -> str:
    """Where the file of this content and width lies in public storage."""
    return f"photos/{digest[:2]}/{digest}-{width}.webp"


def first_photos(products: Iterable[int]) -> dict[int, Photo]:
    """The first live photo of each of the products (ids), for those that have one; one query."""
    return {photo.product_id: photo for photo in Photo.objects.firsts().filter(product__in=list(products))}
