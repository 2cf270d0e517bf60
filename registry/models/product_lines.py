"""Lines told of a Product: what it is made of and from where, where it is sold, which prizes it won."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import Case, Func, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.models.areas import Area
from registry.models.products import Product


class ProductLineQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        """Those that hold now, in their order."""
        return self.filter(ended_at=None).order_by("place", "id")


class ProductLine(models.Model):
    """A line is never altered: another text is a new line, and the old one ends. The product's version guards all of them."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="%(class)s_lines")
    place = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    TOLD: tuple[str, ...] = ()
    objects = ProductLineQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["place", "id"]

    @property
    def told(self) -> tuple[Any, ...]:
        """What the line says, without who and when."""
        return tuple(getattr(self, field) for field in self.TOLD)


class Material(ProductLine):
    """One raw material: its origin is an Area of any level, or a country abroad, or not known; its share in percent."""

    name = models.CharField(_("raw material"), max_length=120)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=80, blank=True)
    share = models.PositiveSmallIntegerField(null=True, blank=True)

    TOLD = ("name", "area", "country", "share")

    class Meta(ProductLine.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="material_has_a_name"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__range=(1, 100)), name="material_share_is_a_percentage"),
            models.CheckConstraint(condition=Q(area=None) | Q(country=""), name="material_comes_from_one_place"),
        ]
        indexes = [models.Index(fields=["product", "place"], condition=Q(ended_at=None), name="live_materials")]


def materials_told(product: OuterRef) -> Subquery:
    """The live materials of a product in one line, as a file tells and takes them: ฝ้าย = นามน 4602 60%; ไหม = ประเทศลาว."""
    def one_text(*parts: Any) -> Func:
        return Func(*parts, function="concat", output_field=models.TextField())

    empty = Value("", output_field=models.TextField())
    origin = Case(
        When(area__isnull=False, then=one_text(Value(" = "), "area__name_th", Value(" "), "area__code")),
        When(~Q(country=""), then=one_text(Value(" = ประเทศ"), "country")), default=empty,
    )  # fmt: skip
    share = Case(When(share__isnull=False, then=one_text(Value(" "), "share", Value("%"))), default=empty)
    lines = Material.objects.filter(product=product).live().order_by().values("product")
    told = StringAgg(one_text("name", origin, share), "; ", order_by=["place", "id"])
    return Subquery(lines.annotate(told=told).values("told"))


class SalesKind(models.TextChoices):
    SHOP = "shop", _("own shop or workshop")
    MARKET = "market", _("market or fair")
    STORE = "store", _("somebody else's shop")
    ONLINE = "online", _("on the internet")
    OTHER = "other", _("elsewhere")


class SalesPlace(ProductLine):
    """Where the product can be bought."""

    kind = models.CharField(max_length=6, choices=SalesKind.choices)
    name = models.CharField(_("place of sale"), max_length=200)

    TOLD = ("kind", "name")

    class Meta(ProductLine.Meta):
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="place_of_sale_has_a_name")]
        indexes = [models.Index(fields=["product", "place"], condition=Q(ended_at=None), name="live_places_of_sale")]


class Prize(ProductLine):
    """A prize from somebody outside the selection (its stars are Awards), with the year and who gave it."""

    year_be = models.PositiveSmallIntegerField(null=True, blank=True)
    name = models.CharField(_("prize"), max_length=200)
    giver = models.CharField(max_length=200, blank=True)

    TOLD = ("year_be", "name", "giver")

    class Meta(ProductLine.Meta):
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="prize_has_a_name"),
            models.CheckConstraint(condition=Q(year_be=None) | Q(year_be__range=(2400, 2700)), name="prize_year_is_buddhist_era"),
        ]
        indexes = [models.Index(fields=["product", "place"], condition=Q(ended_at=None), name="live_prizes")]


def lines_of(product: Product) -> dict[str, list[Any]]:
    """The live lines of a product for its page: materials (with their areas), places of sale, prizes; three queries."""
    return {
        "materials": list(Material.objects.filter(product=product).live().select_related("area__parent__parent")),
        "places": list(SalesPlace.objects.filter(product=product).live()),
        "prizes": list(Prize.objects.filter(product=product).live()),
    }
