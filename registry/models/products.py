"""Products and their Categories; dated facts of both for the yearly figures."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area, lies_in
from registry.models.producers import Producer
from registry.models.rows import EditableRow, FactRow, Origin
from registry.models.scope import within_reach
from registry.thai import match_key, normalise, sort_key


class Category(models.Model):
    """One of the five kinds of goods; the code is ours, the names are data."""

    code = models.CharField(max_length=12, unique=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class CategoryLabel(models.Model):
    """What a Category was called from a day on: announcements of an older round keep the name they used."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="labels")
    valid_from = models.DateField()
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    source_note = models.TextField(blank=True)

    class Meta:
        ordering = ["category", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["category", "valid_from"], name="one_label_of_a_category_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


def category_name(category: Category, day: date) -> str:
    """What the category was called on that day; its name of today where no label reaches back so far. One query."""
    label = category.labels.filter(valid_from__lte=day).order_by("-valid_from").first()
    return category.name if label is None else label.name


class SubCategory(models.Model):
    """A finer kind of goods within one Category; what is not confirmed says so in its source note."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="subcategories")
    code = models.CharField(max_length=20, unique=True)
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField()
    source_note = models.TextField(blank=True)

    class Meta:
        ordering = ["category__order", "order"]
        constraints = [models.UniqueConstraint(fields=["id", "category"], name="subcategory_with_category")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_th


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, user: object) -> Self:
        """Products within the areas of the user's offices and seats; nothing for a stranger (see Listing for the public)."""
        return within_reach(self, user, "area")

    def within(self, area: Area) -> Self:
        return self.filter(lies_in(area.lft, area.rght))

    def active(self) -> Self:
        return self.filter(ended_on=None)

    def complete(self) -> Self:
        """Products that lack nothing a round asks of the register."""
        return self.exclude(category=None)

    def for_list(self) -> Self:
        """With everything a row of a list shows, in one query."""
        return self.select_related("producer", "category", "subcategory", "area__parent__parent")


class Product(EditableRow):
    """One registered good of a Producer. Without a category it is incomplete and cannot enter a round."""

    producer = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    category_suggested = models.ForeignKey(
        Category, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    subcategory = models.ForeignKey(SubCategory, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    not_live_plant = models.BooleanField(default=False)  # a person said so, where the name sounds like one
    name = models.CharField(_("name"), max_length=250)
    name_en = models.CharField(_("English name"), max_length=250, blank=True)
    name_key = models.CharField(max_length=250, editable=False)
    name_sort = models.CharField(max_length=500, editable=False, db_collation="C")
    area = models.ForeignKey(
        Area, verbose_name=_("tambon of production"), on_delete=models.PROTECT, related_name="products"
    )
    village = models.CharField(_("village"), max_length=120, blank=True)
    story = models.TextField(_("story"), blank=True)
    wisdom = models.TextField(_("local wisdom"), blank=True)
    wisdom_holder = models.CharField(_("wisdom holder"), max_length=160, blank=True)
    wisdom_holder_public = models.BooleanField(default=False)
    process = models.TextField(_("process"), blank=True)
    packaging = models.TextField(_("packaging"), blank=True)
    materials = models.TextField(_("raw materials and their origin"), blank=True)
    price_baht = models.DecimalField(_("price in baht"), max_digits=10, decimal_places=2, null=True, blank=True)
    capacity_month = models.PositiveIntegerField(_("capacity per month"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    registered_on = models.DateField(_("registered on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)
    merged_into = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="merged_here")

    objects = ProductQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "name_key", "area"],
                condition=Q(ended_on=None),
                name="one_product_of_a_name_per_producer",
            ),
            models.UniqueConstraint(fields=["id", "origin"], name="product_with_origin"),
            models.CheckConstraint(condition=~Q(name=""), name="product_has_a_name"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(ended_on__isnull=False) & ~Q(merged_into=F("id")), name="a_merged_product_has_ended"
            ),
            models.CheckConstraint(condition=Q(price_baht=None) | Q(price_baht__gte=0), name="price_is_not_negative"),
            models.CheckConstraint(
                condition=Q(subcategory=None) | ~Q(category=None), name="a_subcategory_needs_its_category"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("registered_on")), name="product_ends_after_it_began"
            ),
        ]
        indexes = [
            models.Index(fields=["name_sort", "id"], name="product_in_thai_order"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="product_name_trigrams"),
            models.Index(fields=["area"], condition=Q(category=None, ended_on=None), name="products_without_category"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        self.set_keys()
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        """Normalises the name and its two keys; bulk writers call it themselves."""
        self.name = normalise(self.name)
        self.name_key, self.name_sort = match_key(self.name), sort_key(self.name)

    @property
    def is_complete(self) -> bool:
        return self.category_id is not None


class ProductFact(FactRow):
    """What was true of a Product from a day on; the yearly figures read these, never today's row."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="facts")
    on = models.DateField()
    category = models.ForeignKey(Category, null=True, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    active = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["product", "-on", "-id"], name="product_facts_by_day")]


class ProductSource(models.Model):
    """Where a Product came from: the identity of an imported row."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="sources")
    source = models.CharField(max_length=80)
    source_ref = models.CharField(max_length=120)
    origin = models.CharField(max_length=6, choices=Origin.choices, default=Origin.REAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "source_ref", "origin"], name="one_product_per_source_row"),
        ]
