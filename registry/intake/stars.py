"""Published star lists (product, producer, province, category, stars): joined to the register by a score, never by a guess."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from registry.actions.imports import Choices, KnownProducer, KnownProduct, Quote, RowPlan
from registry.intake import sentences_of_stars as say
from registry.intake.categories import named_category
from registry.intake.hearing import Heard
from registry.intake.matching import Asked
from registry.intake.names import alike_producers
from registry.intake.places import Places
from registry.intake.sentences import answered_no, area_unknown, name_missing, not_your_area
from registry.models import Outcome, Product, Question, StarQuote
from registry.refusal import Refusal
from registry.thai import parse_year_be, similarity, to_arabic_digits

SURE, DOUBTFUL, APART = 0.9, 0.6, 0.05  # a score to join at, one to ask at, and how far the next one must be behind
WEIGHTS = {"name": 0.55, "producer": 0.35, "category": 0.1}
LOOKED_AT, SHOWN = 40, 5
_DIGIT = re.compile(r"(?<!\d)[1-5](?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20|24|25)\d\d(?!\d)")


def is_star_list(fields: Collection[str]) -> bool:
    """Whether these columns are those of a published star list: product, producer, province and stars, and no finer place."""
    finer = {"tambon", "amphoe", "area_code", "address"}
    return {"product_name_th", "producer_name", "province", "star"} <= set(fields) and not finer & set(fields)


def stars_of(text: str) -> int | None:
    """The number of stars in a cell with words around it; None where it says none or two."""
    drawn = text.count("★") + text.count("⭐")
    found = set(_DIGIT.findall(to_arabic_digits(text)))
    if len(found) == 1 and drawn in (0, int(min(found))):
        return int(found.pop())
    return drawn if not found and 1 <= drawn <= 5 else None


def year_of(text: str) -> int | None:
    """The Buddhist Era year that stands in the text, such as the name of a file; None for no year or two."""
    years = {parse_year_be(year) for year in _YEAR.findall(to_arabic_digits(text))}
    return years.pop() if len(years) == 1 else None


class StarDecider:
    """Decides the rows of a star list: quoted for a product, asked about, or refused; nothing is ever created."""

    def __init__(self, rows: Sequence[Heard], *, places: Places, origin: str, scope: Any, file_name: str) -> None:
        self.places, self.scope, self.file_name = places, scope, file_name
        self.year = year_of(file_name)
        self.shelf = Shelf({row.found.spot.code[:2] for row in rows if row.found.spot is not None}, origin)
        self.asked = _asked({self._identity(row) for row in rows}, origin)

    def decide(self, row: Heard) -> RowPlan:
        """The one outcome of the row."""
        stars, year = stars_of(row.said.get("star", "")), self._year(row)
        refusal = self._against(row, stars, year)
        if refusal is not None:
            return self._plan(row, Outcome.REFUSED, refusal)
        assert stars is not None  # refused above
        assert year is not None
        quote = Quote(year, stars, f"{self.file_name} · {row.number}"[:240])
        asked = self.asked.get(self._identity(row))
        if asked is not None and not asked.open:
            known = self.shelf.by_id.get(asked.product or 0)
            return self._joined(row, known, quote) if known else self._plan(row, Outcome.REFUSED, answered_no(asked.reason))
        found = self.shelf.scored(row)
        if not found or found[0][0] < DOUBTFUL:
            return self._plan(row, Outcome.REFUSED, say.not_in_register(row.product))
        apart = found[0][0] - (found[1][0] if len(found) > 1 else 0)
        if found[0][0] >= SURE and apart >= APART:
            return self._joined(row, found[0][1], quote, asked)
        likely = tuple(known for score, known in found[:SHOWN] if score >= DOUBTFUL)
        plan = self._plan(row, Outcome.QUESTION, say.stars_doubtful(row.product, [one.name for one in likely]))
        plan.choices, plan.question = Choices(needs=("product",), products=likely), asked.id if asked else None
        plan.told = {"product_name": row.product, "producer_name": row.producer, "quote": [year, stars, quote.source]}
        return plan

    def _against(self, row: Heard, stars: int | None, year: int | None) -> Refusal | None:
        if not row.product_key:
            return name_missing()
        if row.found.reason == "unknown" or row.found.spot is None:
            return area_unknown(self.places, row.found)
        if not self.scope.touches(row.found.spot):
            return not_your_area(self.places, row.found.spot)
        if stars is None:
            return say.star_not_read(row.said.get("star", ""))
        return say.year_missing() if year is None else None

    def _year(self, row: Heard) -> int | None:
        try:
            return parse_year_be(row.said["year_be"]) if row.said.get("year_be") else self.year
        except ValueError:
            return None

    def _identity(self, row: Heard) -> str:
        province = row.found.spot.code[:2] if row.found.spot is not None else ""
        parts = ["stars", row.product_key, row.producer_key, province, self._year(row)]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _joined(self, row: Heard, known: KnownProduct, quote: Quote, asked: Asked | None = None) -> RowPlan:
        there = (known.id, quote.year_be, quote.stars) in self.shelf.quoted
        plan = self._plan(row, Outcome.MERGED, say.quoted_before() if there else say.stars_quoted(quote.stars, quote.year_be, known.name))
        plan.product, plan.quote = known, None if there else quote
        self.shelf.quoted.add((known.id, quote.year_be, quote.stars))
        plan.changes = () if there else (("star", "", f"{quote.stars} ({quote.year_be})", True),)
        plan.question = asked.id if asked else None
        return plan

    def _plan(self, row: Heard, outcome: str, told: Refusal) -> RowPlan:
        spot = row.found.spot
        return RowPlan(
            number=row.number, said=row.said, outcome=outcome, reason=told.code, sentences=(told,), identity=self._identity(row),
            field=told.field or "", area_id=spot.id if spot else None, area_code=spot.code if spot else "",
        )  # fmt: skip


class Shelf:
    """The products of some provinces, found by pieces of their names; read with two queries."""

    def __init__(self, provinces: set[str], origin: str) -> None:
        self.by_id: dict[int, KnownProduct] = {}
        self.kinds: dict[int, str] = {}
        self.pieces: dict[tuple[str, str], list[int]] = defaultdict(list)
        rows = Product.objects.active().filter(area__level="tambon", origin=origin).filter(area__parent__parent__code__in=provinces)
        columns = (
            "id", "public_id", "name", "name_key", "area_id", "area__code", "category__code", "producer_id", "producer__name",
            "producer__name_key",
        )  # fmt: skip
        for id_, public_id, name, key, area, code, kind, maker, maker_name, maker_key in rows.order_by("id").values_list(*columns):
            producer = KnownProducer(maker_name, maker_key, area, id=maker)
            self.by_id[id_] = KnownProduct(producer, name, key, area, {}, id=id_, public_id=public_id)
            self.kinds[id_] = kind or ""
            for piece in _pieces(key):
                self.pieces[code[:2], piece].append(id_)
        quotes = StarQuote.objects.filter(product__in=self.by_id).values_list("product_id", "year_be", "stars")
        self.quoted: set[tuple[int | None, int, int]] = set(quotes) if self.by_id else set()

    def scored(self, row: Heard) -> list[tuple[float, KnownProduct]]:
        """The products of the row's province most like it, with their scores from 0 to 1, best first."""
        assert row.found.spot is not None
        met: Counter[int] = Counter()
        for piece in _pieces(row.product_key):
            met.update(self.pieces.get((row.found.spot.code[:2], piece), ()))
        found = [(self._score(row, id_), self.by_id[id_]) for id_, _count in met.most_common(LOOKED_AT)]
        return sorted(found, key=lambda pair: (-pair[0], pair[1].id or 0))

    def _score(self, row: Heard, id_: int) -> float:
        """How much the product is the one meant: by its name, by its producer, and by its kind where both are told."""
        known, said = self.by_id[id_], named_category(row.said.get("category", ""))
        theirs = known.producer.name
        alike = 0.9 if alike_producers(row.producer, theirs) else similarity(row.producer, theirs)
        maker = 1.0 if known.producer.key == row.producer_key else alike
        told = {
            "name": similarity(row.product, known.name), "producer": maker,
            "category": 1.0 if not said or not self.kinds[id_] or said == self.kinds[id_] else 0.0,
        }
        return sum(WEIGHTS[part] * value for part, value in told.items())


def _pieces(key: str) -> set[str]:
    return {key[at : at + 3] for at in range(max(len(key) - 2, 1))}


def _asked(identities: Iterable[str], origin: str) -> dict[str, Asked]:
    """What was asked about such rows before."""
    rows = Question.objects.filter(identity__in=list(identities), origin=origin)
    columns = ("id", "identity", "answered_at", "product_id", "answer", "kind")
    return {
        identity: Asked(id_, answered_at is None, product, (answer or {}).get("reason", ""), kind)
        for id_, identity, answered_at, product, answer, kind in rows.values_list(*columns)
    }
