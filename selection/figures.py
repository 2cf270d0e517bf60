"""Counts a year from dated facts, as at 24:00 on 31 December in Bangkok; never from today's rows."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from registry.clock import end_of_year_be, first_day_of_year_be, last_day_of_year_be
from registry.levels import Level, level_of_code, region_of_province
from registry.models import boundaries_of

# Where something stood by the boundaries of the last day, whatever its area is called or belongs to now.
AREA = """JOIN registry_area a ON a.id = f.area_id
    LEFT JOIN unnest(%(moved)s::bigint[], %(codes)s::text[]) AS was(id, code) ON was.id = a.id"""
AREA_OF_ENTRY = AREA.replace("f.area_id", "e.area_id")

# What was true of each product and producer on the last day of the year: its latest fact up to then.
PRODUCTS = f"""
    SELECT COALESCE(c.code, 'none') AS category, left(COALESCE(was.code, a.code), 2) AS province, COALESCE(was.code, a.code) AS code
    FROM (SELECT DISTINCT ON (f.product_id) f.* FROM registry_productfact f
          JOIN registry_product p ON p.id = f.product_id AND p.origin = %(origin)s
          WHERE f."on" <= %(last_day)s ORDER BY f.product_id, f."on" DESC, f.id DESC) f
    {AREA} LEFT JOIN registry_category c ON c.id = f.category_id
    WHERE f.active
"""  # noqa: S608 - our own words
PRODUCERS = f"""
    SELECT f.type AS type, left(COALESCE(was.code, a.code), 2) AS province, COALESCE(was.code, a.code) AS code
    FROM (SELECT DISTINCT ON (f.producer_id) f.* FROM registry_producerfact f
          JOIN registry_producer p ON p.id = f.producer_id AND p.origin = %(origin)s
          WHERE f."on" <= %(last_day)s ORDER BY f.producer_id, f."on" DESC, f.id DESC) f
    {AREA}
    WHERE f.active
"""  # noqa: S608 - our own words
# Entries of the year in standard rounds, and how far each had come by the end of the year.
ENTRIES = f"""
    SELECT c.code AS category, left(COALESCE(was.code, a.code), 2) AS province,
           LEAST(5, 1 + (SELECT count(*) FROM selection_placement p JOIN selection_ranking r ON r.id = p.ranking_id
                         WHERE p.entry_id = e.id AND p.up AND r.at < %(end)s))::text AS stage
    FROM selection_entry e JOIN selection_round ro ON ro.id = e.round_id AND ro.kind = 'standard'
    JOIN registry_category c ON c.id = e.category_id {AREA_OF_ENTRY}
    WHERE e.origin = %(origin)s AND e.entered_on BETWEEN %(first_day)s AND %(last_day)s
      AND (e.withdrawn_on IS NULL OR e.withdrawn_on > %(last_day)s)
"""  # noqa: S608 - our own words
# Stars announced within the year.
STARS = f"""
    SELECT aw.stars::text AS stars, c.code AS category, left(COALESCE(was.code, a.code), 2) AS province
    FROM selection_award aw JOIN selection_certificate ce ON ce.award_id = aw.id
    JOIN selection_announcement an ON an.id = ce.announcement_id
    JOIN selection_entry e ON e.id = aw.entry_id JOIN registry_category c ON c.id = e.category_id
    {AREA_OF_ENTRY}
    WHERE aw.origin = %(origin)s AND an.announced_on BETWEEN %(first_day)s AND %(last_day)s
"""  # noqa: S608 - our own words
IN_FORCE = """
    SELECT stars::text AS stars FROM (
        SELECT DISTINCT ON (e.product_id) aw.stars, ce.valid_to
        FROM selection_certificate ce JOIN selection_award aw ON aw.id = ce.award_id
        JOIN selection_announcement an ON an.id = ce.announcement_id
        JOIN selection_entry e ON e.id = aw.entry_id
        WHERE aw.origin = %(origin)s AND an.announced_on <= %(last_day)s
        ORDER BY e.product_id, an.announced_on DESC, ce.id DESC) latest
    WHERE valid_to >= %(last_day)s
"""
LISTED = f"""
    SELECT COALESCE(was.code, a.code) AS code FROM (
        SELECT DISTINCT ON (e.product_id) e.area_id, ce.valid_to
        FROM selection_certificate ce JOIN selection_award aw ON aw.id = ce.award_id
        JOIN selection_announcement an ON an.id = ce.announcement_id
        JOIN selection_entry e ON e.id = aw.entry_id
        WHERE aw.origin = %(origin)s AND an.announced_on <= %(last_day)s
        ORDER BY e.product_id, an.announced_on DESC, ce.id DESC) e
    {AREA_OF_ENTRY}
    WHERE e.valid_to >= %(last_day)s
"""  # noqa: S608 - our own words
PLACED = (("products", PRODUCTS), ("producers", PRODUCERS), ("listed", LISTED))
MEASURES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("products", "products", PRODUCTS, ("category", "province")),
    ("producers", "producers", PRODUCERS, ("type", "province")),
    ("entries", "entries", ENTRIES, ("category", "stage", "province")),
    ("stars", "products", STARS, ("stars", "category", "province", "stars category", "stars province")),
    ("in_force", "products", IN_FORCE, ("stars",)),
)


@dataclass(frozen=True, slots=True, order=True)
class Count:
    """One counted number: measure, what it is split by ("" is the whole), the keys of the split, value and unit."""

    measure: str
    split: str
    key: str
    key2: str
    value: int
    unit: str


def count_year(year_be: int, origin: str, *, tell: Callable[[int, int], None] | None = None) -> list[Count]:
    """All counts of a year for one origin, sorted. `tell(done, total)` hears of each measure as it is done."""
    moved, codes = boundaries_of(last_day_of_year_be(year_be)).moved
    given = {
        "moved": moved,
        "codes": codes,
        "origin": origin,
        "first_day": first_day_of_year_be(year_be),
        "last_day": last_day_of_year_be(year_be),
        "end": end_of_year_be(year_be),
    }
    found: list[Count] = []
    for done, (measure, unit, rows, splits) in enumerate(MEASURES, 1):
        found += _counts(measure, unit, rows, splits, given)
        if tell is not None:
            tell(done, len(MEASURES))
    return sorted(found)


def count_places(code: str, year_be: int, origin: str) -> dict[str, dict[str, int]]:
    """Products, producers and products with stars in force at the end of a year, by the boundaries of that day.

    `code` is a region's, province's, amphoe's or tambon's code of then; the keys are the codes one level below, and
    `code` itself for what stands in it and in no sure part of it. Three queries over the facts.
    """
    region = level_of_code(code) == Level.REGION
    last_day = last_day_of_year_be(year_be)
    moved, codes = boundaries_of(last_day).moved
    given = {"moved": moved, "codes": codes, "origin": origin, "last_day": last_day,
             "begins": "%" if region else f"{code}%", "letters": 2 if region else len(code) + 2}
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        for measure, rows in PLACED:
            cursor.execute(
                f"SELECT left(code, %(letters)s), count(*) FROM ({rows}) c WHERE code LIKE %(begins)s GROUP BY 1", given  # noqa: S608
            )
            for place, count in cursor.fetchall():
                if not region or region_of_province(place) == code:
                    found.setdefault(place, {})[measure] = count
    return found


def _counts(measure: str, unit: str, rows: str, splits: tuple[str, ...], given: dict[str, object]) -> Iterator[Count]:
    """One grouping-sets query: the whole and each split; names of columns are ours, never input."""
    columns = sorted({column for split in splits for column in split.split()})
    sets = ", ".join(["()", *(f"({', '.join(split.split())})" for split in splits)])
    asked = ", ".join(f"{column}, GROUPING({column})" for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), {asked} FROM ({rows}) counted GROUP BY GROUPING SETS ({sets})", given)  # noqa: S608
        for value, *rest in cursor.fetchall():
            keyed = {column: rest[2 * i] for i, column in enumerate(columns) if rest[2 * i + 1] == 0}
            names = next((split for split in splits if set(split.split()) == set(keyed)), "")
            keys = [keyed[name] for name in names.split()]
            yield Count(measure, names, *[*keys, "", ""][:2], value, unit)


def is_over(year_be: int, at: datetime) -> bool:
    """True when the year has ended in Bangkok by `at`: its figures can be frozen."""
    return at >= end_of_year_be(year_be)
