"""What one row says, read into names, a place, values and standards; nothing is asked of the register's rows yet."""

import hashlib
import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from registry.actions.imports import Made
from registry.intake.address import PlaceSaid
from registry.intake.categories import named_category, suggested_category
from registry.intake.made_of import read_made_of
from registry.intake.names import producer_type, product_name, reads_like_a_group, said_name, village_number
from registry.intake.places import Places
from registry.intake.sentences import (
    category_not_named,
    not_read,
    reads_like_group,
    shared_number,
    standards_not_read,
)
from registry.intake.sentences_of_materials import origins_not_read
from registry.intake.spots import Found
from registry.intake.standards import Standards
from registry.models import Category, SubCategory
from registry.refusal import Refusal
from registry.rules import capacity_fits, price_fits
from registry.thai import match_key, normalise, paragraphs, parse_date, parse_number, parse_whole, place_key

LONGEST_SOURCE = {"source": 80, "source_ref": 120}
LONGEST = {"name_en": 250, "village": 120, "unit": 40, "story": 20_000, "wisdom": 20_000, "materials": 20_000,
           "process": 20_000, "packaging": 20_000}  # fmt: skip
TELLING = ("product_name_th", "producer_name", "tambon", "amphoe", "province", "address", "area_code")
YES = {"ใช่", "yes", "y", "true", "1", "จริง", "x", "✓", "ไม่ใช่พืชมีชีวิต"}
COLUMN = {"name_en": "product_name_en"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One row as it was understood. `values` are fields of a product, `told` the same as plain values for a question."""

    number: int
    said: Mapping[str, str]
    source: str
    source_ref: str
    product: str
    product_key: str
    producer: str
    producer_key: str
    producer_type: str
    village: str
    found: Found
    values: Mapping[str, Any]
    suggested: str
    registered_on: date | None
    held: tuple[tuple[int, str], ...]
    notes: tuple[Refusal, ...]
    told: Mapping[str, Any]
    identity: str
    identity_here: str  # the same with the number of the village, for a question that hangs on it
    has_source: bool
    not_live_plant: bool = False  # the row says so itself
    made_of: Made = ()


class Listener:
    """Reads rows with the areas, standards and categories of today, each loaded once."""

    def __init__(self, places: Places, standards: Standards, today: date) -> None:
        self.places, self.standards, self.today = places, standards, today
        self.categories: dict[str, int] = dict(Category.objects.values_list("code", "id"))
        self.subcategories = {
            match_key(name): (row.pk, row.category_id) for row in SubCategory.objects.all() for name in (row.name_th, row.name_en)
        }

    @classmethod
    def load(cls, today: date) -> "Listener":
        return cls(Places.load(), Standards.load(), today)

    def hear(self, number: int, said: Mapping[str, str], shared: Container[tuple[str, str]] = ()) -> Heard:
        """Reads the row; what cannot be read is left out with a note, never a refusal.

        `shared` are the numbers of sources that different rows of the file bear, so that they tell none of them.
        """
        notes: list[Refusal] = []
        name, producer = product_name(said.get("product_name_th", "")), said_name(said.get("producer_name", ""))
        held, strange = self.standards.read(said.get("standard", ""))
        category, finer = self._kind(said, notes)
        values = self._values(said, notes) | finer
        suggested = (
            "" if category else suggested_category(name, said.get("category", ""), tuple(one.code for one in held))
        )
        registered_on = self._day(said, notes)
        if said.get("category") and not category:
            notes.append(category_not_named(said["category"]))
        if strange:
            notes.append(standards_not_read(strange))
        made_of, unsure = read_made_of(said.get("material_origins", ""), self.places)
        if unsure:
            notes.append(origins_not_read(unsure))
        if reads_like_a_group(name):
            notes.append(reads_like_group())
        kind = producer_type(said.get("producer_type", ""), producer)
        source, source_ref, found = line_of(said, "source"), line_of(said, "source_ref"), self.places.find(_place(said))
        product_key, producer_key = match_key(name), match_key(producer)
        has_source = bool(source and source_ref) and (source, source_ref) not in shared
        names = _names(said, producer_key, product_key, found)
        identity = ["source", source, source_ref] if has_source else names
        if source and source_ref and not has_source:
            notes.append(shared_number(source_ref))
        standards = tuple((one.standard, one.number) for one in held)
        return Heard(
            number=number, said=said, source=source, source_ref=source_ref, product=name, product_key=product_key,
            producer=producer, producer_key=producer_key, producer_type=kind, village=values.get("village", ""), found=found,
            values=values | ({"category_id": self.categories[category]} if category else {}), suggested=suggested,
            registered_on=registered_on, held=standards, notes=tuple(notes),
            told=_told(name, producer, kind, category, suggested, registered_on, standards, values) | _plant(said) | _made(made_of),
            made_of=made_of,
            has_source=has_source, not_live_plant=says_yes(said.get("not_live_plant", "")), identity=_digest(identity),
            identity_here=_digest(identity if has_source else [*identity, village_number(values.get("village", ""))]),
        )  # fmt: skip

    def _kind(self, said: Mapping[str, str], notes: list[Refusal]) -> tuple[str, dict[str, Any]]:
        """The code of the category named, and the sub-category where it is one of that; a sub-category alone names both."""
        category, text = named_category(said.get("category", "")), said_name(said.get("subcategory", ""))
        if not text:
            return category, {}
        finer, of = self.subcategories.get(match_key(text), (0, 0))
        if not category and not said.get("category") and finer:
            category = next(code for code, id_ in self.categories.items() if id_ == of)
        if not finer or self.categories.get(category) != of:
            notes.append(not_read("subcategory", text))
            return category, {}
        return category, {"subcategory_id": finer}

    def _values(self, said: Mapping[str, str], notes: list[Refusal]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, longest in LONGEST.items():
            text = said.get(COLUMN.get(name, name))
            if not text:
                continue
            kept = paragraphs(text) if longest > 1000 else said_name(text)
            if len(kept) > longest:
                notes.append(not_read(COLUMN.get(name, name), kept))
            elif kept:
                values[name] = kept
        values |= self._number(said, "price_baht", _price, notes) | self._number(
            said, "capacity_month", _capacity, notes
        )
        return values

    def _number(self, said: Mapping[str, str], name: str, read: Any, notes: list[Refusal]) -> dict[str, Any]:
        text = said_name(said.get(name, ""))
        if not text:
            return {}
        try:
            return {name: read(text)}
        except ValueError:
            notes.append(not_read(name, text))
            return {}

    def _day(self, said: Mapping[str, str], notes: list[Refusal]) -> date | None:
        """The row's own date of registration, if it has come."""
        text = said.get("registered_on", "")
        if not text:
            return None
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None or day > self.today:
            notes.append(not_read("registered_on", text))
            return None
        return day


def _price(text: str) -> Decimal:
    price = parse_number(text.removesuffix("บาท").removeprefix("฿").strip())
    if price_fits(price) is not None:
        raise ValueError("out of range")
    return price


def _capacity(text: str) -> int:
    number = parse_whole(text)
    if capacity_fits(number) is not None:
        raise ValueError("out of range")
    return number


def says_yes(text: str) -> bool:
    """Whether a cell affirms what its heading says."""
    return match_key(text) in YES


def line_of(said: Mapping[str, str], column: str) -> str:
    """A part of the identity, as one line; a text too long for it is as good as none."""
    text = normalise(said.get(column, ""))
    return text if len(text) <= LONGEST_SOURCE[column] else ""


def _place(said: Mapping[str, str]) -> PlaceSaid:
    province, amphoe, tambon, address, authority, code = (
        said_name(said.get(column, ""))[:500]
        for column in ("province", "amphoe", "tambon", "address", "local_authority", "area_code")
    )
    return PlaceSaid(province, amphoe, tambon, address, authority, code)


def _names(said: Mapping[str, str], producer_key: str, product_key: str, found: Found) -> list[str]:
    """What tells a row without a number: the normalised producer, product and tambon."""
    if found.spot and not found.reason:
        return ["names", producer_key, product_key, found.spot.code]
    written = [place_key(said_name(said.get(column, ""))) for column in ("province", "amphoe", "tambon", "address")]
    return ["names", producer_key, product_key, *written]


def _digest(parts: list[str]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def shared_numbers(rows: Iterable[Mapping[str, str]]) -> set[tuple[str, str]]:
    """The (source, source_ref) pairs that stand on rows with different names or places."""
    first: dict[tuple[str, str], tuple[str | None, ...]] = {}
    shared = set()
    for said in rows:
        pair = line_of(said, "source"), line_of(said, "source_ref")
        telling = tuple(said.get(column) for column in TELLING)
        if all(pair) and first.setdefault(pair, telling) != telling:
            shared.add(pair)
    return shared


def _plant(said: Mapping[str, str]) -> dict[str, Any]:
    return {"not_live_plant": True} if says_yes(said.get("not_live_plant", "")) else {}


def _made(lines: Made) -> dict[str, Any]:
    return {"made_of": [list(line) for line in lines]} if lines else {}


def _told(
    name: str,
    producer: str,
    kind: str,
    category: str,
    suggested: str,
    day: date | None,
    standards: Any,
    values: Mapping[str, Any],
) -> dict[str, Any]:
    """What a question keeps of the row, as plain values."""
    plain = {key: str(value) if isinstance(value, Decimal) else value for key, value in values.items()}
    rest = {
        "product_name": name, "producer_name": producer, "producer_type": kind, "category": category, "suggested": suggested,
        "registered_on": day.isoformat() if day else "", "standards": [list(pair) for pair in standards],
    }  # fmt: skip
    return {key: value for key, value in {**plain, **rest}.items() if value not in ("", [])}
