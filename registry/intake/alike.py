"""How alike two written names are, for choices put before a person; equality is never decided here."""

from functools import lru_cache

from registry.thai import similarity


def slips(one: str, other: str) -> int:
    """How many slips of the pen lie between two texts: letters added, dropped, changed, or two neighbours swapped."""
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, mine in enumerate(one, start=1):
        here = [row]
        for column, theirs in enumerate(other, start=1):
            best = min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (mine != theirs))
            if row > 1 and column > 1 and mine == other[column - 2] and one[row - 2] == theirs:
                best = min(best, before[column - 2] + 1)
            here.append(best)
        before, above = above, here
    return above[-1]


@lru_cache(maxsize=200_000)
def likeness(one: str, other: str) -> float:
    """0 to 1 for two match keys: by shared pieces or by few slips, whichever sees more in common; 1 only when equal."""
    if one == other:
        return 1.0 if one else 0.0
    longest = max(len(one), len(other))
    if not one or not other or longest > 60:
        return similarity(one, other)
    return max(similarity(one, other), 1 - slips(one, other) / longest)
