"""Short ways to write criteria down as data."""

from selection.specs import GroupSpec, ItemSpec, LevelSpec, PartSpec

Level = tuple[int, str, str]


def item(th: str, en: str, *levels: Level) -> ItemSpec:
    """An item with its described levels, best first: (hundredths of a point, Thai, English)."""
    return ItemSpec(th, en, tuple(LevelSpec(*level) for level in levels))


def group(th: str, en: str, *items: ItemSpec) -> GroupSpec:
    return GroupSpec(th, en, items)


def part(letter: str, stage: int, th: str, en: str, *groups: GroupSpec) -> PartSpec:
    return PartSpec(letter, stage, th, en, groups)
