"""Codes of older registers, kept as they stood there."""

from django.db import models
from django.db.models import Q

from registry.models.producers import Producer
from registry.models.products import Product
from registry.models.rows import FactRow, Origin


class OldCode(FactRow):
    """A code of an older register, as it stood there: text whose build-up nobody confirmed, one holder per scheme."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="old_codes")
    product = models.ForeignKey(Product, null=True, on_delete=models.PROTECT, related_name="old_codes")
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=60)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code", "origin"], name="an_old_code_has_one_holder"),
            models.CheckConstraint(condition=~Q(scheme="") & ~Q(code=""), name="an_old_code_says_its_scheme"),
        ]
