"""Pairs of rows that may be one and the same, found by name and place, and the word of people who said that they are two."""

from collections.abc import Callable
from typing import Any, Self

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import MD5, Cast, Coalesce, Concat, NullIf

from registry.models.areas import Area, lies_in
from registry.models.producers import Producer, ProducerQuerySet
from registry.models.products import Product, ProductQuerySet
from registry.models.rows import FactRow
from registry.models.scope import within_reach
from registry.thai import COMMON_BEGINNINGS, COMMON_WORDS, match_key

# what counts as alike, 0 to 1: of producers in one tambon and in one amphoe; of products of one producer, and of
# products of one tambon whose producers are alike as well
LEAST_HERE, LEAST_NEAR, LEAST_OWN, LEAST_OTHERS, LEAST_MAKERS = 0.5, 0.75, 0.6, 0.7, 0.6
MOST_SHOWN = 5
PRODUCER_NOISE = "|".join([*sorted({match_key(word) for word in COMMON_WORDS}), "[0-9]+"])
PRODUCT_NOISE = f"^({'|'.join(COMMON_BEGINNINGS)})+"


def stem(key: Any, noise: str) -> Coalesce:
    """What tells a name from others: its key without common words; the whole key where nothing else is left."""
    bare = Func(key, Value(noise), Value(""), Value("g"), function="regexp_replace", output_field=CharField())
    return Coalesce(NullIf(bare, Value("")), key, output_field=CharField())


def numbers(key: Any) -> Func:
    """The numbers in a name, one after another."""
    blank = Func(key, Value("[^0-9]+"), Value(" "), Value("g"), function="regexp_replace", output_field=CharField())
    return Func(blank, function="btrim", output_field=CharField())


def told(fields: tuple[str, ...], prefix: str = "", ref: Callable[[str], Any] = F) -> MD5:
    """A digest of what is compared of a row: while it stays, what people said of the row stays true."""
    said: list[Any] = []
    for field in fields:
        said += [Coalesce(Cast(ref(prefix + field), TextField()), Value(""), output_field=TextField()), Value("|")]
    return MD5(Concat(*said, output_field=TextField()))


def producers_like(rows: ProducerQuerySet, name: str, area: Area, origin: str) -> list[Producer]:
    """Of `rows`, those of the amphoe of the tambon `area` whose names are like this one, the likest first; one query."""
    key = match_key(name)
    there = rows.active().filter(area__parent=area.parent_id, origin=origin).select_related("area__parent__parent")
    typed = stem(Value(key, output_field=CharField()), PRODUCER_NOISE)
    found = there.annotate(
        likeness=TrigramSimilarity(stem(F("name_key"), PRODUCER_NOISE), typed), digits=numbers(F("name_key")),
        typed_digits=numbers(Value(key, output_field=CharField())),
    )  # fmt: skip
    near = Q(area=area, likeness__gte=LEAST_HERE) | Q(likeness__gte=LEAST_NEAR)
    agree = Q(digits="") | Q(typed_digits="") | Q(digits=F("typed_digits"))
    return list(found.filter(near, agree).order_by("-likeness", "id")[:MOST_SHOWN])


def products_like(rows: ProductQuerySet, name: str, producer: Producer, area: Area) -> list[Product]:
    """Of `rows`, those of this producer, or of a like one in the tambon `area`, whose names are like this one; one query."""
    key, text = match_key(name), CharField()
    near = rows.active().filter(Q(producer=producer) | Q(area=area), origin=producer.origin).for_list()
    found = near.annotate(
        likeness=TrigramSimilarity(stem(F("name_key"), PRODUCT_NOISE), stem(Value(key, output_field=text), PRODUCT_NOISE)),
        makers=TrigramSimilarity(
            stem(F("producer__name_key"), PRODUCER_NOISE), stem(Value(producer.name_key, output_field=text), PRODUCER_NOISE)
        ),
        digits=numbers(F("name_key")), typed_digits=numbers(Value(key, output_field=text)),
    )  # fmt: skip
    like = Q(producer=producer, likeness__gte=LEAST_OWN) | Q(likeness__gte=LEAST_OTHERS, makers__gte=LEAST_MAKERS)
    return list(found.filter(like, digits=F("typed_digits")).order_by("-likeness", "id")[:MOST_SHOWN])


class AlikeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Pairs of which the user sees both rows: nobody learns of a row elsewhere by its likeness to one of his own."""
        return within_reach(within_reach(self, user, "one__area"), user, "other__area")

    def within(self, area: Area) -> Self:
        """Pairs one of whose rows lies in the subtree of `area`."""
        return self.filter(lies_in(area.lft, area.rght, "one__area") | lies_in(area.lft, area.rght, "other__area"))

    def open(self) -> Self:
        """Pairs of living rows of which nobody said that they are two, as they stand now."""
        said, fields = self.model.DISTINCT, self.model.DISTINCT.FIELDS
        still = said.objects.filter(
            one=OuterRef("one"), other=OuterRef("other"), one_told=told(fields, "one__", OuterRef),
            other_told=told(fields, "other__", OuterRef),
        )  # fmt: skip
        return self.filter(~Exists(still), one__ended_on=None, other__ended_on=None)

    def for_list(self) -> Self:
        """With everything a row of the list shows, the likest first, in one query."""
        paths = [f"{side}__area__parent__parent" for side in ("one", "other")]
        makers = [f"{side}__producer" for side in ("one", "other")] if self.model is AlikeProducts else []
        return self.select_related(*paths, *makers).order_by("-score", "one__name_sort", "id")


class Alike(models.Model):
    """Two rows whose names and places are alike, `score` of a hundred; found anew by a job, the lower id first."""

    score = models.PositiveSmallIntegerField()
    objects = AlikeQuerySet.as_manager()

    class Meta:
        abstract = True


class Distinct(FactRow):
    """Somebody said that two rows are not the same; it holds while the digests of what is compared of both stay."""

    one_told = models.CharField(max_length=32)
    other_told = models.CharField(max_length=32)
    FIELDS: tuple[str, ...] = ()

    class Meta:
        abstract = True


class DistinctProducers(Distinct):
    one = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    FIELDS = ("name_key", "type", "area_id", "village")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_distinct_producers_in_order")]
        indexes = [models.Index(fields=["one", "other"], name="distinct_producers_by_pair")]


class DistinctProducts(Distinct):
    one = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    FIELDS = ("name_key", "producer_id", "area_id", "village", "category_id")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_distinct_products_in_order")]
        indexes = [models.Index(fields=["one", "other"], name="distinct_products_by_pair")]


class AlikeProducers(Alike):
    one = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Producer, on_delete=models.PROTECT, related_name="+")
    DISTINCT = DistinctProducers

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="alike_producers_stand_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_alike_producers_in_order"),
        ]


class AlikeProducts(Alike):
    one = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    DISTINCT = DistinctProducts

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="alike_products_stand_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="two_alike_products_in_order"),
        ]
