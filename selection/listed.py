"""What the public sees of the national list as a whole: whose it is, its figures in force, its years, what is newest.

Read in one pass and kept until the list changes, so that no page counts it again. Real products and samples are never
added together: once anything real is listed, samples are no longer shown in lists and figures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db import connection
from django.db.models import Count, Q

from registry.models import Category, Listing, Origin, first_photos
from registry.models.listing import ListingQuerySet
from selection.models import Announcement

KEEP_SECONDS = 3600
NEWEST = 5
BAR = 396  # units of the longest bar
STAMP = (
    "SELECT (SELECT max(id) FROM selection_announcement), (SELECT max(id) FROM registry_listing), "
    "(SELECT count(*) FROM registry_areachange WHERE state = 'done'), "
    "(now() AT TIME ZONE 'Asia/Bangkok')::date"
)


@dataclass(frozen=True, slots=True)
class ListState:
    """The list on one day: counts are of products in force, `years` of everything listed, newest first."""

    stamp: str
    today: date
    origin: str
    by_stars: dict[int, int]
    by_province: dict[str, int]
    years: tuple[int, ...]
    announcement: Announcement | None
    newest: tuple[Listing, ...]

    @property
    def is_sample(self) -> bool:
        return self.origin == Origin.SAMPLE

    @property
    def total(self) -> int:
        """How many listed products are in force."""
        return sum(self.by_stars.values())


def stamp() -> tuple[str, date]:
    """What the list's state is kept under, and today in Bangkok; one quick query.

    Every change of the list is an announcement, new rows or a change of areas, and a certificate begins and ends with a day.
    """
    with connection.cursor() as cursor:
        cursor.execute(STAMP)
        announced, listed, areas, today = cursor.fetchone()
    return f"{connection.settings_dict['NAME']}-{announced}-{listed}-{areas}-{today}", today


def list_state(user: object) -> ListState:
    """The list as this reader may see it; one query, three more after the list has changed."""
    found, today = stamp()
    kept: ListState | None = cache.get(f"list-{found}")
    if kept is None:
        kept = _read(Listing.objects.visible_to(user), found, today)
        cache.set(f"list-{found}", kept, KEEP_SECONDS)
    return kept


def shown(user: object, state: ListState) -> ListingQuerySet:
    """The rows that lists and figures may hold: of one origin."""
    return Listing.objects.visible_to(user).filter(origin=state.origin)


def with_photos(rows: Iterable[Listing]) -> list[Listing]:
    """The rows, each with its product's first photo (or None) as `photo`; one query, always asked anew, because a photo
    comes and goes without any change of the list.
    """
    found = list(rows)
    firsts = first_photos(row.product_id for row in found)
    for row in found:
        row.photo = firsts.get(row.product_id)
    return found


def stars_rows(by_stars: Mapping[int, int]) -> list[dict[str, int]]:
    """The numbers by stars from 5 down to 1, each with the length of its bar out of BAR."""
    most = max([1, *by_stars.values()])
    return [
        {"stars": stars, "count": by_stars.get(stars, 0), "wide": BAR * by_stars.get(stars, 0) // most}
        for stars in (5, 4, 3, 2, 1)
    ]


def categories() -> list[Category]:
    """The categories in their order, kept for an hour."""
    found = cache.get_or_set("categories", lambda: list(Category.objects.all()), KEEP_SECONDS)
    return list(found or ())


def _read(rows: ListingQuerySet, found: str, today: date) -> ListState:
    holds = Q(valid_from__lte=today, valid_to__gte=today)
    counted = list(
        rows.order_by().values_list("origin", "stars", "province_code", "year_be").annotate(count=Count("pk", filter=holds))
    )
    origins = {row[0] for row in counted}
    origin = Origin.REAL if Origin.REAL in origins or not origins else Origin.SAMPLE
    by_stars, by_province = Counter[int](), Counter[str]()
    for row_origin, stars, province, _year, count in counted:
        if row_origin == origin and count:
            by_stars[stars] += count
            by_province[province] += count
    years = {row[3] for row in counted if row[0] == origin}
    announcement = (
        Announcement.objects.filter(round__origin=origin).select_related("round").order_by("-announced_on", "-pk").first()
    )
    newest = rows.filter(origin=origin).in_force(today).order_by("-announced_on", "-stars", "name_sort", "pk")
    return ListState(
        stamp=found, today=today, origin=str(origin), by_stars=dict(by_stars), by_province=dict(by_province),
        years=tuple(sorted(years, reverse=True)), announcement=announcement, newest=tuple(newest[:NEWEST]),
    )  # fmt: skip
