"""Which columns each list of the register has when it goes out."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from registry.exports.tables import Column, Table, of_level
from registry.levels import Level
from registry.models import Origin, ProducerType, RegistrationState


def named(value: Any) -> str:
    """The name of a category, a standard and the like, in the reader's language."""
    return str(value.name if isinstance(value, Model) else value)


def choice(kinds: Any) -> Any:
    """Writes one of the choices in words."""
    return lambda value: str(kinds(value).label)


def day(value: Any) -> str:
    return str(value.isoformat())


def told_of(name: str) -> Any:
    """Writes one of the values that a question keeps of its row."""
    return lambda choices: str(choices.get("told", {}).get(name, ""))


def places(path: str) -> tuple[Column, ...]:
    """The place in four columns, from the smallest up, with its code."""
    return (
        Column(_("Tambon"), path, of_level(Level.TAMBON)), Column(_("Amphoe"), path, of_level(Level.AMPHOE)),
        Column(_("Province"), path, of_level(Level.PROVINCE)), Column(_("Area code"), f"{path}__code", width=12),
    )  # fmt: skip


ORIGIN = Column(_("Kind of data"), "origin", choice(Origin), 12)

PRODUCERS = Table("producers", _("Producers"), "registry.Producer", (
    Column(_("Register number"), "public_id", width=14), Column(_("Producer name"), "name", width=40),
    Column(_("Kind of producer"), "type", choice(ProducerType), 28), Column(_("Village"), "village"), *places("area"),
    Column(_("Products"), "product_count", width=10, computed=True), Column(_("Registered on"), "registered_on", day, 12),
    Column(_("Ended on"), "ended_on", day, 12), ORIGIN,
))  # fmt: skip

PRODUCTS = Table("products", _("Products"), "registry.Product", (
    Column(_("Register number"), "public_id", width=14), Column(_("Product name"), "name", width=40),
    Column(_("English product name"), "name_en", width=30), Column(_("Category"), "category", named, 24),
    Column(_("Sub-category"), "subcategory", named, 24), Column(_("Producer name"), "producer__name", width=40),
    Column(_("Kind of producer"), "producer__type", choice(ProducerType), 28), Column(_("Village"), "village"), *places("area"),
    Column(_("Price (baht)"), "price_baht", width=12), Column(_("Unit"), "unit", width=10),
    Column(_("Capacity per month"), "capacity_month", width=12), Column(_("Story"), "story", width=60),
    Column(_("Local wisdom"), "wisdom", width=40), Column(_("Raw materials"), "materials", width=40),
    Column(_("Origin of the raw materials"), "material_origins", width=40, computed=True),
    Column(_("Process"), "process", width=40), Column(_("Packaging"), "packaging", width=40),
    Column(_("Registered on"), "registered_on", day, 12), Column(_("Ended on"), "ended_on", day, 12), ORIGIN,
))  # fmt: skip

PAPERS = Table("papers", _("Papers that end soon"), "registry.Conformity", (
    Column(_("Register number"), "product__public_id", width=14), Column(_("Product name"), "product__name", width=40),
    Column(_("Producer name"), "product__producer__name", width=40), Column(_("Standard"), "standard", named, 30),
    Column(_("Number"), "number"), Column(_("First day"), "valid_from", day, 12), Column(_("Last day"), "valid_to", day, 12),
    *places("product__area"),
))  # fmt: skip

QUESTIONS = Table("questions", _("Questions"), "registry.Question", (
    Column(_("Question number"), "public_id", width=14), Column(_("Product name"), "choices", told_of("product_name"), 40),
    Column(_("Producer name"), "choices", told_of("producer_name"), 40), Column(_("What is doubtful"), "message", width=60, computed=True),
    *places("area"),
))  # fmt: skip

REGISTRATIONS = Table("registrations", _("Registrations"), "registry.Registration", (
    Column(_("Registration number"), "public_id", width=14), Column(_("Producer name"), "producer__name", width=40),
    Column(_("Producer's register number"), "producer__public_id", width=14), Column(_("Registers as"), "type", choice(ProducerType), 28),
    Column(_("State"), "state", choice(RegistrationState), 20), Column(_("Fiscal year"), "window__fiscal_year_be", width=10),
    Column(_("Quarter"), "window__quarter", width=8), Column(_("Filed"), "filed_on", day, 12), *places("area"), ORIGIN,
))  # fmt: skip

ASKED = Table("still-producing", _("Still producing?"), "registry.Producer", (
    Column(_("Register number"), "public_id", width=14), Column(_("Producer name"), "name", width=40),
    Column(_("Kind of producer"), "type", choice(ProducerType), 28), Column(_("Village"), "village"), *places("area"),
    Column(_("Still produces"), "has_answered", lambda yes: str(_("Yes")) if yes else "", 12, computed=True),
    Column(_("Registered on"), "registered_on", day, 12), ORIGIN,
))  # fmt: skip


def sales(channels: Any) -> Table:
    """The sales of a month: a line for each producer, a column for each channel in use, in baht."""
    return Table("sales", _("Sales"), "registry.Producer", (
        Column(_("Register number"), "public_id", width=14), Column(_("Producer name"), "name", width=40), *places("area"),
        *(Column(one.name, sold_by(one.code), baht_of, 14, computed=True) for one in channels),
        Column(_("Sum in baht"), "sold", baht_of, 14, computed=True),
    ))  # fmt: skip


def sold_by(code: str) -> str:
    """The name under which a row bears what its producer sold in the channel."""
    return f"sold_{code.replace('-', '_')}"


def baht_of(satang: int) -> object:
    """Satang as baht, a number a spreadsheet can add."""
    return satang // 100 if satang % 100 == 0 else satang / 100
