"""What is to become of one row: decided from what the row says and what the register knows, written later, all at once."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from registry.models import ProducerType
from registry.refusal import Refusal

# The fields of a product that a file may fill where they are empty; it overwrites none.
FILLED_BY_FILES = (
    "category_id",
    "subcategory_id",
    "name_en",
    "village",
    "story",
    "wisdom",
    "materials",
    "process",
    "packaging",
    "price_baht",
    "capacity_month",
    "unit",
)


class MadeLine(NamedTuple):
    """A raw material of a row: its name, the id of the area or the country it comes from, and its share in percent."""

    name: str
    area: int | None
    country: str
    share: int | None


Made = tuple[MadeLine, ...]


@dataclass(slots=True, eq=False)
class KnownProducer:
    """A producer of the register, or (without `id`) one that a row brings; writing gives it its id and public id."""

    name: str
    key: str
    area_id: int
    village: str = ""
    type: str = ProducerType.GROUP
    registered_on: date | None = None
    ended: bool = False
    id: int | None = None
    public_id: str = ""


@dataclass(slots=True, eq=False)
class KnownProduct:
    """A product of the register, or (without `id`) one that a row brings; `values` holds FILLED_BY_FILES."""

    producer: KnownProducer
    name: str
    key: str
    area_id: int
    values: dict[str, Any]
    suggested_id: int | None = None
    registered_on: date | None = None
    ended: bool = False
    id: int | None = None
    public_id: str = ""
    not_live_plant: bool = False
    made_of: Made = ()  # its lines of raw materials; read only where a row of the file tells of such lines
    row: int = 0  # the row of this very file that brought or met it first; 0 for none


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person must decide about a waiting row (`needs`: name, tambon, producer, product) and may pick from."""

    needs: tuple[str, ...] = ()
    tambons: tuple[str, ...] = ()
    producers: tuple[KnownProducer, ...] = ()
    products: tuple[KnownProduct, ...] = ()

    def stored(self) -> dict[str, list[str]]:
        """As the question keeps them: codes and public ids."""
        return {
            "needs": list(self.needs),
            "tambons": list(self.tambons),
            "producers": [producer.public_id for producer in self.producers],
            "products": [product.public_id for product in self.products],
        }


@dataclass(frozen=True, slots=True)
class Quote:
    """Stars that a published list says a product won in a year, and where it says so."""

    year_be: int
    stars: int
    source: str


@dataclass(slots=True)
class RowPlan:
    """One row with its one outcome. `sentences` say it to a person; `area_id` and `area_code` are the lowest sure area.

    For created and merged rows `product` is what the row means (`producer` where it tells of a producer alone), `fill` the
    empty fields it fills, `held` the standards (row id, number) it brings, `made_of` its first lines of raw materials;
    `sources` says that (source, source_ref) is to be remembered; `question` is the id of the open question that the row
    answers, or of the one that it asks again; `told` is what a question keeps of the row's other columns, as plain values;
    `changes` are the fields in which the file says more or otherwise: field, what the register says, what the file says,
    whether it is taken.
    """

    number: int
    said: Mapping[str, str]
    outcome: str
    reason: str
    sentences: tuple[Refusal, ...]
    identity: str
    source: str = ""
    source_ref: str = ""
    field: str = ""
    area_id: int | None = None
    area_code: str = ""
    product: KnownProduct | None = None
    producer: KnownProducer | None = None
    fill: dict[str, Any] = dataclasses.field(default_factory=dict)
    held: tuple[tuple[int, str], ...] = ()
    made_of: Made = ()
    sources: bool = False
    question: int | None = None
    choices: Choices = Choices()
    told: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    changes: tuple[tuple[str, str, str, bool], ...] = ()
    quote: Quote | None = None

    def message(self, language: str) -> str:
        """Its sentences in one language, one after the other."""
        return " ".join(sentence.in_language(language) for sentence in self.sentences)
