"""What speaks against taking a row for what it seems: doubts that a person must decide, never a guess."""

from dataclasses import dataclass

from registry.actions.imports import KnownProducer, KnownProduct
from registry.intake import sentences as say
from registry.intake.hearing import Heard
from registry.intake.names import is_damaged, is_general, is_seller, is_withheld, village_number
from registry.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing a person must decide before the row can be taken in."""

    sentence: Refusal
    needs: str
    tambons: tuple[str, ...] = ()
    producers: tuple[KnownProducer, ...] = ()
    products: tuple[KnownProduct, ...] = ()


def producer_doubt(name: str) -> str:
    """Why the name in the producer's column is none, as a reason; empty when nothing speaks against it."""
    if is_withheld(name):
        return "producer_withheld"
    if is_damaged(name):
        return "producer_damaged"
    if is_seller(name):
        return "producer_is_seller"
    return "producer_general" if is_general(name) else ""


def same_name(row: Heard, producer: KnownProducer) -> Doubt | None:
    """A producer of this very name stands in the tambon; in another village, or ended, it may still be another one."""
    if producer.ended:
        return Doubt(say.ended_before(producer.name), "producer")
    mine, theirs = village_number(row.village), village_number(producer.village)
    if not mine or not theirs or mine == theirs:
        return None
    return Doubt(say.village_differs(producer.name, row.village, producer.village), "producer", producers=(producer,))


def identity_differs(row: Heard, known: KnownProduct) -> list[str]:
    """In which parts of its identity a row with a known source now says something else."""
    differing = ["product_name_th"] if row.product_key != known.key else []
    if (
        row.found.spot is not None
        and (row.found.reason or row.found.spot.id != known.area_id)
        and row.found.reason != "missing"
    ):
        differing.append("tambon")
    if row.producer and not producer_doubt(row.producer) and row.producer_key != known.producer.key:
        differing.append("producer_name")
    return differing
