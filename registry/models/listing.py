"""The national list: what the public catalogue reads; derived, rebuilt, never edited."""

from collections.abc import Sequence
from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import get_language

from registry.levels import Level
from registry.models.areas import Area
from registry.models.products import Category, Product
from registry.models.rows import Origin, Today
from registry.thai import match_key, normalise, sort_key, to_arabic_digits

LONGEST_SEARCH, MOST_WORDS = 100, 8
LEADING_VOWELS = frozenset("เแโใไ")
LEAST_LETTERS = 3  # what a trigram index can find; shorter words are looked for at the beginning of names


def search_words(typed: str) -> list[str]:
    """The words of a search as the list stores them; words of nothing but signs are passed over."""
    words = to_arabic_digits(normalise(typed[: 4 * LONGEST_SEARCH])[:LONGEST_SEARCH]).split()[:MOST_WORDS]
    return [word for word in words if match_key(word)]


def searched_text(*, names: Sequence[str], places: Sequence[str]) -> str:
    """What a search looks through: all with Arabic digits, the names again without spaces, as many people type them."""
    plain = to_arabic_digits(normalise(" ".join([*names, *places])))
    return " ".join([plain, *(key for name in names if (key := match_key(name)))])


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, user: object) -> Self:
        """The list is for everyone; its samples only where the site stands for trial."""
        return self.all() if settings.OTOP_MODE == "local" else self.exclude(origin=Origin.SAMPLE)

    def matching(self, typed: str) -> Self:
        """Rows that hold every word typed, in name, maker, place or certificate number; all rows for no word.

        Words of one or two letters count anywhere only beside a longer one; alone they stand at the beginning of the
        name, which an index can find.
        """
        words = search_words(typed)
        if not words:
            return self.none() if typed.strip() else self.all()
        rows = self.filter(*(_held(word) for word in words if len(word) >= LEAST_LETTERS))
        short = [word for word in words if len(word) < LEAST_LETTERS]
        if len(short) == len(words):
            rows, short = rows.filter(_begun(short[0])), short[1:]
        return rows.filter(*(_held(word) for word in short))

    def in_force(self, day: date | Today | None = None) -> Self:
        """Listed products whose certificate holds on `day` (default today)."""
        day = day or Today()
        return self.filter(valid_from__lte=day, valid_to__gte=day)

    def within(self, area: Area) -> Self:
        """Listed in the subtree of `area`, by the codes kept on the row; the province's code leads to the index."""
        if area.level == Level.CENTRAL:
            return self.all()
        if area.level == Level.REGION:
            return self.filter(region_code=area.code)
        return self.filter(**{"province_code": area.code[:2], f"{area.level}_code": area.code})


def _held(word: str) -> Q:
    """The word is in the text that is searched, as typed or as its key."""
    key = match_key(word)
    held = Q(searched__icontains=word)
    return held if key == word.casefold() else held | Q(searched__icontains=key)


def _begun(word: str) -> Q:
    """The name begins with the word: the Thai one by the order of the dictionary, so marks do not matter."""
    key = sort_key(word).split("\x01")[0]
    if word.isascii():
        return Q(name_sort__startswith=key) | Q(name_en__istartswith=word)
    alone = key in LEADING_VOWELS  # the order puts such a vowel behind the consonant that is still to come
    return Q(name__startswith=word) if alone else Q(name_sort__startswith=key)


class Listing(models.Model):
    """One announced product with its latest star; names and places are kept on the row so that a list is one query."""

    product = models.OneToOneField(Product, on_delete=models.PROTECT, related_name="listing")
    public_id = models.CharField(max_length=8, unique=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    name = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    name_sort = models.CharField(max_length=500, db_collation="C")
    producer_name = models.CharField(max_length=250)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    area_path_th = models.CharField(max_length=250)
    area_path_en = models.CharField(max_length=250)
    region_code = models.CharField(max_length=4)
    province_code = models.CharField(max_length=2)
    amphoe_code = models.CharField(max_length=4)
    tambon_code = models.CharField(max_length=6)
    searched = models.TextField()
    stars = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8)
    round_key = models.CharField(max_length=12)
    year_be = models.PositiveSmallIntegerField()
    certificate_no = models.CharField(max_length=32)
    announced_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField()

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-stars", "name_sort", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="listed_stars_are_one_to_five"),
        ]
        indexes = [
            models.Index(fields=["-stars", "name_sort", "id"], name="listing_by_stars"),
            models.Index(fields=["name_sort", "id"], name="listing_in_thai_order"),
            models.Index(fields=["province_code", "-stars"], name="listing_by_province"),
            GinIndex(OpClass(Upper("searched"), name="gin_trgm_ops"), name="listing_trigrams"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def area_path(self) -> str:
        return self.area_path_en if get_language() == "en" else self.area_path_th

    @property
    def shown_name(self) -> str:
        """The name for this reader: the English one on English pages, where there is one."""
        return self.name_en if get_language() == "en" and self.name_en else self.name

    @property
    def name_lang(self) -> str:
        """The language of `shown_name` where it is not the page's."""
        return "th" if get_language() == "en" and not self.name_en else ""

    @property
    def maker_lang(self) -> str:
        """The language of the maker's name where it is not the page's."""
        return "th" if get_language() == "en" else ""
