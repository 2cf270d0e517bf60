"""Loading the tree of areas from the published codes: own nested-set numbering, one bulk write."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

import geothai
from django.db import connection, transaction

from registry.levels import Level, region_of_province
from registry.models import Area
from registry.thai import normalise, place_key, sort_key

CENTRE = ("TH", "ประเทศไทย", "Thailand")
REGIONS = [
    ("R-N", "ภาคเหนือ", "Northern Region"),
    ("R-C", "ภาคกลาง", "Central Region"),
    ("R-NE", "ภาคตะวันออกเฉียงเหนือ", "Northeastern Region"),
    ("R-S", "ภาคใต้", "Southern Region"),
]
SOURCE = f"GeoThai {geothai.DATA_VERSION} (CC BY 4.0)"


@dataclass(slots=True)
class Node:
    """One area of the source before it is numbered."""

    code: str
    level: Level
    name_th: str
    name_en: str
    children: list["Node"] = field(default_factory=list)


def published_tree() -> Node:
    """The centre with all of Thailand below it, siblings in the order of their codes.

    Bangkok's districts come with the prefix เขต and lose it: names are kept bare, prefixes belong to display.
    """
    root = Node(CENTRE[0], Level.CENTRAL, CENTRE[1], CENTRE[2])
    nodes = {code: Node(code, Level.REGION, name_th, name_en) for code, name_th, name_en in REGIONS}
    root.children = list(nodes.values())
    for province in sorted(geothai.provinces(), key=_code):
        place = _under(nodes[region_of_province(province.code)], province, Level.PROVINCE)
        for district in sorted(geothai.districts(province.code), key=_code):
            amphoe = _under(place, district, Level.AMPHOE)
            for subdistrict in sorted(geothai.subdistricts(district.code), key=_code):
                _under(amphoe, subdistrict, Level.TAMBON)
    return root


class Row(Protocol):
    """A line of the published data: province, district or subdistrict."""

    @property
    def code(self) -> str: ...
    @property
    def name_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...


def _code(row: Row) -> str:
    return row.code


def _under(parent: Node, row: Row, level: Level) -> Node:
    name_th, name_en = normalise(row.name_th), row.name_en.strip()
    if level is Level.AMPHOE and row.code.startswith("10"):
        name_th, name_en = name_th.removeprefix("เขต"), name_en.removeprefix("Khet ").strip()
    node = Node(row.code, level, name_th, name_en)
    parent.children.append(node)
    return node


@transaction.atomic
def load_areas(*, by: None = None, at: datetime | None = None) -> int:
    """Writes the published tree into an empty table; gives the number of areas, 0 when they are there already.

    Time-true changes of a loaded tree (renames, splits) are acts of their own and never come through here.
    """
    if Area.objects.exists():
        return 0
    areas: list[Area] = []
    _number(published_tree(), None, 1, 0, areas)
    _take_ids(areas)
    Area.objects.bulk_create(areas, batch_size=2000)
    return len(areas)


def _number(node: Node, parent_id: int | None, left: int, depth: int, areas: list[Area]) -> int:
    """Numbers `node` and all below it from `left`; gives the next free number. Ids are places in `areas` until _take_ids."""
    area = Area(
        id=len(areas),
        code=node.code,
        level=node.level.value,
        name_th=node.name_th,
        name_en=node.name_en,
        name_sort=sort_key(node.name_th),
        name_key=place_key(node.name_th),
        parent_id=parent_id,
        source=SOURCE,
        lft=left,
        tree_id=1,
        depth=depth,
    )
    areas.append(area)
    following = left + 1
    for child in node.children:
        following = _number(child, area.id, following, depth + 1, areas)
    area.rght = following
    return following + 1


def _take_ids(areas: list[Area]) -> None:
    """Gives the areas ids from the table's own sequence, so that the next area follows on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('registry_area', 'id')) FROM generate_series(1, %s)", [len(areas)]
        )
        ids = [row[0] for row in cursor.fetchall()]
    for area in areas:
        area.id = ids[area.id]
        area.parent_id = None if area.parent_id is None else ids[area.parent_id]
