"""What the sample knows of one product: all of it invented, but for the place, which is a real tambon."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Good:
    """A product of the sample with its stars: `before` and `last` in the two finished rounds (0: stopped on the way)."""

    tambon: str
    category: str
    name: str
    name_en: str
    producer: str
    price: int
    capacity: int
    unit: str
    story: str
    wisdom: str
    materials: str
    before: int | None = None
    last: int | None = None
    type: str = "group"
