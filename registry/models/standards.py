"""Standards some authority defines, and the Products that hold them from one day to another."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.products import Product
from registry.models.rows import EditableRow


class Standard(models.Model):
    """A mark such as มผช. or อย.; number formats warn, never block; facts not confirmed carry a source note."""

    code = models.CharField(max_length=20, unique=True)
    name_th = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    issuer_th = models.CharField(max_length=200, blank=True)
    number_pattern = models.CharField(max_length=200, blank=True)
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)
    source_note = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class Conformity(EditableRow):
    """A Product holds a Standard from–to, with its number."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="conformities")
    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="conformities")
    number = models.CharField(_("number"), max_length=60, blank=True)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "standard", "number"], name="a_conformity_is_recorded_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gte=F("valid_from")),
                name="conformity_ends_after_it_began",
            ),
        ]

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)
