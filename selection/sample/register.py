"""Enters the sample's producers, products and standards into the register."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from registry.actions.consents import give_consent
from registry.actions.persons import add_person
from registry.actions.producers import register_producer
from registry.actions.products import register_product
from registry.actions.standards import add_conformity
from registry.models import (
    Area,
    Category,
    ConsentKind,
    ConsentWay,
    PersonRole,
    Producer,
    ProducerType,
    Product,
    Standard,
    User,
)
from registry.rules.goods import plant_word
from selection.sample.people import GIVEN, SURNAMES, People
from selection.sample.products import Good

# The standards a round of the sample accepts, by category; the first is the one its products hold.
ACCEPTED = {
    "food": ("fda", "tcps", "gmp", "halal", "organic", "gi"),
    "beverage": ("fda", "tcps", "gmp", "halal", "organic"),
    "apparel": ("tcps", "tis", "peacock", "gi"),
    "utensil": ("tcps", "tis", "gi"),
    "herb": ("cosmetic", "tcps", "herbal", "gmp"),
}
NUMBERS = {"fda": "46-2-{n:05d}-2-0001", "tcps": "{n}/2560", "cosmetic": "46-1-65000{n:05d}"}


class Register:
    """Registers goods, each by the officer of its amphoe, and remembers producers and products by name."""

    def __init__(self, people: People, areas: dict[str, Area]) -> None:
        self.people, self.areas = people, areas
        self.categories = {category.code: category for category in Category.objects.all()}
        self.standards = {standard.code: standard for standard in Standard.objects.all()}
        self.producers: dict[tuple[str, str], Producer] = {}
        self.products: dict[str, Product] = {}

    def enter(self, good: Good, on: date, at: datetime) -> Product:
        """One good with its producer, registered on the day `on`."""
        officer, area = self.people.users[good.tambon[:4]], self.areas[good.tambon]
        key = (good.producer, good.tambon)
        if key not in self.producers:
            self.producers[key] = register_producer(by=officer, name=good.producer, area=area, type=good.type, registered_on=on, at=at)
            self._people(self.producers[key], officer, at)
        product = register_product(
            by=officer, producer=self.producers[key], name=good.name, name_en=good.name_en,
            category=self.categories.get(good.category), area=area, story=good.story, wisdom=good.wisdom,
            materials=good.materials, price_baht=Decimal(good.price), capacity_month=good.capacity, unit=good.unit,
            registered_on=on, at=at, not_live_plant=bool(plant_word(good.name, good.name_en)),  # all of the sample is made
        )  # fmt: skip
        self.products[good.name] = product
        return product

    def _people(self, producer: Producer, officer: User, at: datetime) -> None:
        """Who answers for the producer, with an invented name and a number that no exchange gives; some agree to be public."""
        number = len(self.producers)
        (title, given, _given_en), (family, _family_en) = GIVEN[number % len(GIVEN)], SURNAMES[number % len(SURNAMES)]
        told = {"first_name": given, "last_name": family, "phone": f"02000{number:04d}", "address": f"{number} หมู่ {number % 9 + 1}"}
        role = PersonRole.CHAIR if producer.type == ProducerType.GROUP else PersonRole.OWNER
        person = add_person(by=officer, producer=producer, role=role, title=title, told=told, at=at)
        for kind in (ConsentKind.NAME, ConsentKind.PHONE)[: number % 3]:
            paper = f"หนังสือยินยอมตัวอย่าง {number}/2569"
            give_consent(by=officer, person=person, kind=kind, way=ConsentWay.PAPER, paper=paper, at=at)

    def hold_standard(self, good: Good, valid_from: date, valid_to: date, at: datetime) -> None:
        """The product's first accepted standard, with an invented number."""
        code, number = ACCEPTED[good.category][0], len(self.products) + 100
        add_conformity(
            by=self.people.users[good.tambon[:4]], product=self.products[good.name], standard=self.standards[code],
            number=NUMBERS[code].format(n=number), valid_from=valid_from, valid_to=valid_to, at=at,
        )  # fmt: skip

    def expire_soon(self, good: Good, today: date, at: datetime, days: int) -> None:
        """A second standard of a product, which ends within so many days."""
        code = ACCEPTED[good.category][1]
        add_conformity(
            by=self.people.users[good.tambon[:4]], product=self.products[good.name], standard=self.standards[code],
            valid_from=today - timedelta(days=700), valid_to=today + timedelta(days=days), at=at,
        )  # fmt: skip
