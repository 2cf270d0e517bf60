"""Stars that a published file says a Product won: quoted history with its source, never an Award."""

from django.db import models
from django.db.models import Q

from registry.models.imports import ImportFile
from registry.models.products import Product
from registry.models.rows import FactRow


class StarQuote(FactRow):
    """What one file said of a product for one year. Two files may say otherwise: both stand, each with its source."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="star_quotes")
    year_be = models.PositiveSmallIntegerField()
    stars = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=240)
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-year_be", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "year_be", "stars"], name="stars_of_a_year_are_quoted_once"),
            models.CheckConstraint(condition=Q(stars__gte=1, stars__lte=5), name="quoted_stars_are_one_to_five"),
            models.CheckConstraint(condition=~Q(source=""), name="quoted_stars_name_their_source"),
        ]
