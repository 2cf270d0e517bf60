"""Areas as the matcher keeps them, and the keys by which written names are compared with theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from registry.intake.address import PlaceSaid, parse_address, variants
from registry.intake.alike import likeness
from registry.levels import Level
from registry.models import Area
from registry.thai import match_key, normalise, place_key


@dataclass(frozen=True, slots=True)
class Spot:
    """An area as the matcher keeps it: its place in the tree and the keys of its names."""

    id: int
    code: str
    level: str
    name: str
    name_en: str
    lft: int
    rght: int
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search: without a `reason`, `spot` is the tambon meant.

    Else `spot` is the lowest area that is sure (or None), `choices` are tambons a person may pick from, and `reason` is
    one of missing, unknown, misspelt, several, contradiction, authority; `field` is the part of the path it lies in,
    `said` what stood there.
    """

    spot: Spot | None
    reason: str = ""
    field: str = ""
    said: str = ""
    choices: tuple[Spot, ...] = ()


def keys_of(area: Area, parent: Spot | None) -> set[str]:
    """The keys under which an area is found: Thai name (each of ปอภาร (ปอพาน)), English name, เมือง of a province."""
    names = [area.name_th, *area.name_th.replace(")", "").split("(")] if "(" in area.name_th else []
    keys = {area.name_key, match_key(area.name_en)} | {place_key(name) for name in names}
    if parent is not None and area.level == Level.AMPHOE and area.name_th == f"เมือง{parent.name}":
        keys.add("เมือง")
    return keys - {""}


@lru_cache(maxsize=50_000)
def said_keys(text: str) -> tuple[str, ...]:
    keys = [key for variant in variants(text) for key in (place_key(variant), match_key(variant))]
    return tuple(dict.fromkeys(key for key in keys if key))


def best_likeness(keys: Sequence[str], spot: Spot) -> float:
    return max((likeness(key, mine) for key in keys for mine in spot.keys), default=0.0)


def begun(text: str) -> str:
    """The beginning that an abbreviation with ฯ gives of a name; else a text that begins none."""
    written = normalise(text).removeprefix("จ.").removeprefix("อ.").strip()
    return written.removesuffix("ฯ") or "ฯ" if written.endswith("ฯ") else "ฯ"


def inside(area: Spot | None, spot: Spot | None) -> bool:
    return spot is not None and (area is None or spot.code.startswith(area.code))


def readings(said: PlaceSaid) -> tuple[PlaceSaid, PlaceSaid | None]:
    """What the columns say with their gaps filled from the address, and the address with its gaps filled from the columns.

    A whole address in the tambon's column counts as an address.
    """
    address, columns = said.address, {"province": said.province, "amphoe": said.amphoe, "tambon": said.tambon}
    if len(parse_address(said.tambon)) > 1:
        address, columns["tambon"] = f"{said.tambon} {address}", ""
    written = parse_address(address)
    first = PlaceSaid(**{field: text or written.get(field, "") for field, text in columns.items()})
    return first, PlaceSaid(
        **{field: written.get(field) or text for field, text in columns.items()}
    ) if written else None
